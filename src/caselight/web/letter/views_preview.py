"""The preview: what is typed is looked at while it is typed, and shown in a frame that can do nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from caselight.formats.letter.layout import place_anchor
from caselight.method.report.traced import TracedLetter
from caselight.procedures.lettering import letter_package, look
from caselight.store.accounts.permissions import Permission
from caselight.store.reports.queries import newest_of
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.letter import previews
from caselight.web.letter.languages import address, language_of
from caselight.web.letter.mending import mending
from caselight.web.letter.outlining import outline
from caselight.web.letter.views import typed

NOT_YET = "Something in its text has to be mended first. It is listed beside the text, with its line."


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def look_at(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What is wrong with what was typed, its headings, and where its preview is; names are checked when it is saved."""
    language, (text, _) = language_of(visit, request.POST), typed(request.POST)
    package = letter_package(visit.key)
    found = look(package, language, text)
    mends = mending(found.faults, text)
    context = {"visit": visit, "mending": mends, "live": True, "outline": outline(text, package.framework, language)}
    answer = {
        "mending": render_to_string("letter/mending.html", context, request),
        "outline": render_to_string("letter/outline.html", context, request),
        "lines": mends.lines,
        "preview": "",
    }
    if found.letter is not None:
        previews.keep(visit, language, found.letter)
        answer["preview"] = _address(visit, language) + _nearest(found.letter, request.POST.get("line", ""))
    return JsonResponse(answer)


@require_GET
@inspection_page(Permission.LETTER_READ)
def preview(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The letter as a page: for its writer what they typed last, for others the saved version with their name on it."""
    language = language_of(visit, request.GET)
    writes = visit.may(Permission.LETTER_WRITE)
    shown = previews.kept(visit, language) if writes else None
    if shown is None:
        found = look(letter_package(visit.key), language, newest_of(visit.key, language)[1])
        shown = previews.nothing(NOT_YET) if writes or found.letter is None else previews.read_by(visit, found.letter)
    return previews.framed(shown)


def _address(visit: InspectionVisit, language: str) -> str:
    base = address(visit, "letter:preview", language)
    return f"{base}{'&' if '?' in base else '?'}at={visit.at.timestamp():.3f}"


def _nearest(letter: TracedLetter, line: str) -> str:
    """The part of the preview that belongs to a line of the text: the last figure before it, if there is one."""
    if not line.isdecimal() or len(line) > 7:
        return ""
    placed = [
        claim for claim in letter.claims if claim.place.line and claim.text and claim.place.file.startswith("letter")
    ]
    before = [claim for claim in placed if (claim.place.line or 0) <= int(line)]
    return f"#{place_anchor(before[-1].id)}" if before else ""
