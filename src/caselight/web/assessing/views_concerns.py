"""Urgent concerns about a child: raising one on the case, and carrying it on until it is closed."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments import concerns as store
from caselight.store.assessments.actions import raising
from caselight.store.inspections.access import demand
from caselight.web.assessing import pages
from caselight.web.assessing.opening import Opened, open_case
from caselight.web.design.forms import Form
from caselight.web.design.visits import InspectionVisit, inspection_page

WORDS = forms.Textarea(attrs={"rows": 4})


class Raising(Form):
    """What was seen."""

    what = forms.CharField(
        label="What have you seen or heard?",
        help_text="As it was said or stands in the file. This is no finding and does not go into the letter.",
        widget=WORDS,
        error_messages={"required": "Enter what you have seen or heard"},
    )
    concern = forms.CharField(widget=forms.HiddenInput, max_length=32)


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.CONCERN_READ, some=True)
def concerns(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """The urgent concerns about a child, and the form that raises one."""
    demand(visit.access, Permission.CONCERN_RAISE if request.method == "POST" else Permission.CONCERN_READ, subject)
    case = open_case(visit, kind, subject)
    form = Raising(request.POST or None, initial={"concern": secrets.token_hex(16)})
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            raising.raise_concern(
                by=visit.user, inspection=visit.key, subject=case.subject,
                key=form.cleaned_data["concern"], what=form.cleaned_data["what"], at=visit.at,
            )  # fmt: skip
            messages.success(request, "The concern is saved. Tell who must know now, and note whom and when.")
            return redirect(pages.address(case, "urgent"))
    return _shown(request, case, form)


def _shown(request: HttpRequest, case: Opened, form: Form, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    values = {
        "visit": case.visit, "case": case, "form": form, "faults": faults, "faults_shown": bool(faults),
        "concerns": store.concerns_of(case.visit.key, case.subject), "base": pages.address(case),
        "may_close": case.may(Permission.CONCERN_CLOSE), "may_raise": case.may(Permission.CONCERN_RAISE),
    }  # fmt: skip
    return render(request, "assessing/urgent.html", values, status=422 if faults or form.errors else 200)


@require_POST
@inspection_page(Permission.CONCERN_RAISE, some=True)
def step(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str, concern: str) -> HttpResponse:
    """Note who was told, what they answered, or that it is closed."""
    wanted = request.POST.get("step", "")
    demand(visit.access, Permission.CONCERN_CLOSE if wanted == "close" else Permission.CONCERN_RAISE, subject)
    case = open_case(visit, kind, subject)
    mine = {one.key for one in store.concerns_of(visit.key, case.subject)}
    try:
        _take(request, visit, concern if concern in mine else "", wanted)
    except Faults as refused:
        return _shown(request, case, Raising(initial={"concern": secrets.token_hex(16)}), tuple(refused.faults))
    messages.success(request, "Saved.")
    return redirect(pages.address(case, "urgent"))


def _take(request: HttpRequest, visit: InspectionVisit, concern: str, wanted: str) -> None:
    of = {"by": visit.user, "inspection": visit.key, "concern": concern}
    words = request.POST.get("words", "")
    if wanted == "tell":
        raising.tell(**of, whom=request.POST.get("whom", ""), when=request.POST.get("when", ""), at=visit.at)
    elif wanted == "close":
        raising.close(**of, why=words, at=visit.at)
    else:
        raising.answer(**of, says=words, at=visit.at)
