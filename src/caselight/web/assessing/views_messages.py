"""Answers that came in and were not accepted: the list, one of them, recorded again by its author, or set aside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.procedures.putting_right import put_right
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.actions.settling import leave_out
from caselight.store.assessments.receipts import Refusal
from caselight.store.inspections.access import demand
from caselight.web.assessing.not_accepted import Message, listed
from caselight.web.assessing.not_accepted import message as message_of
from caselight.web.assessing.op_ids import new_op_id
from caselight.web.assessing.pages import SHARING
from caselight.web.design import tables
from caselight.web.design.forms import Form
from caselight.web.design.visits import InspectionVisit, inspection_page


class Leaving(Form):
    """Why a message is not recorded."""

    reason = forms.CharField(
        label="Why is it not recorded?",
        help_text="The message stays as it came, with your reason.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is not recorded"},
    )


def _allowed(visit: InspectionVisit) -> None:
    """These pages are for who settles messages, and for who records answers."""
    if not visit.may_on_some(Permission.ANSWER_RECORD):
        demand(visit.access, Permission.ANSWER_QUARANTINED)


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def waiting(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The list; while the screen is shared, nothing of it."""
    _allowed(visit)
    sharing = bool(request.session.get(SHARING))
    table = listed(visit)
    file = None if sharing else tables.download(request, table)
    values = {"visit": visit, "table": table, "sharing": sharing, "settles": visit.may(Permission.ANSWER_QUARANTINED)}
    return file or render(request, "assessing/messages.html", values)


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def one(request: HttpRequest, visit: InspectionVisit, message: int) -> HttpResponse:
    """One message."""
    _allowed(visit)
    return _shown(request, message_of(visit, message), Leaving())


@require_POST
@inspection_page(Permission.ANSWER_RECORD, some=True)
def record(request: HttpRequest, visit: InspectionVisit, message: int) -> HttpResponse:
    """The author records it again, under the rules that hold now."""
    found = message_of(visit, message)
    if found.event is not None:
        demand(visit.access, Permission.ANSWER_RECORD, found.event.subject_key)
    op_id = request.POST.get("op", "") or new_op_id(visit.at)
    done = found.told.settlement
    if done is not None and done.op_id == op_id:
        return redirect("assessing:message", visit.key, message)
    answer = put_right(
        by=visit.user, inspection=visit.key, message=message, version=found.case.framework.version if found.case else "",
        op_id=op_id, bases=request.POST.get("bases", "").split(), at=visit.at,
    )  # fmt: skip
    if isinstance(answer, Refusal):
        return _shown(request, found, Leaving(), [("", f"{answer.says} {answer.cure}")])
    messages.success(request, "The answer is recorded. The message stays as it came.")
    return redirect("assessing:message", visit.key, message)


@require_POST
@inspection_page(Permission.ANSWER_QUARANTINED)
def leave(request: HttpRequest, visit: InspectionVisit, message: int) -> HttpResponse:
    """Set it aside, with the reason."""
    found, form = message_of(visit, message), Leaving(request.POST)
    if form.is_valid():
        with form.refusing():
            leave_out(
                by=visit.user, inspection=visit.key, message=message, reason=form.cleaned_data["reason"], at=visit.at
            )
            messages.success(request, "The message is set aside. It stays as it came, with your reason.")
            return redirect("assessing:messages", visit.key)
    return _shown(request, found, form)


def _shown(
    request: HttpRequest, found: Message, form: Form, errors: list[tuple[str, str]] | None = None
) -> HttpResponse:
    if request.session.get(SHARING):
        return redirect("assessing:messages", found.visit.key)
    values: dict[str, Any] = {
        "visit": found.visit, "message": found, "form": form, "errors": errors, "op": new_op_id(found.visit.at),
        "bases": " ".join(event.op_id for event in found.heads), "faults_shown": bool(errors) or form.errors,
    }  # fmt: skip
    return render(request, "assessing/message.html", values, status=422 if errors or form.errors else 200)
