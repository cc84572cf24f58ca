"""Sessions of browsers: kept with whose they are, shown to that person, ended one by one, and never without bound.

``settings.SESSION_ENGINE`` names this module; Django keeps sessions through :class:`SessionStore`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import connection, transaction
from django.utils import timezone

from caselight.method.faults import Fault, stop
from caselight.store.accounts.actions import account
from caselight.store.accounts.models import SignedIn, User
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

BEGAN, SEEN, BROWSER = "caselight.began", "caselight.seen", "caselight.browser"  # in a session's own data
_OPEN = 'SELECT "session_data" FROM "accounts_signedin" WHERE "session_key" = %s AND "expire_date" > %s'
_KNOWN = ("id", "password", "key", "email", "name", "administrator", "is_active", "access_version", "session_version",
          "preferences")  # fmt: skip
_ACCOUNT = """
    SELECT "id", "password", "key", "email", "name", "administrator", "is_active", "access_version", "session_version",
           "preferences"
    FROM "accounts_user" WHERE "id" = %s"""  # in the order of the model
MOST = 10  # of one person; the one that was used least lately ends


class SessionStore(Kept):
    """Django's sessions in the database, in a table that says whose they are."""

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        """Where they are kept."""
        return SignedIn

    def load(self) -> dict[str, Any]:
        """What is kept of this session, where it has not ended; by hand, as every page asks it."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None  # as Django does: what is kept from now on is another session
            return {}
        return self.decode(row[0])

    def create_model_instance(self, data: dict[str, Any]) -> SignedIn:
        """The row of what is to be kept."""
        row: SignedIn = super().create_model_instance(data)  # type: ignore[assignment] # Django names its own model
        whose = str(data.get(SESSION_KEY, ""))
        row.user_id = int(whose) if whose.isdecimal() else None
        row.began_at, row.seen_at = _instant(data.get(BEGAN)), _instant(data.get(SEEN))
        row.browser = str(data.get(BROWSER, ""))[:60]
        return row


def account_of(number: int) -> User | None:
    """The account with the number that a session holds; by hand, as every page asks it. Its days are read when needed."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNT, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    *texts, administrator, is_active, access, session, preferences = row
    values = [*texts, bool(administrator), bool(is_active), access, session, json.loads(preferences)]
    return User.from_db(connection.alias, _KNOWN, values)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser in which somebody is signed in. ``number`` names it and opens nothing; ``here``: the one that asks."""

    number: str
    browser: str
    began_at: datetime | None
    seen_at: datetime | None
    here: bool


def sessions_of(user: str, at: datetime, *, idle: timedelta, here: str = "") -> tuple[Session, ...]:
    """The sessions of a person that are open at an instant, this one first, then by when they were last used.

    ``idle`` is how long a session lasts in which nothing is done, ``here`` the key of the one that asks.
    """
    rows = sorted(_open(account(user), at, idle), key=lambda row: row.seen_at or at, reverse=True)
    made = [
        Session(number_of(row.session_key), row.browser, row.began_at, row.seen_at, row.session_key == here)
        for row in rows
    ]
    return tuple(sorted(made, key=lambda one: not one.here))


@transaction.atomic
def end_session(*, by: str, session: str, at: datetime) -> None:
    """End one of one's own sessions, named by its number. Raises ``access.not-found`` for any other."""
    rows = [
        row
        for row in SignedIn.objects.filter(user__key=by)
        if hmac.compare_digest(number_of(row.session_key), session[:64])
    ]
    if not rows:
        stop(Fault("access.not-found", ("session",), "There is no such session.", "Look at the list again."))
    rows[0].delete()
    record(chain="system", by=by, act=Act.SESSION_ENDED, of=("user", by), detail={}, at=at)


def bound_sessions(user: str, *, new: str) -> int:
    """End those beyond the :data:`MOST` that were used last, of which ``new`` is one that is beginning; how many."""
    others = SignedIn.objects.filter(user__key=user).exclude(session_key=new).order_by("-expire_date")
    beyond = list(others.values_list("session_key", flat=True))[MOST - 1 :]
    ended, _ = SignedIn.objects.filter(session_key__in=beyond).delete()
    return ended


def forget_sessions(*, at: datetime) -> int:
    """Delete the sessions that ran out; how many."""
    gone, _ = SignedIn.objects.filter(expire_date__lt=at).delete()
    return gone


def number_of(key: str) -> str:
    """What a session is called on pages and in addresses: it says nothing of its key, with which one would be signed in."""
    return hashlib.sha256(f"caselight.session-number/{key}".encode()).hexdigest()[:24]


def stands(session: str, user: User) -> bool:
    """Whether a session is still there and its person may still sign in as they did, as the database says now."""
    row = SignedIn.objects.filter(session_key=session).select_related("user").first()
    return row is not None and row.user_id == user.pk and _good(row)


def _open(user: User, at: datetime, idle: timedelta) -> Iterator[SignedIn]:
    for row in SignedIn.objects.filter(user=user, expire_date__gt=at).select_related("user"):
        if _good(row) and (row.seen_at is None or row.seen_at > at - idle):
            yield row


def _good(row: SignedIn) -> bool:
    """Whether it holds the stamp of the account as it is now: each change of a role or a password makes another."""
    if row.user is None or not row.user.is_active:
        return False
    stamp = str(SessionStore().decode(row.session_data).get(HASH_SESSION_KEY, ""))
    return hmac.compare_digest(stamp, row.user.get_session_auth_hash())


def _instant(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None
