"""Middleware by which nothing that is made for somebody is kept: not by their browser, nor by anything on the way.

Whoever sits down at the machine later finds no page by its back button. Files of the pages are served before this, and
may be kept: nothing in them is anybody's.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]


def nowhere(answer: Answer) -> Answer:
    """Every answer says that it is not to be stored."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        patch_cache_control(response, no_store=True)
        return response

    return respond
