"""``/health``: whether Caselight can answer and write, for whatever watches it. No sign-in, and no detail to strangers.

``/health?deep`` also asks the doctor, and names the codes of what it found, to callers on this machine only.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

LOCAL = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 and ``{"ok": true}``, or 503 and ``{"ok": false}``."""
    answer: dict[str, object] = {"ok": _answers()}
    if "deep" in request.GET and is_local(request):
        answer |= _deep()
    return JsonResponse(answer, status=200 if answer["ok"] else 503, headers={"Cache-Control": "no-store"})


def is_local(request: HttpRequest) -> bool:
    """Whether the caller is on this machine and not behind a proxy on this machine."""
    return request.META.get("REMOTE_ADDR") in LOCAL and not any(name in request.META for name in FORWARDED)


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            return bool(cursor.fetchone()[0])
    except (DatabaseError, InterfaceError):  # neither is a kind of the other
        return False


def _deep() -> dict[str, object]:
    from caselight.method.faults import errors
    from caselight.procedures.doctor import examine

    found = examine(at=datetime.now(UTC))
    return {"ok": not errors(found), "codes": sorted({fault.code for fault in found})}
