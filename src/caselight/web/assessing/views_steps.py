"""The end of a case: what is unanswered or does not fit together, complete, sign, countersign, open again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.accounts.queries import recently_proved
from caselight.store.assessments import actions
from caselight.store.assessments.steps import Step
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import demand
from caselight.web.assessing import pages
from caselight.web.assessing.listing import listing
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.summary import summary
from caselight.web.design.visits import InspectionVisit, inspection_page

PROOF = "account_authentication_methods"  # in the session: how and when somebody proved who they are
Act = Callable[..., Any]


@require_GET
@inspection_page(Permission.ANSWER_READ, some=True)
def finish(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """The summary of a case, with the step that comes next."""
    return _shown(request, pages.case_of(request, visit, kind, subject))


def _shown(request: HttpRequest, case: Opened, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    standing = case.dossier.standing
    can = {
        "complete": standing.may(Step.COMPLETED) and case.may(Permission.CASE_COMPLETE),
        "sign": standing.may(Step.SIGNED) and case.may(Permission.CASE_SIGN),
        "countersign": standing.may(Step.LOCKED) and case.may(Permission.CASE_COUNTERSIGN),
        "unlock": standing.step is Step.LOCKED
        and (case.may(Permission.CASE_UNLOCK_ASK) or case.may(Permission.CASE_UNLOCK)),
        "reopen": standing.may(Step.REOPENED) and case.may(Permission.CASE_COMPLETE),
    }
    base, following = pages.address(case), "" if can["complete"] else listing(case.visit).next
    values = {
        "visit": case.visit, "case": case, "summary": summary(case, base), "base": base, "can": can, "errors": errors,
        "faults_shown": bool(errors), "state": pages.page_of(request, case, "").state, "step": standing, "following": following,
        "noun": "this case" if _is_case(case.visit, case.subject[0]) else "it",
    }  # fmt: skip
    return render(request, "assessing/finish.html", values, status=422 if errors else 200)


@require_POST
@inspection_page(Permission.CASE_COMPLETE, some=True)
def complete(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Say that a case is complete."""
    demand(visit.access, Permission.CASE_COMPLETE, subject)
    return _taken(request, visit, (kind, subject), actions.complete, "The case is complete.")


@require_POST
@inspection_page(Permission.CASE_SIGN, some=True)
def sign(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Sign a case, by somebody who proved in the last five minutes who they are; else they are asked to first."""
    demand(visit.access, Permission.CASE_SIGN, subject)
    return _proved(request, visit, (kind, subject)) or _taken(
        request, visit, (kind, subject), actions.sign, "You have signed the case."
    )


@require_POST
@inspection_page(Permission.CASE_COUNTERSIGN, some=True)
def countersign(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Countersign a case, which locks it."""
    demand(visit.access, Permission.CASE_COUNTERSIGN, subject)
    return _proved(request, visit, (kind, subject)) or _taken(
        request, visit, (kind, subject), actions.countersign, "The case is countersigned and locked."
    )


@require_POST
@inspection_page(Permission.CASE_COMPLETE, some=True)
def reopen(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str) -> HttpResponse:
    """Open a case again that is not locked, with a reason."""
    demand(visit.access, Permission.CASE_COMPLETE, subject)
    more = {"reason": request.POST.get("reason", "")}
    return _taken(request, visit, (kind, subject), actions.reopen, "The case is open again.", more)


def _proved(request: HttpRequest, visit: InspectionVisit, of: tuple[str, str]) -> HttpResponse | None:
    """The page that asks for the password once more, unless that was done a moment ago."""
    if recently_proved(request.session.get(PROOF), visit.at):
        return None
    messages.info(request, "Prove once more who you are, then sign.")
    back = reverse("assessing:finish", kwargs={"key": visit.key, "kind": of[0], "subject": of[1]})
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def _taken(  # noqa: PLR0917 - one step, whose and how
    request: HttpRequest, visit: InspectionVisit, of: tuple[str, str], act: Act, done: str, more: Any = None
) -> HttpResponse:
    try:
        act(by=visit.user, inspection=visit.key, subject=of, at=visit.at, **(more or {}))
    except Faults as refused:
        return _shown(request, pages.case_of(request, visit, *of), _plain(tuple(refused.faults)))
    named = done if _is_case(visit, of[0]) else done.replace("The case", "It").replace("the case", "it")
    messages.success(request, named)
    return redirect(reverse("assessing:finish", kwargs={"key": visit.key, "kind": of[0], "subject": of[1]}))


def _is_case(visit: InspectionVisit, kind: str) -> bool:
    """Whether a kind is that of the cases, and not of interviews or what else is examined beside them."""
    return framework_of(visit.inspection.framework).subjects[0].id == kind


BELOW = {"answer.case-unanswered", "answer.case-lacks-reason"}


def _plain(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """Errors for the summary; what the page lists by itself, with links, is said in one line.

    Two answers are said in any case: the other one may be somebody's whose answers the visitor does not see yet.
    """
    listed = [("", UNFINISHED)] if any(fault.code in BELOW for fault in faults) else []
    return [*listed, *(("", _said(fault)) for fault in faults if fault.code not in BELOW)]


def _said(fault: Fault) -> str:
    if fault.code.endswith("-contested"):
        return f"{fault.where[-1]}: two people answered differently. The lead decides which answer stands."
    return f"{fault.says} {fault.cure}"


UNFINISHED = "This is not complete yet. Answer or mend what is listed below."
