"""Middleware that refuses what is too large by what it says of its size, before one byte of it is read.

Django reads a form before anybody has signed in, and lays its files on the disk. What says nothing of its size, Django
takes to be empty.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from caselight.api.problems import problem
from caselight.api.reading import too_large
from caselight.config import pages

Answer = Callable[[HttpRequest], HttpResponse]
API, PACKAGES, CASE_LISTS = "/api/", "/api/packages", "/case-list/upload"


def limits(answer: Answer) -> Answer:
    """Refuse with 413: a package, a message to the API and a form of a page each have a largest size."""

    def respond(request: HttpRequest) -> HttpResponse:
        most = _most(request.path)
        if _said(request) <= most:
            return answer(request)
        return problem([too_large(most)]) if request.path.startswith(API) else pages.too_large(request)

    return respond


def _most(path: str) -> int:
    if path == PACKAGES:
        return int(settings.LARGEST_PACKAGE + settings.LARGEST_FORM)  # the form around the package
    if path.endswith(CASE_LISTS):
        return int(settings.LARGEST_CASE_LIST + settings.LARGEST_FORM)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE if path.startswith(API) else settings.LARGEST_FORM)


def _said(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isdecimal() else 0  # which Django reads as nothing, too
