"""One's own account: who one is here, how it is protected, and which devices and sessions there are."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.store.accounts.actions import end_sessions, revoke_token
from caselight.store.accounts.permissions import Role
from caselight.store.accounts.queries import devices_of
from caselight.store.inspections.belonging import own_services
from caselight.store.inspections.roles import standing
from caselight.web.design.visits import Visit, visitor


@require_GET
@visitor
def me(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that is kept about whoever is signed in, and what they may end."""
    roles = standing(visit.user).roles(visit.at.date()) - {Role.PUBLIC}
    shown = {
        "roles": sorted(roles, key=lambda role: role.called),
        "services": [name for _, name in own_services(visit.user)],
        "devices": devices_of(visit.user, visit.at),
        "protected": is_mfa_enabled(visit.person),
    }
    return render(request, "people/me.html", {"visit": visit, **shown})


@require_POST
@visitor
def end_device(request: HttpRequest, visit: Visit, token: int) -> HttpResponse:
    """End a device of one's own; anybody else's is not there."""
    if token not in {device.token for device in devices_of(visit.user, visit.at)}:
        raise Http404
    revoke_token(by=visit.user, token=token, at=visit.at)
    messages.success(request, "The device can no longer speak for you.")
    return redirect("people:me")


@require_POST
@visitor
def end_others(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Sign out everywhere but here."""
    end_sessions(by=visit.user, user=visit.user, at=visit.at)
    visit.person.refresh_from_db()
    update_session_auth_hash(request, visit.person)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("people:me")
