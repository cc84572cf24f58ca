"""The list before it is accepted: how many rows, what is wrong with which cell, who is eligible; then all of it or nothing."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.procedures.case_lists import checking
from caselight.procedures.case_lists.accepting import accept_list, look
from caselight.procedures.case_lists.preparing import Preparing, keep, prepared
from caselight.store.accounts.permissions import Permission
from caselight.store.frameworks.queries import framework_of
from caselight.web.caseload.mending import SHOWN, MendingForm, asked
from caselight.web.caseload.preview import preview
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words

WRITE = Permission.CASELOAD_WRITE


@require_GET
@inspection_page(WRITE)
def check(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Counts, faults, and why rows are not eligible."""
    return _page(request, visit, prepared(visit.key, visit.at))


@require_POST
@inspection_page(WRITE)
def mend(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Mend cells, or leave rows out; what can be taken is kept, the rest is shown again."""
    now = prepared(visit.key, visit.at)
    form = _form(visit, now, request)
    if not form.is_valid():
        return _page(request, visit, now, form)
    before = len(look(visit.key, now, by=visit.user, at=visit.at).faults)
    with form.refusing():
        changed = form.mended(replace(now, version=form.cleaned_data["version"]))
        now = keep(changed, by=visit.user, inspection=visit.key, at=visit.at)
    if form.errors:
        return _page(request, visit, now, form)
    after = len(look(visit.key, now, by=visit.user, at=visit.at).faults)
    messages.success(
        request, f"{max(0, before - after)} mended or left out; {after} to fix." if after else "Nothing is left to fix."
    )
    return redirect("caseload:check", visit.key)


@require_POST
@inspection_page(WRITE)
def put_back(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Put a row back that was left out."""
    now = prepared(visit.key, visit.at)
    row = request.POST.get("row", "")
    out = {place: why for place, why in now.out.items() if str(place) != row}
    keep(replace(now, out=out), by=visit.user, inspection=visit.key, at=visit.at)
    messages.success(request, "The row is in the list again.")
    return redirect("caseload:check", visit.key)


@require_POST
@inspection_page(WRITE)
def accept(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Take the whole list in."""
    version = request.POST.get("version", "")
    try:
        done = accept_list(visit.key, version=int(version) if version.isdigit() else 0, by=visit.user, at=visit.at)
    except Faults as refused:
        if refused.faults[0].code == "caseload.no-list":
            return redirect("caseload:list", visit.key)
        return _page(request, visit, prepared(visit.key, visit.at), refused=refused.faults)
    messages.success(request, f"The list is accepted: {done.cases} cases, {done.eligible} eligible.")
    return redirect("caseload:list", visit.key)


def _form(visit: InspectionVisit, now: Preparing, request: HttpRequest | None = None) -> MendingForm:
    framework = framework_of(visit.inspection.framework)
    questions = asked(look(visit.key, now, by=visit.user, at=visit.at).faults, framework)
    if request is None:
        return MendingForm(questions[:SHOWN], framework, initial={"version": now.version})
    sent = [one for one in questions if f"v{one.name}" in request.POST]
    return MendingForm(sent, framework, request.POST)


def _page(
    request: HttpRequest,
    visit: InspectionVisit,
    now: Preparing,
    form: MendingForm | None = None,
    refused: tuple[Fault, ...] = (),
) -> HttpResponse:
    seen = look(visit.key, now, by=visit.user, at=visit.at)
    context = {
        "visit": visit,
        "said": words(visit),
        "now": now,
        "form": form or _form(visit, now),
        "seen": seen,
        "to_fix": seen.count(checking.FAULTY),
        "eligible": seen.count(checking.ELIGIBLE),
        "further": seen.count(checking.FURTHER),
        "there": seen.count(checking.THERE),
        "more": max(0, len(asked(seen.faults, framework_of(visit.inspection.framework))) - SHOWN),
        "left": [row for row in seen.rows if row.state == checking.LEFT],
        "table": preview(seen, framework_of(visit.inspection.framework)),
        "refused": refused,
        "faults_shown": bool(refused),
    }
    return render(request, "caseload/check.html", context, status=422 if refused or (form and form.errors) else 200)
