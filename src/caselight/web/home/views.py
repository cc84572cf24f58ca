"""Where everybody arrives, the list of inspections, and the health of the system for whoever runs it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.procedures.doctor import examine
from caselight.store.accounts.permissions import Permission
from caselight.store.accounts.queries import alone
from caselight.store.assessments.visible import visible
from caselight.store.inspections.access import demand, everywhere
from caselight.web.design import tables
from caselight.web.design.visits import Visit, visitor
from caselight.web.design.words import words_for
from caselight.web.home.listing import lines, table
from caselight.web.home.places import address
from caselight.web.home.today import today

SHARING = "caselight.sharing"  # in the session: somebody of the service is looking at the screen


@require_GET
@visitor
def arrived(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What needs the person today."""
    mine = visible(visit.user, visit.at)
    sharing = bool(request.session.get(SHARING))
    values = {
        "visit": visit, "mine": mine, "said": words_for(mine), "sharing": sharing,
        "page": today(visit.user, mine, visit.at, sharing=sharing), "new": _new(visit),
        "runs": visit.may_everywhere(Permission.SETTINGS_MANAGE), "people": address("people:people"),
        "sets": address("frameworks:list") if visit.may_everywhere(Permission.FRAMEWORK_READ) else "",
        "shown": lines(mine), "alone": alone(),
    }  # fmt: skip
    return render(request, "home/today.html", values)


@require_GET
@visitor
def inspections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The inspections that the person may know of."""
    mine = visible(visit.user, visit.at)
    said = words_for(mine)
    found = table(mine, said)
    file = tables.download(request, found)
    return file or render(
        request, "home/inspections.html", {"visit": visit, "table": found, "said": said, "new": _new(visit)}
    )


@require_GET
@visitor
def health(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What the doctor finds, with its cure."""
    demand(everywhere(visit.user, visit.at), Permission.SETTINGS_MANAGE)
    return render(request, "home/health.html", {"faults": examine(at=visit.at)})


def _new(visit: Visit) -> str:
    """The page where an inspection is planned, for whoever may begin one."""
    return address("planning:new") if visit.may_everywhere(Permission.PACKAGE_IMPORT) else ""
