"""Reading and writing the letter: what is typed is kept, saved as a version, or begun from the framework's draft."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Faults
from caselight.procedures.lettering import first_draft
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.models import Kind, State
from caselight.store.reports.actions import drop_unsaved, keep_unsaved, save_letter
from caselight.store.reports.queries import versions_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter import previews
from caselight.web.letter.languages import address, language_of, languages
from caselight.web.letter.places import places
from caselight.web.letter.writing import Writing, writing


@require_GET
@inspection_page(Permission.LETTER_READ)
def letter(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The letter: to be written by those who may, and read by the others."""
    language = language_of(visit, request.GET)
    if visit.may(Permission.LETTER_WRITE):
        return _page(request, visit, writing(visit, language))
    context = {"language": language, "versions": versions_of(visit.key, language)}
    return render(request, "letter/reading.html", {**_frame(visit, language), **context})


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def save(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Save what was typed as a version, or only look at it; where it is refused, both texts are shown."""
    language = language_of(visit, request.POST)
    text, base = typed(request.POST)
    if "look" in request.POST:
        return _page(request, visit, writing(visit, language, (text, base)))
    try:
        n = save_letter(by=visit.user, inspection=visit.key, language=language, text=text, base=base, at=visit.at)
    except Faults as refused:
        mine = replace(writing(visit, language, (text, base)), refused=refused.faults)
        return _page(request, visit, mine, status=409 if mine.theirs is not None else 422)
    messages.success(request, f"Saved as version {n}.")
    return redirect(address(visit, "letter:letter", language))


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def keep(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Keep what was typed and not saved; answers when, or why not."""
    language = language_of(visit, request.POST)
    text, base = typed(request.POST)
    try:
        keep_unsaved(by=visit.user, inspection=visit.key, language=language, text=text, base=base, at=visit.at)
    except Faults as refused:
        return JsonResponse({"says": f"Not saved: {refused.faults[0].says} {refused.faults[0].cure}"}, status=422)
    at = timezone.localtime(visit.at)
    return JsonResponse({"says": f"Your words are kept on the server at {at:%H:%M}. Save them as a version when done."})


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def drop(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Let go what was typed and not saved."""
    language = language_of(visit, request.POST)
    if drop_unsaved(by=visit.user, inspection=visit.key, language=language, at=visit.at):
        messages.success(request, "What you had not saved is gone; this is the saved letter.")
    return redirect(address(visit, "letter:letter", language))


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def begin(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Save the framework's draft as the first version."""
    language = language_of(visit, request.POST)
    text = first_draft(visit.key, language)
    save_letter(by=visit.user, inspection=visit.key, language=language, text=text, base=0, at=visit.at)
    messages.success(request, "The first draft is saved as version 1. Its figures are those of now.")
    return redirect(address(visit, "letter:letter", language))


def typed(form: QueryDict) -> tuple[str, int]:
    """The text of a form, with line ends as the letter has them, and the version that it was typed on."""
    base = form.get("base", "")
    return form.get("text", "").replace("\r\n", "\n"), int(base) if base.isdecimal() and len(base) < 9 else 0


def _page(request: HttpRequest, visit: InspectionVisit, seen: Writing, status: int = 200) -> HttpResponse:
    if seen.looked.letter is not None:
        previews.keep(visit, seen.language, seen.looked.letter)
    else:
        previews.forget(visit, seen.language)
    context = {**_frame(visit, seen.language), "seen": seen, "faults_shown": bool(seen.refused), "sends": _sends(visit)}
    return render(request, "letter/writing.html", context, status=status)


def _sends(visit: InspectionVisit) -> bool:
    """Whether the person can send the letter for review now; a service's own audit has no such step."""
    state, kind = visit.access.state, visit.access.kind
    return state == State.DRAFT and kind == Kind.EXTERNAL and visit.may(Permission.INSPECTION_MOVE)


def _frame(visit: InspectionVisit, language: str) -> dict[str, object]:
    return {
        "visit": visit,
        "said": words(visit),
        "language": language,
        "languages": languages(visit, "letter:letter"),
        "places": places(visit, "letter:letter", language),
    }
