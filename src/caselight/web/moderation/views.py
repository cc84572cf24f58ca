"""The board, and one question across all cases, where answers are agreed one by one."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import not_found
from caselight.web.design import tables
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.moderation import agreeing
from caselight.web.moderation.board import base, board
from caselight.web.moderation.places import END, question_address
from caselight.web.moderation.rows import SHOWN, Asked, Row, filled, following

READ = Permission.ANSWER_READ


@require_GET
@inspection_page(READ)
def board_page(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Cases and themes, what is late, what waits for a decision, the lowest five questions."""
    found = board(visit)
    file = tables.download(request, found.table)
    values = {"visit": visit, "board": found, "said": words(visit)}
    return file or render(request, "moderation/board.html", values)


@require_GET
@inspection_page(READ)
def question_page(request: HttpRequest, visit: InspectionVisit, question: str) -> HttpResponse:
    """One question across all cases."""
    return _shown(request, Asked(visit, question), request.GET.get("show", ""), request.GET.get("at", ""))


@require_POST
@inspection_page(Permission.ANSWER_MODERATE)
def agree(request: HttpRequest, visit: InspectionVisit, question: str) -> HttpResponse:
    """Agree the answer of one case, and go on to the next."""
    asked = Asked(visit, question)
    row = _row(request, asked)
    wrong = agreeing.save(asked, row, request.POST)
    return _answered(request, asked, row, wrong)


@require_POST
@inspection_page(Permission.ANSWER_RESOLVE)
def decide(request: HttpRequest, visit: InspectionVisit, question: str) -> HttpResponse:
    """Decide between the answers of one case, and go on to the next."""
    asked = Asked(visit, question)
    row = _row(request, asked)
    wrong = agreeing.settle(asked, row, request.POST)
    return _answered(request, asked, row, wrong)


def _row(request: HttpRequest, asked: Asked) -> Row:
    """The row that a form belongs to."""
    row = next((one for one in asked.rows if one.id == request.POST.get("row", "")), None)
    if row is None:
        not_found()
    return row


def _answered(request: HttpRequest, asked: Asked, row: Row, wrong: str) -> HttpResponse:
    """On to the next row that is shown; where it was not saved, the same row with what was typed."""
    which = request.POST.get("show", "")
    if wrong:
        typed = {name: request.POST.get(name, "") for name in ("value", "because")}
        kept = filled(row, **typed, why=request.POST.get("why", "") or request.POST.get("reason", ""), error=wrong)
        return _shown(request, asked, which, row.id, kept=kept)
    after = next(following(asked.shown(which), row.id), None)
    at = after.id if after else END
    return redirect(question_address(asked.visit.key, asked.question.id, shown=which, at=at, saved=row.id))


def _shown(request: HttpRequest, asked: Asked, which: str, at: str, *, kept: Row | None = None) -> HttpResponse:
    visit, rows = asked.visit, asked.shown(which)
    if kept is not None:
        rows = tuple(replace(kept, op=row.op) if row.id == kept.id else row for row in rows)
        rows = rows if kept.id in {row.id for row in rows} else (kept, *rows)
    stands, agreed = (asked.findings.shares(agreed=one).get(asked.question.id) for one in (False, True))
    saved = next((row.label for row in asked.rows if row.id == request.GET.get("saved")), "")
    values = {
        "visit": visit, "asked": asked, "saved": saved, "rows": rows, "which": which, "at": at, "kept": kept, "faults_shown": kept,
        "text": asked.question.text.in_(asked.language), "stands": base(stands) if stands else "",
        "agreed": base(agreed) if agreed else "", "done": sum(bool(row.agreed) for row in asked.rows),
        "filters": [(name, label, question_address(visit.key, asked.question.id, shown=name)) for name, label in SHOWN],
        "may": visit.may(Permission.ANSWER_MODERATE), "may_decide": visit.may(Permission.ANSWER_RESOLVE),
    }  # fmt: skip
    return render(request, "moderation/question.html", values, status=422 if kept else 200)
