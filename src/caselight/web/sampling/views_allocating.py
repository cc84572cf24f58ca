"""Cases are given to people to examine, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Faults
from caselight.procedures.sample_choosing import package_to_draw
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import not_found
from caselight.store.samples.allocating import allocate_all, end_allocation
from caselight.store.samples.holding import allocations_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.sampling.allocating import Board, board
from caselight.web.sampling.forms import GiveForm

ALLOCATE = Permission.CASE_ALLOCATE
SAID = frozenset(["access.conflict", "access.own-case", "access.allocated-already", "access.not-examiner"])


@require_GET
@inspection_page(ALLOCATE)
def allocation(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Who has how many, and which cases nobody has."""
    shown = board(visit, package_to_draw(visit.key))
    return _page(request, shown, GiveForm(shown.choices, shown.offered))


@require_POST
@inspection_page(ALLOCATE)
def give(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Give some cases to somebody: all of them, or none where a conflict of interest stands against one."""
    shown = board(visit, package_to_draw(visit.key))
    form = GiveForm(shown.choices, shown.offered, request.POST)
    if not form.is_valid():
        return _page(request, shown, form)
    user, cases = form.cleaned_data["user"], form.cleaned_data["case"]
    try:
        allocate_all(by=visit.user, inspection=visit.key, case_keys=cases, user=user, at=visit.at)
    except Faults as refused:
        _say(form, shown, refused)
        return _page(request, shown, form)
    name = dict(shown.choices)[user].rpartition(" (")[0]
    messages.success(request, f"{len(cases)} case{'' if len(cases) == 1 else 's'} given to {name}.")
    return redirect("sampling:allocation", visit.key)


@require_POST
@inspection_page(ALLOCATE)
def take_back(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Take a case back from somebody."""
    number = request.POST.get("allocation", "")
    given = next((one for one in allocations_of(visit.key) if str(one.number) == number), None)
    if given is None:
        not_found()
    end_allocation(by=visit.user, allocation=given.number, at=visit.at)
    messages.success(request, f"The case was taken back from {given.name}.")
    return redirect("sampling:allocation", visit.key)


def _say(form: GiveForm, shown: Board, refused: Faults) -> None:
    """What stands against giving a case, at the cases; anything else about access becomes a page."""
    for fault in refused.faults:
        if fault.code not in SAID:
            raise refused
        case = str(fault.where[-1])
        form.add_error("case", f"{shown.called.get(case, case)}: {fault.says} {fault.cure}")


def _page(request: HttpRequest, shown: Board, form: GiveForm) -> HttpResponse:
    context = {"visit": shown.visit, "said": words(shown.visit), "board": shown, "form": form}
    return render(request, "sampling/allocation.html", context, status=422 if form.errors else 200)
