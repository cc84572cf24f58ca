"""The faults that are planted for S16: each spoils the product from outside while the attack runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest, HttpResponseRedirect
from django.test import override_settings
from django.urls import get_resolver

from caselight.store.accounts.models import User
from caselight.web.design import visits
from caselight.web.home import views as home

SPOILT = "planning:remove-contact"


@contextmanager
def planted(fault: bool) -> Iterator[None]:
    """Nothing; or an address without its sign, pages in frames, any host, a way out, a view that believes who acts."""
    if not fault:
        yield
        return
    with ExitStack() as stack:
        callback = _callback(SPOILT)
        callback.csrf_exempt = True
        stack.callback(delattr, callback, "csrf_exempt")
        stack.enter_context(
            override_settings(ALLOWED_HOSTS=["*"], USE_X_FORWARDED_HOST=True, X_FRAME_OPTIONS="SAMEORIGIN")
        )
        stack.enter_context(patch.object(visits, "_visit", _believing(visits._visit)))
        stack.enter_context(patch.object(_pattern("home:inspections"), "callback", _onwards(home.inspections)))
        yield


def _believing(visit: Any) -> Any:
    """Whoever the form says acts, acts."""

    def of(request: HttpRequest) -> Any:
        made = visit(request)
        named = User.objects.filter(key=request.POST.get("actor", "")).first()
        return replace(made, person=named) if named else made

    return of


def _onwards(view: Any) -> Any:
    """Go to wherever the address says."""

    def onwards(request: HttpRequest) -> Any:
        to = request.GET.get("next", "")
        return HttpResponseRedirect(to) if to.startswith("http") else view(request)

    return onwards


def _callback(name: str) -> Any:
    return _pattern(name).callback


def _pattern(name: str) -> Any:
    space, _, last = name.partition(":")
    for one in get_resolver().url_patterns:
        if getattr(one, "namespace", "") == space or getattr(one, "app_name", "") == space:
            for pattern in one.url_patterns:
                if getattr(pattern, "name", "") == last:
                    return pattern
    raise LookupError(name)
