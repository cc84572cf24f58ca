"""The inspections of a person as a table, by state."""

from __future__ import annotations

from collections.abc import Sequence

from caselight.store.accounts.permissions import Role
from caselight.store.assessments.visible import Visible
from caselight.store.inspections.models import State
from caselight.web.design.states import state_tag
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.words import Words, words_of
from caselight.web.home.places import address
from caselight.web.home.tasks import Task

COLUMNS = (
    Column("title", "Title", "link"),
    Column("service", "Service"),
    Column("kind", "Kind"),
    Column("state", "State", "tag"),
    Column("fieldwork", "Fieldwork begins", "date"),
    Column("role", "Your role"),
)


SHOWN = 6  # inspections on the page where everybody arrives


def lines(mine: Sequence[Visible]) -> tuple[Task, ...]:
    """The first of them, those that are least far before the others, as a short list."""
    return tuple(
        Task(one.title, address("planning:inspection", key=one.key), one.service, *_tag(one)) for one in mine[:SHOWN]
    )


def _tag(one: Visible) -> tuple[str, str]:
    return state_tag(one.access.state or State.CLOSED, words_of(one.access.kind))


def table(mine: Sequence[Visible], said: Words) -> Table:
    """Every inspection that is shown."""
    rows = [
        {
            "title": Link(one.title, address("planning:inspection", key=one.key)),
            "service": one.service,
            "kind": words_of(one.access.kind).cap(words_of(one.access.kind).inspection),
            "state": Tag(*_tag(one)),
            "fieldwork": one.dates.fieldwork_from,
            "role": ", ".join(role.called for role in Role if role in one.access.roles - {Role.PUBLIC}),
        }
        for one in mine
    ]
    return Table(said.cap(said.inspections), COLUMNS, rows, "inspections", titled=False)
