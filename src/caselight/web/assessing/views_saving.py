"""Saving one answer, by a form of its own or in the background, and deciding between two."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from caselight.store.accounts.permissions import Permission
from caselight.store.audit.actions import as_text
from caselight.store.inspections.access import demand
from caselight.web.assessing import pages
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.outline import next_place
from caselight.web.assessing.saving import draft_of, problem_of, save, take_back
from caselight.web.assessing.saving import resolve as decide
from caselight.web.design.visits import InspectionVisit, inspection_page

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


@require_POST
@inspection_page(Permission.ANSWER_RECORD, some=True)
def answer(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Save the answer to one question, then go to the next; in the background, say only that it is saved, and when."""
    demand(visit.access, Permission.ANSWER_RECORD, subject)
    opened = pages.case_of(request, visit, kind, subject, only=request.POST.get("question", ""))
    draft = draft_of(opened, request.POST)
    do = take_back if "withdraw" in request.POST else save
    says = do(opened, draft, client_time=_written(request, opened))
    return _refused(request, opened, says) if says else _saved(request, opened, draft.entry.question)


def _written(request: HttpRequest, case: Opened) -> str:
    """When it was written: on paper, or by the clock of the page, which says when the person chose."""
    told = request.POST.get("made", "")
    return pages.paper_time(request, case) or (told if _INSTANT.fullmatch(told) else as_text(case.visit.at))


def _refused(request: HttpRequest, opened: Opened, says: str) -> HttpResponse:
    """The questions as they stand, with what was typed and why it was not saved."""
    case = pages.case_of(request, opened.visit, *opened.subject)
    problem = problem_of(case, request.POST, says)
    page = pages.page_of(request, case, pages.theme_of(case, problem.entry.question), problem=problem)
    values = {"visit": case.visit, "page": page, "case": case, "faults_shown": True}
    return render(request, pages.template(request), values, status=422)


def _saved(request: HttpRequest, case: Opened, question: str) -> HttpResponse:
    """That it is saved; the page's own script then asks for the questions as they are now by itself."""
    saved = f"Saved on the server at {case.clock(case.visit.at)}"
    if pages.BACKGROUND in request.headers:
        return JsonResponse({"saved": saved})
    messages.success(request, saved)
    after = pages.case_of(request, case.visit, *case.subject)
    place = next_place(after, question) if "stay" not in request.POST else None
    anchor = f"?theme={place[0]}#{place[1]}" if place else f"?theme={pages.theme_of(after, question)}"
    return redirect(pages.address(after) + anchor)


@require_POST
@inspection_page(Permission.ANSWER_RESOLVE, some=True)
def resolve(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Decide between answers that stand against each other, with a reason."""
    demand(visit.access, Permission.ANSWER_RESOLVE, subject)
    opened = pages.case_of(request, visit, kind, subject)
    draft = draft_of(opened, request.POST)
    says = decide(
        opened, draft, chosen=request.POST.get("chosen", ""), reason=request.POST.get("reason", ""), at=visit.at
    )
    return _refused(request, opened, says) if says else _saved(request, opened, draft.entry.question)
