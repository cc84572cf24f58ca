"""Whether a request may be answered by a demonstration: it is one, and whoever asks sits at this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded")  # what a proxy adds, behind which anybody may sit


def only_here(view: View) -> View:
    """A view, or the whole site as a middleware, that is answered in a demonstration and to this machine; else a 404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not (settings.DEMONSTRATION and _here(request)):
            raise Http404(request.path)
        return view(request, *args, **named)

    return answer


def _here(request: HttpRequest) -> bool:
    """Both ends of the connection are this machine, and nothing passed the request on.

    The name that was asked for counts too: a page elsewhere may have a name of its own that leads here.
    """
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        return _name(request.get_host()) in HOSTS and ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback
    except (DisallowedHost, KeyError, ValueError):
        return False


def _name(host: str) -> str:
    """A host without its port.

    >>> [_name(host) for host in ("localhost", "127.0.0.1:8000", "[::1]", "[::1]:8000")]
    ['localhost', '127.0.0.1', '[::1]', '[::1]']
    """
    return f"{host.partition(']')[0]}]" if host.startswith("[") else host.partition(":")[0]
