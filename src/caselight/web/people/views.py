"""One's own account: who one is here, how it is protected, which devices and sessions there are, how pages look."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.store.accounts.actions import end_sessions, revoke_token
from caselight.store.accounts.permissions import Role
from caselight.store.accounts.preferences import preferences_of, set_preferences
from caselight.store.accounts.queries import devices_of
from caselight.store.accounts.sessions import end_session, sessions_of
from caselight.store.inspections.belonging import own_services
from caselight.store.inspections.conflicts import declared_by
from caselight.store.inspections.roles import standing
from caselight.web.design.forms import sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.people.looks import PreferencesForm, chosen, said


@require_GET
@visitor
def me(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that is kept about whoever is signed in, and what they may end."""
    roles = standing(visit.user).roles(visit.at.date()) - {Role.PUBLIC}
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    shown = {
        "roles": sorted(roles, key=lambda role: role.called),
        "services": [name for _, name in own_services(visit.user)],
        "devices": devices_of(visit.user, visit.at),
        "sessions": sessions_of(visit.user, visit.at, idle=idle, here=request.session.session_key or ""),
        "protected": is_mfa_enabled(visit.person),
        "conflicts": len(declared_by(visit.user)),
        "looks": said(preferences_of(visit.person.preferences)),
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
def end_one(request: HttpRequest, visit: Visit, session: str) -> HttpResponse:
    """Sign out in one other browser; anybody else's session is not there."""
    end_session(by=visit.user, session=session, at=visit.at)
    messages.success(request, "You are signed out there.")
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


@require_http_methods(["GET", "POST"])
@visitor
def preferences(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How pages look for oneself, and how early one is warned before one is signed out."""
    form = PreferencesForm(sent(request), initial=chosen(preferences_of(visit.person.preferences)))
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            set_preferences(by=visit.user, preferences=form.preferences, at=visit.at)
            messages.success(request, "It is saved, and holds wherever you sign in.")
            return redirect("people:preferences")
    values = {"visit": visit, "form": form}
    return render(request, "people/preferences.html", values, status=422 if form.errors else 200)
