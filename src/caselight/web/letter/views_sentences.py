"""Sentences: read, compare with what was accepted, accept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.procedures.accepting_shown import accept_shown, look_at_saved
from caselight.store.accounts.permissions import Permission
from caselight.store.reports.queries import accepted_of, newest_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.languages import address, language_of, languages
from caselight.web.letter.places import places
from caselight.web.letter.sentences import sentences as by_state
from caselight.web.letter.sentences import shown


@require_GET
@inspection_page(Permission.LETTER_WRITE)
def sentences(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The sentences of the saved letter that nobody has accepted as they are now."""
    return _page(request, visit, language_of(visit, request.GET))


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def accept(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Accept the sentences that were selected, or all that were shown, as they were shown."""
    language = language_of(visit, request.POST)
    chosen = shown(request.POST.getlist("all" if "accept_all" in request.POST else "sentence"))
    try:
        n = accept_shown(visit.key, language, chosen, by=visit.user, at=visit.at)
    except Faults as refused:
        return _page(request, visit, language, refused.faults)
    messages.success(request, f"Accepted: {n} figure{'' if n == 1 else 's'} and words of the letter, as they are now.")
    return redirect(address(visit, "letter:sentences", language))


def _page(request: HttpRequest, visit: InspectionVisit, language: str, refused: tuple[Fault, ...] = ()) -> HttpResponse:
    letter = look_at_saved(visit.key, language).letter if newest_of(visit.key, language)[0] else None
    context = {
        "visit": visit,
        "said": words(visit),
        "language": language,
        "languages": languages(visit, "letter:sentences"),
        "places": places(visit, "letter:sentences", language),
        "text": address(visit, "letter:letter", language),
        "found": by_state(letter, accepted_of(visit.key)) if letter else None,
        "refused": refused,
        "faults_shown": bool(refused),
    }
    return render(request, "letter/sentences.html", context, status=422 if refused else 200)
