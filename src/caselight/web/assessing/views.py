"""The list of cases, the page of one case, the way to the next, and who else is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from caselight.store.accounts.permissions import Permission
from caselight.web.assessing import pages
from caselight.web.assessing.listing import listing
from caselight.web.assessing.outline import next_place
from caselight.web.design import tables
from caselight.web.design.visits import InspectionVisit, inspection_page

READ = Permission.ANSWER_READ


@require_GET
@inspection_page(READ, some=True)
def cases(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The cases that are given to the visitor; all of them for who may read all."""
    sharing = bool(request.session.get(pages.SHARING))
    found = listing(visit, sharing=sharing)
    values = {"visit": visit, "found": found, "sharing": sharing, "all": visit.may(READ)}
    return tables.download(request, found.table) or render(request, "assessing/cases.html", values)


@require_GET
@inspection_page(READ, some=True)
def next_case(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The next of the visitor's cases that is not complete."""
    del request
    following = listing(visit).next
    return redirect(following or reverse("assessing:cases", kwargs={"key": visit.key}))


@require_GET
@inspection_page(READ, some=True)
def case(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """One case, one theme of it; for the page's own script only what changes when an answer is saved."""
    opened = pages.case_of(request, visit, kind, subject)
    page = pages.page_of(request, opened, request.GET.get("theme", ""))
    return render(request, pages.template(request), {"visit": visit, "page": page, "case": opened})


@require_GET
@inspection_page(READ, some=True)
def next_question(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """The next question without an answer; the summary when there is none."""
    opened = pages.case_of(request, visit, kind, subject)
    place = next_place(opened, request.GET.get("after", ""))
    if place is None:
        return redirect(pages.address(opened, "finish"))
    return redirect(f"{pages.address(opened)}?theme={place[0]}#{place[1]}")


@require_GET
@inspection_page(READ, some=True)
def colleagues(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Who else is on this case, as small JSON that the page asks for now and then."""
    return JsonResponse({"here": pages.colleagues(pages.case_of(request, visit, kind, subject))})
