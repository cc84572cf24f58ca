"""Cases that are agreed, several at once; and what comes after: signed, countersigned, unlocked."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.procedures.findings import findings
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.actions import moderate as take_step
from caselight.store.assessments.progress import standings
from caselight.store.assessments.steps import CaseStanding, Step
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.moderation.places import case_address, in_order, state


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with its state and what can be done with it now."""

    value: str
    label: str
    href: str
    state: tuple[str, str]
    waits: bool
    next: str


NEXT = {
    Step.COMPLETED: "Say that it is agreed",
    Step.MODERATED: "Its inspector signs it",
    Step.SIGNED: "Countersign it",
    Step.LOCKED: "Nothing: it is locked",
}


@require_GET
@inspection_page(Permission.ANSWER_MODERATE)
def cases(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Every case with the step that comes next."""
    return _page(request, visit)


@require_POST
@inspection_page(Permission.ANSWER_MODERATE)
def moderate(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Say of the selected cases that they are agreed: each by itself, so that one that cannot be keeps no other back."""
    chosen = [value.partition(":")[::2] for value in request.POST.getlist("case")]
    labels, faults, done = findings(visit.key).labels, list[Fault](), 0
    for kind, key in chosen:
        try:
            take_step(by=visit.user, inspection=visit.key, subject=(kind, key), at=visit.at)
            done += 1
        except Faults as refused:
            faults.append(_named(labels.get(key, key), refused.faults))
    if not chosen:
        faults = [Fault("answer.case-unknown", ("case",), "Select the cases that are agreed.", "")]
    if done:
        messages.success(request, f"{done} case{'s are' if done > 1 else ' is'} agreed.")
    return _page(request, visit, faults) if faults else redirect("moderation:cases", visit.key)


def _named(label: str, faults: tuple[Fault, ...]) -> Fault:
    """The first fault of a case, with its name and how many more there are."""
    more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
    return Fault(faults[0].code, ("case",), f"{label}: {faults[0].says}", f"{faults[0].cure}{more}")


def _page(request: HttpRequest, visit: InspectionVisit, faults: list[Fault] | None = None) -> HttpResponse:
    found, known = findings(visit.key), standings(visit.key)
    lines = [
        _line(visit, (sheet.subject.kind, sheet.subject.key), sheet.subject.label, known)
        for group in found.sheets.values() for sheet in in_order(group)
        if sheet.parent is None and sheet.subject.kind != found.package.framework.rated
    ]  # fmt: skip
    waiting, others = [one for one in lines if one.waits], [one for one in lines if not one.waits]
    values = {"visit": visit, "waiting": waiting, "others": others, "faults": faults, "faults_shown": faults}
    return render(request, "moderation/cases.html", values, status=422 if faults else 200)


def _line(
    visit: InspectionVisit, of: tuple[str, str], label: str, known: dict[tuple[str, str], CaseStanding]
) -> CaseLine:
    standing = known.get(of, CaseStanding(*of))
    href = case_address(visit.key, *of, page="finish")
    following = "Agree it again" if standing.void else NEXT.get(standing.step or Step.REOPENED, "It is completed first")
    return CaseLine(
        ":".join(of), label or of[1], href, state(standing), standing.may(Step.MODERATED), following
    )  # fmt: skip
