"""Conflicts of interest of the team: one is declared, and one is withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import not_found, reached
from caselight.store.inspections.memberships import Place, declare_conflict
from caselight.store.inspections.team import conflicts_of, staff_of, team_of
from caselight.store.inspections.withdrawing import withdraw_conflict
from caselight.web.design.forms import once, sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.planning.forms import ConflictForm, WithdrawForm
from caselight.web.planning.teams import called, said, standing_table, withdrawn_by


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.CONFLICT_DECLARE)
def conflict(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """A conflict of interest: one's own, or for whoever gives roles also another's of the team."""
    form = ConflictForm(_people(visit), _about(visit), request.POST or None, initial={"who": visit.user})
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            return redirect(once(visit, form, lambda: _declared(request, visit, form)))
    values = {"visit": visit, "form": form, "stand": standing_table(visit)}
    return render(request, "planning/conflict.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.PEOPLE_ASSIGN)
def withdraw(request: HttpRequest, visit: InspectionVisit, conflict: int) -> HttpResponse:
    """One that is about this inspection alone, or that the visitor declared, is withdrawn with a reason."""
    one = next((one for one in conflicts_of(visit.key) if one.number == conflict and withdrawn_by(visit, one)), None)
    if one is None:
        not_found()
    form = WithdrawForm(sent(request))
    if request.method == "POST" and form.is_valid():
        withdraw_conflict(by=visit.user, conflict=one.number, reason=form.cleaned_data["reason"], at=visit.at)
        messages.success(request, "The conflict of interest is withdrawn. What it closed is open again.")
        return redirect("planning:inspection", key=visit.key)
    values = {"visit": visit, "form": form, "about": said(one, called(visit.key)), "name": _name(visit, one.user)}
    return render(request, "planning/withdraw.html", values, status=422 if form.errors else 200)


def _declared(request: HttpRequest, visit: InspectionVisit, form: ConflictForm) -> str:
    typed = form.cleaned_data
    what, _, which = typed["about"].partition(":")
    worker, case = (which, "") if what == "worker" else ("", which)
    of_service = what in ("service", "worker")
    place = Place("" if of_service else visit.key, visit.inspection.service if of_service else "", worker)
    declare_conflict(
        by=visit.user, user=typed["who"], place=place, case_key=case, reason=typed["reason"], at=visit.at
    )  # fmt: skip
    messages.success(request, "The conflict of interest is noted. What it is about is closed to them from now on.")
    return reverse("planning:inspection", kwargs={"key": visit.key})


def _name(visit: InspectionVisit, user: str) -> str:
    return next(each.name for each in team_of(visit.key) if each.user == user)


def _people(visit: InspectionVisit) -> list[tuple[str, str]]:
    team = {one.user: one.name for one in team_of(visit.key)}
    gives = visit.may(Permission.PEOPLE_ASSIGN)
    return [(user, name) for user, name in team.items() if gives or user == visit.user]


def _about(visit: InspectionVisit) -> list[tuple[str, str]]:
    subjects = {one.key: one for one in subjects_of(visit.key)}
    seen = [subjects[key] for key in reached(visit.access, Permission.CASE_READ, subjects)]
    names = staff_of(visit.key)
    managers = sorted({one.managed_by for one in seen if one.managed_by}, key=lambda key: names.get(key, key))
    name = visit.inspection.definition.service.name
    return [
        ("service", f"All cases of {name}"),
        ("inspection", "All cases here"),
        *((f"worker:{key}", f"All cases of {names.get(key, key)}") for key in managers),
        *((f"case:{one.key}", one.label or one.key) for one in seen),
    ]
