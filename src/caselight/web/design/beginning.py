"""What a page says while nothing is there yet: what comes here, and the one thing to do next where the visitor may do it.

Everything of an inspection follows from its case list, so the next thing is the first that is missing on the way there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.models import CaseloadCase
from caselight.store.inspections.models import State
from caselight.store.samples.models import Allocation, SampledCase
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import words


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to do: its page, what the link says, and the act that it needs."""

    page: str
    text: str
    needs: Permission


def next_of(visit: InspectionVisit) -> Next:
    """The first thing that is missing; to examine the cases, where all is there."""
    said, key = words(visit), visit.key
    if not CaseloadCase.objects.filter(inspection__key=key).exists():
        return Next("caseload:upload", "Bring in the case list", Permission.CASELOAD_WRITE)
    if not SampledCase.objects.filter(inspection__key=key).exists():
        return Next("sampling:designs", said.cap(said.select), Permission.SAMPLE_DRAW)
    if not Allocation.objects.filter(inspection__key=key, ended_at=None).exists():
        return Next("sampling:allocation", f"Give cases to {said.inspectors}", Permission.CASE_ALLOCATE)
    if visit.access.state is State.SETUP:
        return Next("planning:inspection", "Begin the fieldwork", Permission.INSPECTION_MOVE)
    return Next("assessing:cases", "Open the cases", Permission.ANSWER_READ)


def next_link(visit: InspectionVisit) -> tuple[str, str]:
    """Address and words of the next thing, for whoever may do it; empty for others."""
    there = next_of(visit)
    if not visit.may(there.needs):
        return "", ""
    return reverse(there.page, kwargs={"key": visit.key}), there.text
