"""The team as its table."""

from __future__ import annotations

from collections import defaultdict

from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.team import Against, conflicts_of, staff_of, team_of
from caselight.web.design.tables import Column, Link, Table, text
from caselight.web.design.visits import InspectionVisit

COLUMNS = (Column("name", "Name"), Column("role", "Role"))
DAYS = Column("days", "Days")
CONFLICTS = Column("conflicts", "Conflicts of interest")
END = Column("end", "Change", "link", plain=True)


def team_table(visit: InspectionVisit) -> Table:
    """Everybody of the team. Conflicts of others, and the links that end a role, only for whoever gives roles."""
    gives = visit.may(Permission.PEOPLE_ASSIGN)
    declared: dict[str, list[str]] = defaultdict(list)
    against = conflicts_of(visit.key)
    names = called(visit.key) if against else {}
    for one in against:
        if gives or one.user == visit.user:
            declared[one.user].append(said(one, names))
    rows = [
        {
            "name": one.name,
            "role": one.role.called + (f", {one.service}" if one.role.short == "LA" else ""),
            "days": _days(one.valid_from, one.valid_to),
            "conflicts": "; ".join(declared[one.user]),
            "end": Link(f"End {one.name}’s role", reverse("planning:end-member", args=[visit.key, one.number])),
        }
        for one in team_of(visit.key)
    ]
    told = [column for column in (DAYS, CONFLICTS) if any(row[column.key] for row in rows)]
    columns = (*COLUMNS, *told, *((END,) if gives else ()))
    return Table("Team", columns, rows, "team", empty="The team has nobody yet.", tools=False)


def standing_table(visit: InspectionVisit) -> Table:
    """The conflicts that the visitor sees here, each with the way to withdraw it where they may."""
    gives, names = visit.may(Permission.PEOPLE_ASSIGN), {one.user: one.name for one in team_of(visit.key)}
    rows = [
        {"name": names[one.user], "about": said(one, called(visit.key)), "end": _way_out(visit, one)}
        for one in conflicts_of(visit.key)
        if gives or one.user == visit.user
    ]
    columns = (*COLUMNS[:1], Column("about", "What it is about"), *((END,) if any(row["end"] for row in rows) else ()))
    return Table("Conflicts of interest that stand", columns, rows, "conflicts", tools=False)


def withdrawn_by(visit: InspectionVisit, one: Against) -> bool:
    """Whether the visitor, who gives roles here, may withdraw it: theirs to say, or about this inspection alone."""
    return one.here_alone or one.by == visit.user


def _way_out(visit: InspectionVisit, one: Against) -> Link | str:
    if visit.may(Permission.PEOPLE_ASSIGN) and withdrawn_by(visit, one):
        return Link("Withdraw", reverse("planning:withdraw-conflict", args=[visit.key, one.number]))
    return ""


def called(inspection: str) -> dict[str, str]:
    """What cases and case managers are called, by their keys."""
    return {one.key: one.label for one in subjects_of(inspection) if one.label} | staff_of(inspection)


def said(one: Against, called: dict[str, str]) -> str:
    about = "all cases of the service" if one.whole_service else "all cases here"
    if one.worker:
        about = f"all cases of {called.get(one.worker, one.worker)}"
    if one.case_key:
        about = called.get(one.case_key, one.case_key)
    return f"{about}: {one.reason}"


def _days(first: object, last: object) -> str:
    if first and last:
        return f"{text(first)} to {text(last)}"
    return f"From {text(first)}" if first else f"Until {text(last)}" if last else ""
