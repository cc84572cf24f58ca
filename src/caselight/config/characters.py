"""Middleware that refuses addresses with the one character that not every database keeps in a text: the one of number 0.

PostgreSQL fails at it wherever it is asked for, and no link of ours holds it. A form says so at the field (``forms``),
with what was typed kept, and what is not a page says so itself (``api``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from caselight.config import pages

Answer = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


def storable(answer: Answer) -> Answer:
    """Where it stands in the path, nothing is there; in what follows it, the request is not understood."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return answer(request)
        if NUL in request.path:
            return pages.not_found(request, Http404())
        if any(NUL in text for text in _texts(request.GET)):
            return pages.bad_request(request, ValueError())
        return answer(request)

    return respond


def _texts(sent: QueryDict) -> Iterable[str]:
    for name, values in sent.lists():
        yield name
        yield from values
