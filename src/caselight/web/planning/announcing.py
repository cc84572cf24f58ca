"""The words of an announcement, from what is planned: to be changed, copied and sent by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caselight.store.inspections.models import Kind
from caselight.store.inspections.requests import Step, requests_of
from caselight.store.inspections.team import LEADS, team_of
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import words


def announcement(visit: InspectionVisit) -> str:
    """The text to begin with."""
    return "\n".join(_lines(visit))


def _lines(visit: InspectionVisit) -> Iterator[str]:
    definition, said = visit.inspection.definition, words(visit)
    first, last = definition.dates.fieldwork_from, definition.dates.fieldwork_to
    of = "our own work" if visit.access.kind is Kind.LOCAL_AUDIT else f"the work of {definition.service.name}"
    yield from (definition.title, "", f"To the managers of {definition.service.name}", "")
    yield f"We announce an {said.inspection} of {of}."
    yield f"The fieldwork is from {_day(first)} to {_day(last)}."
    team = team_of(visit.key)
    leads = " and ".join(dict.fromkeys(one.name for one in team if one.role in LEADS))
    others = dict.fromkeys(one.name for one in team if one.role not in LEADS)
    yield from ("", f"It is led by {leads}." + (f" With them come {', '.join(others)}." if others else ""))
    yield from _wanted(visit)
    yield from ("", f"Please turn to {leads} with every question.")


def _wanted(visit: InspectionVisit) -> Iterator[str]:
    due: dict[date, list[str]] = {}
    for one in requests_of(visit.key):
        if one.state is not Step.WITHDRAWN:
            due.setdefault(one.due, []).append(one.what)
    if due:
        yield from ("", "What we ask of you, and until when:")
    for day, things in due.items():
        yield from ("", f"By {_day(day)}:", *(f"- {what}" for what in things))


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
