"""People as a table, and what is said of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from caselight.store.inspections.directory import Held, Somebody
from caselight.web.design.tables import Column, Link, Table, Tag, text

COLUMNS = (
    Column("name", "Name", "link"), Column("email", "E-mail address"), Column("roles", "Roles"),
    Column("factor", "Second step", "tag"), Column("seen", "Last sign-in", "date"), Column("state", "Account", "tag"),
)  # fmt: skip


def people_table(people: Sequence[Somebody], at: datetime, *, linked: bool) -> Table:
    """Everybody who is seen; ``linked``: each name leads to the person's page."""
    rows = [
        {
            "name": Link(one.name, reverse("people:person", args=[one.key])) if linked else one.name,
            "email": one.email,
            "roles": roles_of(one, at),
            "factor": Tag("Set up", "green") if one.protected else Tag("Not set up", "grey"),
            "seen": one.last_login.date() if one.last_login else None,
            "state": Tag(*state_of(one)),
        }
        for one in people
    ]
    return Table("People", COLUMNS, rows, "people", empty="There is nobody here yet.", titled=False)


def roles_of(one: Somebody, at: datetime) -> str:
    """The roles of a person in a line, each with its days where it has any."""
    said = ["Administrator"] if one.administrator else []
    return "; ".join([*said, *(role_said(held, at) for held in one.roles)])


def role_said(held: Held, at: datetime) -> str:
    """A role as somebody says it: what, where, when."""
    days = days_of(held, at)
    return f"{held.role.called}{f', {held.where}' if held.where else ''}{f' ({days})' if days else ''}"


def days_of(held: Held, at: datetime) -> str:
    """From when to when it holds; nothing where no day is set."""
    first, last = held.valid_from, held.valid_to
    if held.over(at.date()):
        return f"ended {text(last)}"
    if first and last:
        return f"{text(first)} to {text(last)}"
    return f"from {text(first)}" if first else f"until {text(last)}" if last else ""


def state_of(one: Somebody) -> tuple[str, str]:
    """What the tag of an account says, and its colour."""
    if not one.active:
        return "Disabled", "red"
    if one.last_login is not None:
        return "In use", "green"
    return ("Invited", "blue") if one.invited_until else ("Never used", "yellow")
