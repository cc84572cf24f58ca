"""The cases that nobody has are shared out in one go: a proposal to look at and to change, then done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.method.faults import Faults
from caselight.procedures.sample_choosing import package_to_draw
from caselight.store.accounts.permissions import Permission
from caselight.store.samples.allocating import allocate_each
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.sampling.allocating import board
from caselight.web.sampling.sharing import FIELD, ShareForm, Sharing

SAID = frozenset(["access.conflict", "access.own-case", "access.allocated-already", "access.not-examiner"])


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.CASE_ALLOCATE)
def share(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Who would get which case, among those chosen; sent, each gets theirs, or nobody gets any."""
    shown = board(visit, package_to_draw(visit.key))
    chosen = request.GET.getlist("among") or [user for user, _ in shown.able]
    sharing = Sharing(shown, chosen)
    form = ShareForm(sharing, request.POST if request.method == "POST" else None)
    if not sharing.cases or not sharing.chosen:  # sent twice, or given by somebody else in the meantime
        return redirect("sampling:allocation", visit.key)
    if request.method == "POST" and form.is_valid() and _given(visit, form):
        given = len(form.holders)
        messages.success(request, f"{given} case{'' if given == 1 else 's'} given.")
        return redirect("sampling:allocation", visit.key)
    context = {"visit": visit, "said": words(visit), "sharing": sharing, "form": form}
    return render(request, "sampling/share.html", context, status=422 if form.errors else 200)


def _given(visit: InspectionVisit, form: ShareForm) -> bool:
    """Whether every case was given; what stands against one is said at it, and then none was."""
    if not form.holders:
        form.add_error(next(iter(form.fields)), "Select somebody for at least one case.")
        return False
    try:
        allocate_each(by=visit.user, inspection=visit.key, holders=form.holders, at=visit.at)
    except Faults as refused:
        for fault in refused.faults:
            if fault.code not in SAID:
                raise
            form.add_error(f"{FIELD}{fault.where[-1]}", f"{fault.says} {fault.cure}")
        return False
    return True
