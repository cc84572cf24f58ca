"""Middleware that ends sessions, asks for a second factor, and has each change of one audited.

A session ends when nothing was done for a while, when it is old, and when the clock stands before its beginning: a
wrong clock closes and never opens. It ends with its account through the stamp that ``User.get_session_auth_hash`` gives.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from caselight.api.problems import problem
from caselight.method.faults import Fault
from caselight.store.accounts.actions import note_sign_in
from caselight.store.accounts.models import User
from caselight.store.accounts.sessions import BEGAN, BROWSER, SEEN
from caselight.store.audit import leave
from caselight.store.audit.acts import Act

Answer = Callable[[HttpRequest], HttpResponse]
EVERY = 60  # the last act is noted to the minute, so that not every request writes
SKEW = 60  # two servers' clocks may differ so much
SIGNING_IN = "/accounts/"
FAILED = 500  # and above: an answer that says that something went wrong
OPEN = ("/health", SIGNING_IN)
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS", "Mac"),
           ("X11", "Linux"))  # fmt: skip
NO_FACTOR = Fault(
    "access.second-factor",
    (),
    "This account has no second factor yet.",
    "Sign in with a browser and set one up.",
)


def limits(answer: Answer) -> Answer:
    """End sessions that are idle or old."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not _alive(request):
            logout(request)
            request.user = AnonymousUser()
        return answer(request)

    return respond


def second_factor(answer: Answer) -> Answer:
    """Send who has no second factor to the page where they set one up; programs are told so."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not _lacks_factor(request):
            return answer(request)
        if request.path.startswith("/api/"):
            return problem([NO_FACTOR])
        return redirect("mfa_index")

    return respond


def factors_with_audit(answer: Answer) -> Answer:
    """Add or remove a second factor together with its row in the audit, or not at all.

    allauth tells of a change only after it is committed, so its pages run in a transaction of ours: all of them, for a
    change may be resumed from the page that asks for the password once more.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user
        if request.method != "POST" or not isinstance(user, User) or not request.path.startswith(SIGNING_IN):
            return answer(request)
        with transaction.atomic():
            leave.ask()  # before anything changes: a new password would look like somebody else's
            before = _factors(user)
            response = answer(request)
            if response.status_code >= FAILED:
                transaction.set_rollback(True)  # what was raised has become an answer by now
            elif _factors(user) != before:
                note_sign_in(user=user.key, act=Act.SECOND_FACTOR, at=timezone.now())
        return response

    return respond


def _factors(user: User) -> set[int]:
    """What a person proves themselves with; whatever is made anew has another number."""
    return set(Authenticator.objects.filter(user_id=user.pk).values_list("pk", flat=True))


def _alive(request: HttpRequest) -> bool:
    now = int(timezone.now().timestamp())
    session = request.session
    began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
    if now < began - SKEW or now < seen - SKEW:
        return False
    if now - began > settings.SESSION_HOURS * 3600 or now - seen > settings.SESSION_IDLE_MINUTES * 60:
        return False
    if SEEN not in session or now - seen >= EVERY:
        session[SEEN] = now
        session[BROWSER] = browser(request.headers.get("User-Agent", ""))
    return True


def browser(said: str) -> str:
    """What a browser says of itself, so far as its person knows it again: which it is, and on what.

    >>> browser("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0")
    'Edge on Windows'
    >>> browser("curl/8")
    'Another program'
    """
    name = next((name for sign, name in BROWSERS if sign in said), "")
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    return f"{name} on {system}" if name and system else name or "Another program"


def _lacks_factor(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR or not request.user.is_authenticated or request.path.startswith(OPEN):
        return False
    return not is_mfa_enabled(request.user)
