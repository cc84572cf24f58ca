"""A new inspection: asked, shown on its strip of dates, made once."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caselight.procedures.planning import plan_inspection
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.frameworks.adopted import adopted_frameworks
from caselight.store.inspections.access import demand, everywhere
from caselight.store.inspections.belonging import own_services
from caselight.store.inspections.models import Kind
from caselight.web.design.forms import once
from caselight.web.design.visits import Visit, visitor
from caselight.web.design.words import words_of
from caselight.web.planning.forms import NewForm
from caselight.web.planning.timeline import timeline


@require_http_methods(["GET", "POST"])
@visitor
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form; "Show the dates" shows it again with its strip."""
    access = everywhere(visit.user, visit.at)
    demand(access, Permission.PACKAGE_IMPORT)
    kind = Kind.EXTERNAL if Role.LEAD_INSPECTOR in access.roles else Kind.LOCAL_AUDIT
    form = _form(request, visit, kind)
    if request.method == "POST" and form.is_valid() and "show" not in request.POST:
        with form.refusing():
            return redirect(once(visit, form, lambda: _made(request, visit, form)))
    return _shown(request, visit, form)


def _form(request: HttpRequest, visit: Visit, kind: Kind) -> NewForm:
    services: Sequence[tuple[str, str]] = own_services(visit.user) if kind is Kind.LOCAL_AUDIT else ()
    named = [(name, name) for _, name in services]
    return NewForm(kind, named, adopted_frameworks(), request.POST or None, letter=words_of(kind).letter)


def _made(request: HttpRequest, visit: Visit, form: NewForm) -> str:
    key = plan_inspection(form.plan(), by=visit.user, at=visit.at)
    visit.person.refresh_from_db()  # a new role ends a person's sessions; the one that asked for it goes on
    update_session_auth_hash(request, visit.person)
    messages.success(request, f"The {words_of(form.kind).inspection} is planned. Add its team, then the case list.")
    return reverse("planning:inspection", kwargs={"key": key})


def _shown(request: HttpRequest, visit: Visit, form: NewForm) -> HttpResponse:
    said = words_of(form.kind)
    points = timeline(form.dates, visit.at.date(), said) if form.dates and not form.errors else ()
    values = {"form": form, "said": said, "points": points, "none": form.nothing_adopted}
    return render(request, "planning/new.html", values, status=422 if form.errors else 200)
