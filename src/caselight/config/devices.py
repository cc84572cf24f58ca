"""Middleware that notes when a device last spoke, after its answer is sent: nobody waits for that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from caselight.api.callers import Caller
from caselight.store.accounts.actions import note_use

Answer = Callable[[HttpRequest], HttpResponse]


def noted(answer: Answer) -> Answer:
    """See the module."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        who = getattr(request, "auth", None)
        if isinstance(who, Caller) and who.token is not None:
            note = partial(note_use, token=who.token, before=who.used_at, at=who.at)
            response._resource_closers.append(note)  # type: ignore[attr-defined] # noqa: SLF001 - Django's own list
        return response

    return respond
