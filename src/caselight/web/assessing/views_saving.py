"""Saving one answer, by a form of its own or in the background, and deciding between two."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from caselight.store.accounts.permissions import Permission
from caselight.store.audit.actions import as_text
from caselight.store.inspections.access import demand
from caselight.web.assessing import pages
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.outline import next_place
from caselight.web.assessing.saving import Problem, draft_of, save, take_back
from caselight.web.assessing.saving import resolve as decide
from caselight.web.design.visits import InspectionVisit, inspection_page

BACKGROUND = "X-Caselight-Background"  # the header that the page's own script sends
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


@require_POST
@inspection_page(Permission.ANSWER_RECORD, some=True)
def answer(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Save the answer to one question, then go to the next; in the background, answer with the questions as they are now."""
    demand(visit.access, Permission.ANSWER_RECORD, subject)
    opened = pages.case_of(request, visit, kind, subject)
    draft = draft_of(opened, request.POST)
    do = take_back if "withdraw" in request.POST else save
    problem = do(opened, draft, client_time=_written(request, opened))
    after = opened if problem else pages.case_of(request, visit, kind, subject)
    return _answered(request, after, draft.entry.question, problem)


def _written(request: HttpRequest, case: Opened) -> str:
    """When it was written: on paper, or by the clock of the page, which says when the person chose."""
    told = request.POST.get("made", "")
    return pages.paper_time(request, case) or (told if _INSTANT.fullmatch(told) else as_text(case.visit.at))


def _answered(request: HttpRequest, case: Opened, question: str, problem: Problem | None) -> HttpResponse:
    theme = pages.theme_of(case, question)
    saved = "" if problem else f"Saved on the server at {case.clock(case.visit.at)}"
    if BACKGROUND in request.headers or problem:
        page = pages.page_of(request, case, theme, saved=saved, problem=problem)
        template = "assessing/theme.html" if BACKGROUND in request.headers else "assessing/case.html"
        values = {"visit": case.visit, "page": page, "case": case, "faults_shown": bool(problem)}
        return render(request, template, values, status=422 if problem else 200)
    messages.success(request, saved)
    place = next_place(case, question) if "stay" not in request.POST else None
    anchor = f"?theme={place[0]}#{place[1]}" if place else f"?theme={theme}"
    return redirect(pages.address(case) + anchor)


@require_POST
@inspection_page(Permission.ANSWER_RESOLVE, some=True)
def resolve(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Decide between answers that stand against each other, with a reason."""
    demand(visit.access, Permission.ANSWER_RESOLVE, subject)
    opened = pages.case_of(request, visit, kind, subject)
    draft = draft_of(opened, request.POST)
    problem = decide(
        opened, draft, chosen=request.POST.get("chosen", ""), reason=request.POST.get("reason", ""), at=visit.at
    )
    after = opened if problem else pages.case_of(request, visit, kind, subject)
    return _answered(request, after, draft.entry.question, problem)
