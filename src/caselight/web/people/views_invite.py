"""Somebody is invited; a link is made and shown once; whoever has it chooses a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from caselight.method.faults import Faults
from caselight.store.accounts.invitations import Invited, Link, State, choose_password, invite, link
from caselight.store.inspections.directory import all_inspections, all_services
from caselight.store.inspections.inviting import invite_person
from caselight.store.inspections.team import service_named
from caselight.web.design.forms import sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.people.forms import REFUSED, CaseManagerForm, InviteForm, PasswordForm
from caselight.web.people.reach import Reach, inviter, opened


@require_http_methods(["GET", "POST"])
@never_cache
@visitor
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Somebody new. Their link is in the answer itself and kept nowhere, so it is not shown again."""
    allowed = inviter(visit)
    form = _form(request, allowed)
    made = _invited(visit, form) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        return _handed_over(request, visit, made, form.cleaned_data["name"])
    values = {"visit": visit, "form": form, "allowed": allowed}
    return render(request, "people/invite.html", values, status=422 if form.errors else 200)


def _form(request: HttpRequest, allowed: Reach) -> InviteForm | CaseManagerForm:
    if allowed.manages:
        return InviteForm(all_inspections(), all_services(), sent(request))
    return CaseManagerForm(allowed.services, sent(request))


def _invited(visit: Visit, form: InviteForm | CaseManagerForm) -> Invited | None:
    typed = form.cleaned_data
    try:
        service = named_service(visit, typed)
        return invite_person(
            by=visit.user,
            name=typed["name"],
            email=typed["email"],
            role=form.given,
            place=form.place(service),
            at=visit.at,
        )
    except Faults as refused:
        form.refuse(refused.faults, REFUSED)
        return None


def named_service(visit: Visit, typed: dict[str, Any]) -> str:
    """The key of the service that a form names: one of the list, or one that is added by its name."""
    name = typed.get("new_service", "").strip()
    return service_named(by=visit.user, name=name, at=visit.at) if name else typed.get("service", "")


@require_POST
@never_cache
@visitor
def another(request: HttpRequest, visit: Visit, user: str) -> HttpResponse:
    """Another link for somebody; the one before it ends. Whoever only invites makes none for who has signed in."""
    one, allowed = opened(visit, user)
    try:
        made = invite(by=visit.user, user=one.key, first=not allowed.manages, at=visit.at)
    except Faults as refused:
        return render(request, "design/refused.html", {"faults": refused.faults}, status=422)
    return _handed_over(request, visit, made, one.name)


def _handed_over(request: HttpRequest, visit: Visit, made: Invited, name: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("people:accept", args=[made.clear]))
    return render(request, "people/link.html", {"visit": visit, "made": made, "address": address, "name": name})


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
def accept(request: HttpRequest, clear: str) -> HttpResponse:
    """Whoever has a link chooses a password; a link that is no longer good says what to do."""
    at = now()
    found = link(clear, at)
    form = PasswordForm(found.name, found.email, sent(request))
    if request.method == "POST" and found.state is State.GOOD and form.is_valid():
        try:
            choose_password(clear=clear, password=form.cleaned_data["password1"], at=at)
        except Faults:  # somebody used it, or ended it, at this very moment
            found = link(clear, at)
        else:
            return redirect("people:accepted")
    return _accepting(request, found, form)


def _accepting(request: HttpRequest, found: Link, form: PasswordForm) -> HttpResponse:
    if found.state is not State.GOOD:
        gone = 404 if found.state is State.UNKNOWN else 410
        return render(request, "people/ended_link.html", {"state": found.state.name}, status=gone)
    values = {"found": found, "form": form}
    return render(request, "people/accept.html", values, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET"])
def accepted(request: HttpRequest) -> HttpResponse:
    """The password is saved; what follows."""
    return render(request, "people/accepted.html")
