"""A case is taken out of the sample with a coded reason; the next reserve takes its place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.procedures.sample_choosing import package_to_draw, take_out
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import not_found
from caselight.web.design.forms import sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.sampling.cases import names
from caselight.web.sampling.designs import name_of
from caselight.web.sampling.forms import RemoveForm


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.SAMPLE_DRAW)
def remove(request: HttpRequest, visit: InspectionVisit, design: str, case: str) -> HttpResponse:
    """Why a case goes, and who comes."""
    package, name, said = package_to_draw(visit.key), name_of(design), words(visit)
    row = next((one for one in package.sample if (one.design, one.case_key) == (name, case)), None)
    if row is None or row.status == "removed":
        not_found()
    form = RemoveForm(package, sent(request))
    called = names(package)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with form.refusing():
            why = (typed["reason"], typed["note"])
            came = take_out(visit.key, name, case, why, by=visit.user, at=visit.at)
            after = names(package_to_draw(visit.key)).get(came, "")
            takes = f"{after} takes its place." if came else f"No {said.reserve} takes its place."
            messages.success(request, f"{called[case]} was {said.removed}. {takes}")
            return redirect("sampling:sample", visit.key)
    context = {"visit": visit, "said": said, "form": form, "case": called[case], "waits": row.status == "reserve"}
    return render(request, "sampling/remove.html", context, status=422 if form.errors else 200)
