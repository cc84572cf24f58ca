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
    called = _called(visit.key) if against else {}
    for one in against:
        if gives or one.user == visit.user:
            declared[one.user].append(_said(one, called))
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


def _called(inspection: str) -> dict[str, str]:
    """What cases and case managers are called, by their keys."""
    return {one.key: one.label for one in subjects_of(inspection) if one.label} | staff_of(inspection)


def _said(one: Against, called: dict[str, str]) -> str:
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
