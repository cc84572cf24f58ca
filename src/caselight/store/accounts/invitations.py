"""One-time links: a person who is invited, or has forgotten their password, chooses one. We send nothing by mail.

A link is shown once to whoever made it; only its hash is kept. Of each person at most one is good, for seven days.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.actions import account, digest
from caselight.store.accounts.models import Invitation, User
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """What is handed over, once: the secret end of the link, and until when it is good."""

    user: str
    clear: str
    expires_at: datetime


class State(Enum):
    """What became of a link."""

    GOOD = auto()
    USED = auto()
    REPLACED = auto()
    OVER = auto()
    CLOSED = auto()  # the account is disabled
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Link:
    """A link as somebody opens it; who it is for only where it is good."""

    state: State
    name: str = ""
    email: str = ""
    expires_at: datetime | None = None


@transaction.atomic
def invite(*, by: str, user: str, first: bool = False, at: datetime) -> Invited:
    """Make a link for a person; the one before it ends. ``first``: only for who has never signed in.

    Raises ``access.disabled``, ``access.not-found`` and ``access.signed-in-before``.
    """
    row = account(user, locked=True)
    if not row.is_active:
        stop(Fault("access.disabled", ("user",), "This account is disabled.", "Open it again first."))
    if first and row.last_login is not None:
        says = "They have signed in already, so another link could take their account away from them."
        stop(Fault("access.signed-in-before", ("user",), says, "Ask an administrator for a link."))
    Invitation.objects.filter(user=row, used_at=None, ended_at=None).update(ended_at=at)
    clear, until = secrets.token_urlsafe(32), at + GOOD_FOR
    made = Invitation.objects.create(user=row, digest=digest(clear), made_by=by, made_at=at, expires_at=until)
    _record(by, Act.USER_INVITED, row, made, at)
    return Invited(row.key, clear, until)


@transaction.atomic
def choose_password(*, clear: str, password: str, at: datetime) -> str:
    """Set the password of whoever has the link, once; their sessions end. The key of the person.

    Raises ``access.link`` where the link is not good, or no longer.
    """
    made = Invitation.objects.select_for_update(of=("self",)).filter(digest=digest(clear)).first()
    if made is None or _state(made, at) is not State.GOOD:
        stop(Fault("access.link", ("link",), "This link no longer works.", "Ask whoever gave it for another one."))
    user = account(made.user.key, locked=True)
    made.used_at = at
    made.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password"])
    _record(user.key, Act.PASSWORD_SET, user, made, at)
    return user.key


def link(clear: str, at: datetime) -> Link:
    """What somebody has who opens a link at an instant."""
    made = Invitation.objects.select_related("user").filter(digest=digest(clear)).first()
    if made is None:
        return Link(State.UNKNOWN)
    state = _state(made, at)
    return Link(state, made.user.name, made.user.email, made.expires_at) if state is State.GOOD else Link(state)


def _state(made: Invitation, at: datetime) -> State:
    if made.used_at is not None:
        return State.USED
    if not made.user.is_active:
        return State.CLOSED
    if made.ended_at is not None:
        return State.REPLACED
    return State.GOOD if at < made.expires_at else State.OVER


@transaction.atomic
def end_invitations(*, user: str, at: datetime) -> int:
    """End the link that a person has, because they set a password otherwise; how many ended."""
    good = Invitation.objects.filter(user__key=user, used_at=None, ended_at=None)
    if not good.exists():
        return 0
    ended = good.update(ended_at=at)
    record(chain="system", by=user, act=Act.LINKS_ENDED, of=("user", user), detail={"links": ended}, at=at)
    return ended


def _record(by: str, act: Act, user: User, made: Invitation, at: datetime) -> None:
    record(chain="system", by=by, act=act, of=("user", user.key), detail={"link": made.pk}, at=at)
