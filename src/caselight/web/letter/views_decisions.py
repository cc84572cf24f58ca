"""Decisions that the letter needs: that a small number may be printed, that a word is nobody's name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.procedures.lettering import letter_package, look
from caselight.store.accounts.permissions import Permission
from caselight.store.identities.actions.vault import names_to_check
from caselight.store.reports.decisions import accept_word, decide_number
from caselight.store.reports.making import newest_makings
from caselight.store.reports.queries import newest_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.deciding import Asked, asked
from caselight.web.letter.forms import ReasonForm
from caselight.web.letter.languages import address, language_of, languages
from caselight.web.letter.places import places


@require_GET
@inspection_page(Permission.LETTER_WRITE)
def decisions(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What is to be decided, and what was."""
    return _page(request, visit, language_of(visit, request.GET))


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def decide(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Record that a small number may be printed."""
    form, language = ReasonForm(request.POST), language_of(visit, request.POST)
    if form.is_valid():
        with form.refusing({"store.no-reason": "reason"}):
            decide_number(by=visit.user, inspection=visit.key, figure=form.about, reason=form.why, at=visit.at)
            messages.success(request, f"The number {form.about} may be printed.")
            return redirect(address(visit, "letter:decisions", language))
    return _page(request, visit, language, form)


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def word(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Record that a word is nobody's name."""
    form, language = ReasonForm(request.POST), language_of(visit, request.POST)
    if form.is_valid():
        with form.refusing({"store.no-reason": "reason"}):
            accept_word(by=visit.user, inspection=visit.key, word=form.about, reason=form.why, at=visit.at)
            messages.success(request, "The word may stand in the letter.")
            return redirect(address(visit, "letter:decisions", language))
    return _page(request, visit, language, form)


def _asked(visit: InspectionVisit, language: str) -> Asked:
    """What the saved letter asks for; it is checked for names, which leaves a row in the audit."""
    package = letter_package(visit.key)
    names = names_to_check(by=visit.user, inspection=visit.key, at=visit.at)
    found = look(package, language, newest_of(visit.key, language)[1], names=names)
    return asked(found, package.inspection, newest_makings(visit.key, visit.at).values())


def _page(request: HttpRequest, visit: InspectionVisit, language: str, form: ReasonForm | None = None) -> HttpResponse:
    context = {
        "visit": visit,
        "said": words(visit),
        "language": language,
        "languages": languages(visit, "letter:decisions"),
        "places": places(visit, "letter:decisions", language),
        "found": _asked(visit, language),
        "form": form,
    }
    return render(request, "letter/decisions.html", context, status=422 if form else 200)
