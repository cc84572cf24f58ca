"""The timetable is published; what was published is read, and printed one worker a sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.samples.timetable.publishing import publish_slots
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.timetable.publications import news_of, publications_of
from caselight.web.timetable.seeing import seen_by
from caselight.web.timetable.sheets import may_number, sheets_of


@require_POST
@inspection_page(Permission.TIMETABLE_PUBLISH)
def publish(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Publish the slots as they are planned; sent twice, it is published once."""
    try:
        publish_slots(by=visit.user, inspection=visit.key, at=visit.at)
    except Faults as refused:
        if refused.faults[0].code != "timetable.nothing-changed":
            raise
    else:
        messages.success(request, "The timetable is published. Everybody who has a slot sees it on their page.")
    return redirect("timetable:timetable", key=visit.key)


@require_GET
@inspection_page(Permission.TIMETABLE_READ, some=True)
def published(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What was published when, and what was different each time."""
    seen = seen_by(visit)
    values = {"visit": visit, "told": publications_of(seen), "news": news_of(seen), "seen": seen}
    return render(request, "timetable/published.html", values)


@require_GET
@inspection_page(Permission.TIMETABLE_READ, some=True)
def sheets(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """One worker a sheet, for print."""
    seen, numbers = seen_by(visit), request.GET.get("numbers") == "1"
    values = {
        "visit": visit, "seen": seen, "sheets": sheets_of(seen, numbers=numbers), "numbers": numbers,
        "may_number": may_number(seen), "news": news_of(seen),
    }  # fmt: skip
    return render(request, "timetable/sheets.html", values)
