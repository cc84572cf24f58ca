"""Reports of browsers that a page tried to load what it may not: bounded, and logged without any address.

A report may hold the address of a page and scraps of scripts, and anybody may send one. So only the name of the rule is
logged, from a list, and only so many a minute.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LONGEST = 16_384  # bytes of a report
A_MINUTE = 30  # reports that one process logs
RULES = frozenset({
    "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr",
    "font-src", "img-src", "connect-src", "frame-src", "form-action", "base-uri", "frame-ancestors", "worker-src",
    "object-src", "media-src", "manifest-src",
})  # fmt: skip

log = logging.getLogger("caselight.csp")


class Rate:
    """So many in a minute, counted for this process."""

    def __init__(self, most: int) -> None:
        self.most, self.minute, self.count = most, 0, 0
        self.lock = threading.Lock()

    def allows(self, seconds: float) -> bool:
        """Whether one more is within the rate."""
        with self.lock:
            minute = int(seconds // 60)
            if minute != self.minute:
                self.minute, self.count = minute, 0
            self.count += 1
            return self.count <= self.most


rate = Rate(A_MINUTE)


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Take a report; every one is answered alike."""
    if rate.allows(time.monotonic()):
        log.warning("A page tried to load what it may not", extra={"code": _rule(request)})
    return HttpResponse(status=204)


def _rule(request: HttpRequest) -> str:
    """The rule that was broken, as our list has it; ``unknown`` for whatever else was sent."""
    try:
        if int(request.headers.get("Content-Length") or 0) > LONGEST:
            return "too-long"
        sent: Any = json.loads(request.read(LONGEST))["csp-report"]
        words = str(sent.get("effective-directive") or sent["violated-directive"]).split()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        return "unknown"
    return words[0] if words and words[0] in RULES else "unknown"
