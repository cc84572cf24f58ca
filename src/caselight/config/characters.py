"""Middleware that refuses the one character that not every database keeps in a text: the one of number 0.

PostgreSQL fails at it wherever it is asked for, and no browser sends it. What is not a page says so itself (``api``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from caselight.config import pages

Answer = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


def storable(answer: Answer) -> Answer:
    """Where it stands in an address, nothing is there; in a question or a form, the request is not understood."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return answer(request)
        if NUL in request.path:
            return pages.not_found(request, Http404())
        if any(NUL in text for sent in (request.GET, request.POST) for text in _texts(sent)):
            return pages.bad_request(request, ValueError())
        return answer(request)

    return respond


def _texts(sent: QueryDict) -> Iterable[str]:
    for name, values in sent.lists():
        yield name
        yield from values
