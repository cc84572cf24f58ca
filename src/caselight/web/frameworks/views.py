"""The adopted question sets, and one of them to read: its parts, and a search in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.visible import visible
from caselight.store.inspections.access import demand, everywhere
from caselight.web.design import tables
from caselight.web.design.visits import Visit, visitor
from caselight.web.design.words import words_for
from caselight.web.frameworks.books import Book, book, languages
from caselight.web.frameworks.listing import about, others, table, used_by
from caselight.web.frameworks.searching import search


def demand_reading(visit: Visit) -> None:
    """Refuse whoever may read no question set."""
    demand(everywhere(visit.user, visit.at), Permission.FRAMEWORK_READ)


@require_GET
@visitor
def adopted(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every adopted version."""
    demand_reading(visit)
    mine = visible(visit.user, visit.at)
    said = words_for(mine)
    found = table(mine, said)
    values = {"table": found, "said": said, "several": len(found.rows) > 1}
    return tables.download(request, found) or render(request, "frameworks/list.html", values)


@require_GET
@visitor
def framework(request: HttpRequest, visit: Visit, digest: str) -> HttpResponse:
    """One version: what it is, its parts, who uses it; or what a search in it finds."""
    demand_reading(visit)
    read = book(digest, request.GET.get("language", ""))
    mine = visible(visit.user, visit.at)
    values = {
        **shown(read, "framework"), "found": search(read, request.GET.get("q", "")), "about": read.about,
        "themes": read.themes, "others": read.others, "unchecked": read.unchecked, "practice": read.address("practice"),
        "rows": about(read), "files": read.files, "versions": others(read),
        "said": words_for(mine), "used": used_by(mine, digest),
    }  # fmt: skip
    return render(request, "frameworks/framework.html", values)


@require_GET
@visitor
def part(request: HttpRequest, visit: Visit, digest: str, part: str) -> HttpResponse:
    """One theme with its questions, or another part of the document."""
    demand_reading(visit)
    read = book(digest, request.GET.get("language", ""))
    section = read.part(part)
    before, after = read.beside(part)
    values = {**shown(read, "part", part=part), "section": section, "before": before, "after": after}
    return render(request, "frameworks/part.html", values)


def shown(read: Book, page: str, **more: str) -> dict[str, Any]:
    """What every page about a question set needs."""
    return {
        "book": read,
        "title": read.document.title,
        "language": read.language,
        "languages": languages(read, page, **more),
        "home": read.address("framework"),
    }
