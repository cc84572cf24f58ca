"""Beside the questions: who the child is, who was present, the printed form, typing from paper, sharing the screen."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.method.faults import Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.actions.attending import note_presence
from caselight.store.audit.actions import as_text
from caselight.store.identities.actions.vault import read_identity
from caselight.store.inspections.access import demand
from caselight.web.assessing import pages
from caselight.web.assessing.asking import sections
from caselight.web.assessing.opening import Opened, open_case
from caselight.web.assessing.outline import themes_of
from caselight.web.design.forms import DayField, Form
from caselight.web.design.visits import InspectionVisit, inspection_page


@never_cache
@require_POST
@inspection_page(Permission.ANSWER_RECORD, some=True)
def who(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Who the child is: initials and record number, read once and noted in the audit. Never kept in the page."""
    demand(visit.access, Permission.ANSWER_RECORD, subject)
    opened = open_case(visit, kind, subject)
    if not opened.may(Permission.IDENTITY_READ):
        demand(visit.access, Permission.IDENTITY_MASKED, subject)
    try:
        read = read_identity(by=visit.user, inspection=visit.key, subject_key=subject, at=visit.at)
        told = [("Initials", initials(read.identity.name)), ("Record number", read.identity.local_id or "not supplied")]
    except Faults as refused:
        told = [("Who this is", f"{refused.faults[0].says} {refused.faults[0].cure}")]
    return render(request, "assessing/who.html", {"visit": visit, "case": opened, "rows": told, "base": _base(opened)})


def initials(name: str) -> str:
    """The initials of a name.

    >>> initials("Kai-Lee o'Brien")
    'K. O.'
    """
    return " ".join(f"{word[0].upper()}." for word in name.split() if word)


class Present(Form):
    """Who was present."""

    who = forms.CharField(
        label="Who was present while you examined this case?",
        help_text="For example, the case manager for the whole time, the operational manager for the last half hour.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.ANSWER_RECORD, some=True)
def present(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Note who was present."""
    demand(visit.access, Permission.ANSWER_RECORD, subject)
    opened = open_case(visit, kind, subject)
    form = Present(request.POST or None, initial={"who": opened.dossier.present})
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            note_presence(
                by=visit.user, inspection=visit.key, subject=opened.subject, who=form.cleaned_data["who"], at=visit.at
            )
            messages.success(request, "Saved who was present.")
            return redirect(_base(opened))
    values = {"visit": visit, "case": opened, "form": form, "base": _base(opened)}
    return render(request, "assessing/present.html", values, status=422 if form.errors else 200)


@require_GET
@inspection_page(Permission.ANSWER_READ, some=True)
def printed(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """The form on paper: only the questions that apply, with nothing filled in."""
    opened = open_case(visit, kind, subject, sharing=True)
    parts = [(theme.title.in_(opened.language), sections(opened, theme)) for theme in themes_of(opened)]
    return render(
        request, "assessing/print.html", {"visit": visit, "case": opened, "parts": parts, "base": _base(opened)}
    )


class Typing(Form):
    """When the answers were written on paper."""

    day = DayField(label="On which day did you write them?")
    time = forms.TimeField(
        label="At about what time?",
        help_text="For example, 14:30",
        error_messages={"required": "Enter a time", "invalid": "Enter a time, like 14:30"},
    )


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.ANSWER_RECORD, some=True)
def typing(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Begin, or end, typing answers from paper: each keeps when it was written and when it was saved."""
    demand(visit.access, Permission.ANSWER_RECORD, subject)
    opened = open_case(visit, kind, subject)
    if "stop" in request.POST:
        return _typed(request, opened, "")
    form = Typing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = datetime.combine(form.cleaned_data["day"], form.cleaned_data["time"], tzinfo=opened.zone)
        if at <= visit.at:
            return _typed(request, opened, as_text(at))
        form.add_error("day", "The day and time must be in the past")
    values = {"visit": visit, "case": opened, "form": form, "base": _base(opened)}
    return render(request, "assessing/typing.html", values, status=422 if form.errors else 200)


def _typed(request: HttpRequest, case: Opened, at: str) -> HttpResponse:
    marks = dict(request.session.get(pages.PAPER, {}))
    marks[f"{case.visit.key}/{case.subject[1]}"] = at
    request.session[pages.PAPER] = {name: mark for name, mark in marks.items() if mark}
    messages.success(request, "Answers now carry the time on paper." if at else "Answers carry the time of now again.")
    return redirect(_base(case))


@require_POST
@inspection_page(Permission.ANSWER_READ, some=True)
def sharing(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Switch on, or off, that somebody of the service is looking at the screen."""
    request.session[pages.SHARING] = request.POST.get("on") == "yes"
    kind, subject = request.POST.get("kind", ""), request.POST.get("subject", "")
    if kind and subject:
        return redirect(_base(open_case(visit, kind, subject)))
    return redirect(reverse("assessing:cases", kwargs={"key": visit.key}))


def _base(case: Opened) -> str:
    return pages.address(case)
