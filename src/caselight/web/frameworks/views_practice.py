"""A practice case: its form filled in theme by theme, and what it comes to. Nothing of it is stored anywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from caselight.web.design.forms import sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.frameworks import practice_pages
from caselight.web.frameworks.books import Book, book
from caselight.web.frameworks.practice_items import names
from caselight.web.frameworks.practising import CHOSEN, Tried, carried, tried
from caselight.web.frameworks.views import demand_reading, shown


@require_http_methods(["GET", "POST"])
@visitor
def practice(request: HttpRequest, visit: Visit, digest: str) -> HttpResponse:
    """One page of a practice case; everything that was typed on the others goes along in the form."""
    demand_reading(visit)
    read = book(digest, request.GET.get("language", ""))
    data = sent(request) or QueryDict()
    at = tried(read.framework, data, read.language)
    page, more = practice_pages.turned(at, data)
    values = {**shown(read, "practice"), **_values(read, at, page, data), "more": more}
    return render(request, "frameworks/practice.html", values, status=422 if values["errors"] else 200)


def _values(read: Book, at: Tried, page: str, data: QueryDict) -> dict[str, object]:
    all_pages = practice_pages.pages(at)
    known = [name for name, _ in all_pages]
    steps = practice_pages.steps_of(at, page)
    here = names(steps)
    errors = [(_control_of(name, data), says) for name, says in at.errors.items() if name in here]
    return {
        "page": page, "pages": all_pages, "heading": dict(all_pages)[page], "errors": errors, "faults_shown": errors,
        "items": practice_pages.items(at, page, data), "unasked": practice_pages.unasked(at, page),
        "next": known[known.index(page) + 1] if page != known[-1] else "",
        "carried": carried(data, here), "chosen": _chosen(read, at) if page == practice_pages.CASE else (),
        "keeps": [(name, data.get(name, "")) for name in CHOSEN] if page != practice_pages.CASE else (),
        "result": practice_pages.result(at) if page == practice_pages.RESULT else None,
    }  # fmt: skip


def _control_of(name: str, data: QueryDict) -> str:
    """The id that an error leads to: the first box of a day."""
    return f"{name}-day" if f"{name}-day" in data else name


def _chosen(read: Book, at: Tried) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """What a practice case is of, where there is anything to choose: name, words, options, and the one chosen."""
    language, framework = read.language, read.framework
    subjects = [(one, framework.subject_by_id[one].one.in_(language)) for one in at.subjects]
    screenings = [(one.id, one.title.in_(language)) for one in framework.screenings]
    asked = (
        ("subject", "What is the practice about?", subjects, at.practice.kind),
        ("screening", "Which questions?", screenings, at.practice.screening),
    )
    return [one for one in asked if len(one[2]) > 1]
