"""The people, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.store.inspections.directory import Somebody
from caselight.web.design import tables
from caselight.web.design.visits import Visit, visitor
from caselight.web.people.changes import offered
from caselight.web.people.listing import days_of, people_table, state_of
from caselight.web.people.reach import opened, reach, seen


@require_GET
@visitor
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everybody whom the visitor has to do with."""
    allowed = reach(visit)
    there = seen(visit, allowed)
    table = people_table(there, visit.at, linked=allowed.manages)
    file = tables.download(request, table)
    return file or render(request, "people/people.html", {
        "visit": visit, "table": table, "allowed": allowed, "others": any(one.key != visit.user for one in there),
    })  # fmt: skip


@require_GET
@visitor
def person(request: HttpRequest, visit: Visit, user: str) -> HttpResponse:
    """One person: how the account stands, its roles, and what may be done."""
    one, allowed = opened(visit, user)
    values = {
        "visit": visit, "one": one, "allowed": allowed, "state": state_of(one), "roles": _roles(visit, one),
        "changes": offered(one, visit.user) if allowed.manages else (),
        "links": allowed.manages or one.last_login is None,
    }  # fmt: skip
    return render(request, "people/person.html", values)


def _roles(visit: Visit, one: Somebody) -> list[dict[str, object]]:
    return [{"held": held, "days": days_of(held, visit.at)} for held in one.roles]
