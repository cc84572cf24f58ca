"""Sending the letter for review: asked first, because the service sees it from then on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.method.faults import Fault, Faults
from caselight.procedures.reviewing import send_for_review
from caselight.store.accounts.permissions import Permission
from caselight.store.reports.queries import unsaved_of, versions_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.languages import NAMES, address
from caselight.web.letter.mending import mending


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.INSPECTION_MOVE)
def send(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Say what is sent and to whom; then send it."""
    if request.method == "GET":
        return _page(request, visit)
    try:
        send_for_review(visit.key, by=visit.user, at=visit.at)
    except Faults as refused:
        return _page(request, visit, refused.faults)
    messages.success(request, "Sent for review. The service can read the letter and comment on it.")
    return redirect(address(visit, "letter:letter", visit.inspection.definition.languages[0]))


def _page(request: HttpRequest, visit: InspectionVisit, refused: tuple[Fault, ...] = ()) -> HttpResponse:
    spoken = visit.inspection.definition.languages
    saved = {code: versions_of(visit.key, code)[:1] for code in spoken}
    context = {
        "visit": visit,
        "said": words(visit),
        "back": address(visit, "letter:letter", spoken[0]),
        "saved": [(NAMES.get(code, code), found[0]) for code, found in saved.items() if found],
        "unsaved": any(unsaved_of(visit.key, code, visit.user) for code in spoken),
        "refused": mending(refused, "").errors if refused else (),
        "faults_shown": bool(refused),
    }
    return render(request, "letter/sending.html", context, status=422 if refused else 200)
