"""One's own conflicts of interest: seen, declared of oneself alone, and withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import demand, everywhere, not_found
from caselight.store.inspections.conflicts import declared_by
from caselight.store.inspections.memberships import Place, declare_conflict
from caselight.store.inspections.team import service_named
from caselight.store.inspections.withdrawing import withdraw_conflict
from caselight.web.design.forms import once, sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.people.conflicts import ServiceForm, WithdrawForm, about, declared, narrower, services


@require_http_methods(["GET", "POST"])
@visitor
def conflicts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was declared of oneself; with a service one declares it here, with a case or a case manager where those are."""
    declares = visit.may_everywhere(Permission.CONFLICT_DECLARE)
    form = ServiceForm(services(visit) if declares else [], sent(request))
    if request.method == "POST":
        demand(everywhere(visit.user, visit.at), Permission.CONFLICT_DECLARE)
        if form.is_valid():
            with form.refusing():
                return redirect(once(visit, form, lambda: _declared(request, visit, form)))
    values = {"visit": visit, "form": form, "declares": declares, "table": declared(visit), "narrower": narrower(visit)}
    return render(request, "people/conflicts.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@visitor
def withdraw(request: HttpRequest, visit: Visit, conflict: int) -> HttpResponse:
    """One that one declared of oneself, withdrawn with a reason."""
    one = next((one for one in declared_by(visit.user) if one.number == conflict and one.by == visit.user), None)
    if one is None:
        not_found()
    form = WithdrawForm(sent(request))
    if request.method == "POST" and form.is_valid():
        withdraw_conflict(by=visit.user, conflict=one.number, reason=form.cleaned_data["reason"], at=visit.at)
        messages.success(request, "It is withdrawn. What it closed is open to you again.")
        return redirect("people:conflicts")
    values = {"visit": visit, "form": form, "one": one, "about": about(visit, one)}
    return render(request, "people/withdraw.html", values, status=422 if form.errors else 200)


def _declared(request: HttpRequest, visit: Visit, form: ServiceForm) -> str:
    typed = form.cleaned_data
    service = typed["service"] or service_named(by=visit.user, name=typed["other"], at=visit.at)
    place = Place(service=service)
    declare_conflict(by=visit.user, user=visit.user, place=place, reason=typed["reason"], at=visit.at)
    messages.success(request, "It is noted. The cases of the service are closed to you from now on.")
    return reverse("people:conflicts")
