"""Middleware by which whatever is written for a request asks once more, in its transaction, whether it still may be.

A request waits: for its body, for a lock, for a slow procedure. Whoever lost their session, their device or their role
meanwhile is refused, and nothing of it is written. Pages that are only read are asked once, when they begin.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from caselight.api.callers import Caller
from caselight.store.accounts.models import User
from caselight.store.accounts.standing import demand_session, demand_token
from caselight.store.assessments.again import demand_again
from caselight.store.audit import leave

Answer = Callable[[HttpRequest], HttpResponse]
READING = ("GET", "HEAD", "OPTIONS")


def again(answer: Answer) -> Answer:
    """See the module."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            return answer(request)
        session = request.session.session_key if request.user.is_authenticated else None

        def question(granted: frozenset[Hashable], *, lock: bool) -> None:
            if not _still_here(request, session, lock=lock):
                return
            demand_again(granted, timezone.now())

        with leave.asked_again(question, by=request.user.key if session and isinstance(request.user, User) else ""):
            return answer(request)

    return respond


def _still_here(request: HttpRequest, session: str | None, *, lock: bool) -> bool:
    """Whether there is somebody to ask about; refused where they may no longer be here."""
    caller = getattr(request, "auth", None)
    if isinstance(caller, Caller) and caller.token is not None:
        demand_token(caller.token, timezone.now(), lock=lock)
        return True
    user = request.user
    if session is None or not isinstance(user, User):
        return False  # nobody was signed in when this began: they are signing in, or choose a password by a link
    # A view that ended one's other sessions has given this one another key, and keeps it after this request.
    same = request.session.session_key == session
    demand_session(user, session if same else None, lock=lock)
    return True
