"""One case of the list: what is known of it, what was corrected, and the correction of a fact."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.procedures.case_lists.correcting import correct
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import demand
from caselight.web.caseload.facts import CaseFacts, case_facts, correction_of
from caselight.web.caseload.forms import CorrectForm
from caselight.web.design.forms import sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words

READ, WRITE = Permission.CASELOAD_READ, Permission.CASELOAD_WRITE


@require_http_methods(["GET", "POST"])
@inspection_page(READ, some=True)
def case(request: HttpRequest, visit: InspectionVisit, case: str) -> HttpResponse:
    """What is known of a case; who may change the list corrects a fact here."""
    found = case_facts(visit, case)
    form = CorrectForm(found.choices, found.hints, sent(request))
    if request.method == "POST":
        demand(visit.access, WRITE)
        if form.is_valid():
            with form.refusing():
                correct(visit.key, correction_of(case, form.cleaned_data, found.framework), by=visit.user, at=visit.at)
                messages.success(request, "The fact is corrected. What was supplied is kept beside it.")
                return redirect("caseload:case", visit.key, case)
    return _page(request, visit, found, form)


def _page(request: HttpRequest, visit: InspectionVisit, found: CaseFacts, form: CorrectForm) -> HttpResponse:
    context = {"visit": visit, "said": words(visit), "found": found, "form": form, "writes": visit.may(WRITE)}
    return render(request, "caseload/case.html", context, status=422 if form.errors else 200)
