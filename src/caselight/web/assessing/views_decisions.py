"""Questions with two answers: side by side, decided by the lead, or by their authors once they agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Faults
from caselight.procedures import moderating
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.receipts import Receipt, Refusal
from caselight.store.inspections.access import demand
from caselight.web.assessing.deciding import Decisions, Two, filled
from caselight.web.assessing.pages import SHARING
from caselight.web.design.visits import InspectionVisit, inspection_page

END = "end"  # after the last question
GONE = "These answers are not in question any more. Somebody decided, or answered meanwhile"
SAYS = {
    "decided": "It is decided. The answers that it was between are kept.",
    "said": "Saved. It is decided when every author says the same.",
}
Act = Callable[..., Receipt | Refusal | None]


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def waiting(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Every question with two answers that the visitor has a part in, and those that are decided."""
    if not visit.may_on_some(Permission.ANSWER_AGREE):
        demand(visit.access, Permission.ANSWER_RESOLVE)
    return _shown(request, visit, Decisions(visit))


@require_POST
@inspection_page(Permission.ANSWER_RESOLVE)
def decide(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The lead decides, and goes on to the next."""
    return _saved(request, visit, lambda _, **said: moderating.decide(**said))


@require_POST
@inspection_page(Permission.ANSWER_AGREE, some=True)
def agree(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """An author says which answer stands; it is decided once every author says the same."""

    def act(two: Two, **said: Any) -> Receipt | Refusal | None:
        demand(visit.access, Permission.ANSWER_AGREE, two.subject)
        return moderating.prefer_one(heads=two.bases.split(), **said)

    return _saved(request, visit, act)


def _saved(request: HttpRequest, visit: InspectionVisit, act: Act) -> HttpResponse:
    """On to the next question; where it was not saved, the same one with what was typed."""
    page = Decisions(visit)
    there = page.waiting()
    n = next((n for n, two in enumerate(there) if two.id == request.POST.get("two", "")), None)
    if n is None or set(request.POST.get("bases", "").split()) != set(there[n].bases.split()):
        return _shown(request, visit, page, error=GONE)
    two = filled(there[n], chosen=request.POST.get("chosen", ""), reason=request.POST.get("reason", ""))
    done, wrong = _tried(visit, two, act)
    if wrong:
        return _shown(request, visit, page, kept=filled(two, chosen=two.chosen, reason=two.reason, error=wrong))
    at = there[n + 1].id if n + 1 < len(there) else END
    query = urlencode({"at": at, "did": "decided" if done else "said", "of": two.label})
    address = reverse("assessing:decisions", kwargs={"key": visit.key})
    return redirect(f"{address}?{query}{'#end' if at == END else ''}")


def _tried(visit: InspectionVisit, two: Two, act: Act) -> tuple[Receipt | None, str]:
    """The receipt of a decision, where one was made; and why nothing was saved, in words of the page."""
    if two.chosen not in two.bases.split():
        return None, "Select the answer that stands"
    if not two.reason.strip():
        return None, "Enter why this answer stands"
    try:
        done = act(two, by=visit.user, inspection=visit.key, chosen=two.chosen, reason=two.reason, at=visit.at)
    except Faults as refused:
        if refused.faults[0].code.startswith("access."):
            raise
        return None, f"{refused.faults[0].says} {refused.faults[0].cure}"
    return (None, f"{done.says} {done.cure}") if isinstance(done, Refusal) else (done, "")


def _shown(
    request: HttpRequest, visit: InspectionVisit, page: Decisions, *, kept: Two | None = None, error: str = ""
) -> HttpResponse:
    sharing = bool(request.session.get(SHARING))
    there = () if sharing else page.waiting()
    shown = tuple(kept if kept is not None and two.id == kept.id else two for two in there)
    did, at = SAYS.get(request.GET.get("did", ""), ""), request.GET.get("at", "")
    values = {
        "visit": visit, "sharing": sharing, "waiting": shown, "decided": () if sharing else page.decided(), "kept": kept,
        "errors": [("", error)] if error else [], "faults_shown": bool(kept or error), "may_decide": page.all,
        "at": kept.id if kept else at, "did": f"{request.GET.get('of', '')[:100]}: {did}" if did else "", "user": visit.user,
    }  # fmt: skip
    return render(request, "assessing/decisions.html", values, status=422 if kept or error else 200)
