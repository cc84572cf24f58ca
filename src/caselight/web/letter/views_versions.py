"""Versions of the letter: who saved them and when, what differs, and an older one made the newest again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from caselight.store.accounts.permissions import Permission
from caselight.store.reports.actions import save_letter
from caselight.store.reports.queries import Version, newest_of, text_of, versions_of
from caselight.web.design.tables import Column, Link, Table, download
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.differences import differences
from caselight.web.letter.languages import address, language_of, languages
from caselight.web.letter.places import places

COLUMNS = (Column("version", "Version", "link"), Column("by", "Saved by"), Column("at", "Saved on", "date"))


@require_GET
@inspection_page(Permission.PACKAGE_EXPORT)
def versions(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The list of versions."""
    language = language_of(visit, request.GET)
    found = versions_of(visit.key, language)
    table = Table("Versions", COLUMNS, [_row(visit, language, one) for one in found], "versions",
                  empty="Nothing is saved yet.", titled=False)  # fmt: skip
    if (file := download(request, table)) is not None:
        return file
    context = {**_frame(visit, "letter:versions", language), "table": table}
    return render(request, "letter/versions.html", context)


@require_GET
@inspection_page(Permission.PACKAGE_EXPORT)
def version(request: HttpRequest, visit: InspectionVisit, n: int) -> HttpResponse:
    """One version, side by side with the one before or another that the address names."""
    language = language_of(visit, request.GET)
    found = {one.n: one for one in versions_of(visit.key, language)}
    other = request.GET.get("with", "")
    against = int(other) if other.isdecimal() and len(other) < 9 else max(n - 1, 0)
    text = _text(visit, language, n)
    before = _text(visit, language, against) if against else ""
    context = {
        **_frame(visit, "letter:versions", language),
        "version": found[n],
        "against": found.get(against),
        "others": [(one.n, f"Version {one.n}") for one in found.values() if one.n != n],
        "rows": differences(before, text),
        "text": text,
        "newest": max(found) == n,
        "restores": visit.may(Permission.LETTER_WRITE),
    }
    return render(request, "letter/version.html", context)


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def restore(request: HttpRequest, visit: InspectionVisit, n: int) -> HttpResponse:
    """Save an older version as the newest one; nothing of those between is lost."""
    language = language_of(visit, request.POST)
    text, (newest, _) = _text(visit, language, n), newest_of(visit.key, language)
    made = save_letter(by=visit.user, inspection=visit.key, language=language, text=text, base=newest, at=visit.at)
    messages.success(request, f"Version {n} is the letter again, as version {made}.")
    return redirect(address(visit, "letter:letter", language))


def _text(visit: InspectionVisit, language: str, n: int) -> str:
    text = text_of(visit.key, language, n)
    if text is None:
        raise Http404
    return text


def _row(visit: InspectionVisit, language: str, one: Version) -> dict[str, object]:
    href = address(visit, "letter:version", language, n=one.n)
    return {"version": Link(f"Version {one.n}", href), "by": one.by, "at": one.at}


def _frame(visit: InspectionVisit, page: str, language: str) -> dict[str, object]:
    return {
        "visit": visit,
        "said": words(visit),
        "language": language,
        "languages": languages(visit, page),
        "places": places(visit, page, language),
        "back": f"{reverse('letter:versions', kwargs={'key': visit.key})}?language={language}",
    }
