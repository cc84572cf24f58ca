"""The case list of an inspection."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.procedures.case_lists.preparing import preparing_of
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.drafts import draft_of
from caselight.store.samples.queries import sample_of
from caselight.web.caseload.listing import listing
from caselight.web.design import tables
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words


@require_GET
@inspection_page(Permission.CASELOAD_READ, some=True)
def case_list(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The cases that the visitor may see, as a table, and the way to bring in more."""
    found = listing(visit, numbers=request.GET.get("numbers") == "1")
    writes = visit.may(Permission.CASELOAD_WRITE)
    preparing = preparing_of(visit.key, visit.at) if writes else None
    context = {
        "visit": visit,
        "said": words(visit),
        "found": found,
        "writes": writes and not sample_of(visit.key),
        "draft": draft_of(visit.key) if preparing else None,
        "preparing": preparing,
    }
    return tables.download(request, found.table) or render(request, "caseload/list.html", context)
