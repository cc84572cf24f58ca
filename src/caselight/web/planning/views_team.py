"""The team: somebody is added, a role ends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.people import key_of
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.inspections.access import not_found
from caselight.store.inspections.memberships import Place, add_member
from caselight.store.inspections.team import end_in_team, service_named, team_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.planning.forms import MemberForm

ROLES = {role.value: role for role in Role}
REFUSED = {  # where a refusal is shown
    "store.nobody": "person", "access.both-sides": "person", "access.administrator-role": "person",
    "access.disabled": "person", "access.self-grant": "person", "access.own-service": "service",
    "access.dates": "valid_to",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.PEOPLE_ASSIGN)
def add(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Somebody for the team."""
    form = MemberForm(visit.access.kind, request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(visit, form):
        messages.success(request, "They are in the team.")
        return redirect("planning:inspection", key=visit.key)
    return render(request, "planning/member.html", {"visit": visit, "form": form}, status=422 if form.errors else 200)


def _added(visit: InspectionVisit, form: MemberForm) -> bool:
    """Whether they were added; what the store refuses stands at its field, also where a name is known by its code only."""
    typed = form.cleaned_data
    try:
        user, role = key_of(typed["person"].strip()), ROLES[typed["role"]]
        service = ""
        if role is Role.LOCAL_ASSESSOR:
            service = service_named(by=visit.user, name=typed["service"], at=visit.at)
        place = Place(visit.key, service, typed.get("worker") or user, typed["valid_from"], typed["valid_to"])
        add_member(by=visit.user, user=user, role=role, place=place, at=visit.at)
    except Faults as refused:
        form.refuse(refused.faults, REFUSED)
        return False
    return True


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.PEOPLE_ASSIGN)
def end(request: HttpRequest, visit: InspectionVisit, membership: int) -> HttpResponse:
    """A role ends, after one was asked whether it should."""
    one = next((one for one in team_of(visit.key) if one.number == membership), None)
    if one is None:
        not_found()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            end_in_team(by=visit.user, inspection=visit.key, membership=membership, at=visit.at)
        except Faults as refused:
            faults = tuple(refused.faults)
        else:
            messages.success(request, f"{one.name} is no longer {one.role.called.lower()} here.")
            return redirect("home:today") if one.user == visit.user else redirect("planning:inspection", key=visit.key)
    values = {"visit": visit, "one": one, "faults": faults, "faults_shown": bool(faults)}
    return render(request, "planning/end.html", values, status=422 if faults else 200)
