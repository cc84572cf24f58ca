"""The roles of a person: one is given, one ends. What excludes each other is refused by the store, in its words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.method.faults import Fault, Faults
from caselight.store.inspections.access import not_found
from caselight.store.inspections.directory import all_inspections, all_services
from caselight.store.inspections.memberships import add_member
from caselight.store.inspections.team import end_role
from caselight.web.design.forms import once, sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.people.forms import REFUSED, GiveForm
from caselight.web.people.listing import role_said
from caselight.web.people.reach import managed
from caselight.web.people.views_invite import named_service


@require_http_methods(["GET", "POST"])
@visitor
def give(request: HttpRequest, visit: Visit, user: str) -> HttpResponse:
    """A role for somebody."""
    one = managed(visit, user)
    form = GiveForm(all_inspections(), all_services(), sent(request))
    if request.method == "POST" and form.is_valid() and _given(request, visit, one.key, form):
        return redirect("people:person", user=one.key)
    values = {"visit": visit, "one": one, "form": form}
    return render(request, "people/role.html", values, status=422 if form.errors else 200)


def _given(request: HttpRequest, visit: Visit, user: str, form: GiveForm) -> bool:
    try:
        once(visit, form, lambda: _added(request, visit, user, form))
    except Faults as refused:
        form.refuse(refused.faults, REFUSED)
        return False
    return True


def _added(request: HttpRequest, visit: Visit, user: str, form: GiveForm) -> str:
    place = form.place(named_service(visit, form.cleaned_data))
    add_member(by=visit.user, user=user, role=form.role_given, place=place, at=visit.at)
    messages.success(request, "They have the role. They were signed out, so that it holds at once.")
    return user


@require_http_methods(["GET", "POST"])
@visitor
def end(request: HttpRequest, visit: Visit, user: str, membership: int) -> HttpResponse:
    """A role ends, after one was asked whether it should."""
    one = managed(visit, user)
    held = next((held for held in one.roles if held.number == membership), None)
    if held is None:
        not_found()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            end_role(by=visit.user, membership=membership, at=visit.at)
        except Faults as refused:
            faults = tuple(refused.faults)
        else:
            messages.success(request, "The role is ended.")
            return redirect("people:person", user=one.key)
    said = role_said(held, visit.at)
    values = {"visit": visit, "one": one, "said": said, "faults": faults, "faults_shown": bool(faults)}
    return render(request, "people/end_role.html", values, status=422 if faults else 200)
