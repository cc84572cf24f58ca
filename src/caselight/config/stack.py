"""Middleware that gives a request its whole stack at once, where Python would give it page by page and take each back.

Python keeps the frames of its functions in pieces of 16 KiB. Where a piece ends just above a loop that calls, each turn
asks the system for the next piece and gives it back. A page passes a hundred frames of middleware and templates, so
that on the way such a place is likely: the page of a case took twice as long to render as its template alone. A frame
that is wider than a piece gets a piece in which all that it calls has room. (CPython calls it gh-142183; versions of
2026 keep one piece back.)
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
SLOTS = 17_000  # of eight bytes: just over 128 KiB, so that the piece has 256, and about 120 for whatever is called


def roomy(answer: Answer) -> Answer:
    """See the module. Only what is used of the stack takes memory."""

    def respond(request: HttpRequest) -> HttpResponse:
        return answer(request)

    respond.__code__ = respond.__code__.replace(co_stacksize=SLOTS)
    return respond
