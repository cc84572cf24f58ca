"""A locked case is opened again by two: asking, agreeing, refusing; and the past of a case."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.method.faults import Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.actions import unlocking
from caselight.web.assessing import pages
from caselight.web.assessing.before import past
from caselight.web.assessing.unlocking import Unlock, unlock_of
from caselight.web.design.forms import Form
from caselight.web.design.visits import InspectionVisit, inspection_page

P = Permission
OPENED = "The case is unlocked. It takes answers again, and is completed, moderated and signed anew."


class Asking(Form):
    """Why a case must be opened again."""

    reason = forms.CharField(
        label="Why must it be opened again?",
        help_text="What is wrong or missing. It is kept with the case.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why the case must be opened again"},
    )
    request = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)


class Refusing(Form):
    """Why it stays locked."""

    because = forms.CharField(
        label="Why does it stay locked?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why the case stays locked"},
    )


@require_http_methods(["GET", "POST"])
@inspection_page(P.INSPECTION_READ)
def unlock(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """The page, and asking. Where who leads asks, they agree by that."""
    asking = request.method == "POST"
    page = unlock_of(
        visit, kind, subject, P.CASE_UNLOCK_ASK, P.CASE_UNLOCK, *(() if asking else (P.CASE_UNLOCK_SECOND,))
    )
    form = Asking(request.POST if asking else None, initial={"request": secrets.token_hex(16)})
    if asking and form.is_valid():
        with form.refusing():
            key = form.cleaned_data["request"] or secrets.token_hex(16)
            of: dict[str, Any] = {"by": visit.user, "inspection": visit.key, "subject": page.subject, "at": visit.at}
            unlocking.ask_unlock(**of, key=key, reason=form.cleaned_data["reason"])
            opened = unlocking.allow_unlock(**of) if page.leads else False
            return _done(request, page, OPENED if opened else "It is asked for. It waits for a second person." if page.leads
                         else "It is asked for. The lead sees it on Today.")  # fmt: skip
    return _shown(request, page, asking=form)


@require_POST
@inspection_page(P.CASE_UNLOCK)
def allow(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Agree as the lead."""
    return _agreed(request, unlock_of(visit, kind, subject, P.CASE_UNLOCK), unlocking.allow_unlock)


@require_POST
@inspection_page(P.CASE_UNLOCK_SECOND)
def second(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Agree as the second person."""
    return _agreed(request, unlock_of(visit, kind, subject, P.CASE_UNLOCK_SECOND), unlocking.second_unlock)


@require_POST
@inspection_page(P.INSPECTION_READ)
def refuse(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Refuse, with the reason."""
    page, form = unlock_of(visit, kind, subject, P.CASE_UNLOCK, P.CASE_UNLOCK_SECOND), Refusing(request.POST)
    if form.is_valid():
        with form.refusing({"answer.unlock-reason": "because"}):
            unlocking.refuse_unlock(
                by=visit.user, inspection=visit.key, subject=page.subject, reason=form.cleaned_data["because"], at=visit.at
            )  # fmt: skip
            return _done(request, page, "It is refused. The case stays locked.")
    return _shown(request, page, refusing=form)


@require_GET
@inspection_page(P.ANSWER_READ, some=True)
def history(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """The steps of a case, and what changed since it was locked or signed."""
    case = pages.case_of(request, visit, kind, subject)
    values = {"visit": visit, "case": case, "past": past(case), "base": pages.address(case)}
    return render(request, "assessing/history.html", values)


def _agreed(request: HttpRequest, page: Unlock, act: Callable[..., bool]) -> HttpResponse:
    visit = page.visit
    try:
        opened = act(by=visit.user, inspection=visit.key, subject=page.subject, at=visit.at)
    except Faults as refused:
        return _shown(request, page, errors=[("", f"{fault.says} {fault.cure}") for fault in refused.faults])
    return _done(request, page, OPENED if opened else "You have agreed. It waits for the other person.")


def _done(request: HttpRequest, page: Unlock, says: str) -> HttpResponse:
    messages.success(request, says)
    kind, subject = page.subject
    return redirect("assessing:unlock", page.visit.key, kind, subject)


def _shown(
    request: HttpRequest,
    page: Unlock,
    *,
    asking: Form | None = None,
    refusing: Form | None = None,
    errors: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    asking, refusing = asking or Asking(initial={"request": secrets.token_hex(16)}), refusing or Refusing()
    wrong = bool(errors or asking.errors or refusing.errors)
    values = {
        "visit": page.visit, "page": page, "asking": asking, "refusing": refusing, "errors": errors, "faults_shown": wrong,
    }  # fmt: skip
    return render(request, "assessing/unlock.html", values, status=422 if wrong else 200)
