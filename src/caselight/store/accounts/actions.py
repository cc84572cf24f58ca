"""Accounts begin and end, administrators are named, devices get tokens. Each leaves a row in the chain ``system``."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from django.db import DatabaseError, transaction
from django.db.models import Q

from caselight.method.faults import Fault, stop
from caselight.store.accounts.models import Token, User, new_key
from caselight.store.audit import leave
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act

LONGEST_DAYS = 400
USED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Issued:
    """A token as it is shown once; only its hash is kept."""

    id: int
    clear: str
    expires_at: datetime


@transaction.atomic
def add_user(*, by: str, email: str, name: str, at: datetime) -> str:
    """Give a person an account without a password, and give its key. Raises ``access.user-exists``."""
    if User.objects.filter(email=email.strip().lower()).exists():
        cure = "Give that account a role, or ask an administrator to."
        stop(Fault("access.user-exists", ("email",), "This address has an account already.", cure))
    user = User.objects.create_user(email.strip(), name=name)
    _record(by, Act.USER_ADDED, user.key, {}, at)
    return user.key


@transaction.atomic
def disable_user(*, by: str, user: str, at: datetime) -> None:
    """End an account with its sessions and tokens, at once and together.

    Raises ``access.oneself`` and ``access.last-administrator``.
    """
    lock_administrators(user)
    row = account(user, locked=True)
    if by == user:
        stop(Fault("access.oneself", ("user",), "Nobody disables their own account.", "Ask another administrator."))
    if row.administrator:
        _refuse_last(row)
    row.is_active, row.disabled_at = False, at
    row.session_version = row.access_version = new_key()
    row.save(update_fields=["is_active", "disabled_at", "session_version", "access_version"])
    revoked = Token.objects.filter(user=row, revoked_at=None).update(revoked_at=at)
    _record(by, Act.USER_DISABLED, user, {"tokens": revoked}, at)


@transaction.atomic
def enable_user(*, by: str, user: str, at: datetime) -> None:
    """Open a disabled account again. Its tokens stay revoked. Raises ``access.oneself``."""
    row = account(user, locked=True)
    if by == user:
        stop(Fault("access.oneself", ("user",), "Nobody opens their own account again.", "Ask an administrator."))
    row.is_active, row.disabled_at, row.access_version = True, None, new_key()
    row.save(update_fields=["is_active", "disabled_at", "access_version"])
    _record(by, Act.USER_ENABLED, user, {}, at)


@transaction.atomic
def set_administrator(*, by: str, user: str, administrator: bool, at: datetime) -> None:
    """Make somebody an administrator, or no longer; an administrator has no other role while being one.

    Raises ``access.self-grant`` and ``access.last-administrator``.
    """
    lock_administrators(user)
    row = account(user, locked=True)
    if by == user and administrator:
        says = "Nobody gives a role to themselves."
        stop(Fault("access.self-grant", ("user",), says, "Ask another administrator."))
    if row.administrator and not administrator:
        _refuse_last(row)
    row.administrator = administrator
    row.session_version = row.access_version = new_key()
    row.save(update_fields=["administrator", "session_version", "access_version"])
    _record(by, Act.ADMINISTRATOR_SET, user, {"administrator": administrator}, at)


@transaction.atomic
def issue_token(*, by: str, user: str, device: str, days: int, at: datetime) -> Issued:
    """Give a device a token that speaks for a person, for 1 to 400 days. Raises ``access.token-days``."""
    row = account(user)
    if not 1 <= days <= LONGEST_DAYS or not row.is_active:
        says = f"A token lasts 1 to {LONGEST_DAYS} days, and belongs to an account that is not disabled."
        stop(Fault("access.token-days", ("days",), says, "Choose another number of days."))
    clear = secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=row, digest=digest(clear), device=device[:100], created_at=at, expires_at=at + timedelta(days=days)
    )
    _record(by, Act.TOKEN_ISSUED, user, {"token": token.pk, "days": days}, at)
    return Issued(token.pk, clear, token.expires_at)


@transaction.atomic
def revoke_token(*, by: str, token: int, at: datetime) -> None:
    """End a token; one that is ended already stays so. Raises ``access.not-found``."""
    row = Token.objects.select_related("user").filter(pk=token).first()
    if row is None:
        _nobody("token")
    if Token.objects.filter(pk=token, revoked_at=None).update(revoked_at=at):
        _record(by, Act.TOKEN_REVOKED, row.user.key, {"token": token}, at)


def note_use(*, token: int, before: datetime | None, at: datetime) -> None:
    """Keep when a device last spoke, to the hour; ``before`` is what was kept. What cannot be kept stops nobody."""
    if before is None or at - before >= USED_EVERY:
        with suppress(DatabaseError), transaction.atomic():
            Token.objects.filter(pk=token).update(used_at=at)


@transaction.atomic
def end_sessions(*, by: str, user: str, at: datetime) -> None:
    """End every session of a person at once; whoever asks renews their own. Raises ``access.not-found``."""
    row = account(user, locked=True)
    row.session_version = new_key()
    row.save(update_fields=["session_version"])
    _record(by, Act.SESSIONS_ENDED, user, {}, at)


@transaction.atomic
def note_sign_in(*, user: str, act: Act, at: datetime) -> None:
    """Record that a person signed in, set a password or changed a second factor."""
    _record(user, act, user, {}, at)


@transaction.atomic
def set_password(*, user: str, hashed: str, at: datetime) -> None:
    """Set a person's password, hashed already, as they would themselves. Raises ``access.not-found``."""
    row = account(user, locked=True)
    row.password = hashed
    row.save(update_fields=["password"])
    _record(user, Act.PASSWORD_SET, user, {}, at)


def account(key: str, *, locked: bool = False) -> User:
    """The account of a person, ``locked`` until the transaction ends. Raises ``access.not-found``."""
    if locked:
        held = _lock(Q(key__in=[key[:100], leave.will_hold()]))
        leave.ask()
        user = next((one for one in held if one.key == key[:100]), None)
    else:
        user = User.objects.filter(key=key[:100]).first()
    if user is None:
        _nobody("user")
    return user


def lock_administrators(*beside: str) -> list[User]:
    """The administrators who can sign in, held until the transaction ends; ``beside`` are accounts that are locked next.

    Of two who end each other's account at once, one is the last by then.
    """
    held = _lock(Q(administrator=True, is_active=True) | Q(key__in=[*beside, leave.will_hold()]))
    return [one for one in held if one.administrator and one.is_active]


def _lock(which: Q) -> list[User]:
    """Hold accounts until the transaction ends, always in the order of their keys: so of two none waits for the other.

    Rows may meanwhile be made that name them, which is no change of an account.
    """
    return list(User.objects.select_for_update(no_key=True).filter(which).order_by("key"))


def renew_access(user: User, *, sessions: bool = False) -> None:
    """Forget what was kept of a person's roles; with ``sessions`` end those too. Called with every change of a role."""
    user.access_version = new_key()
    if sessions:
        user.session_version = new_key()
    user.save(update_fields=["access_version", "session_version"])


def digest(clear: str) -> str:
    """What is kept of a token: it has 256 random bits, so a plain hash tells nothing."""
    return hashlib.sha256(clear.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_last(user: User) -> None:
    if not User.objects.filter(administrator=True, is_active=True).exclude(pk=user.pk).exists():
        says = "This is the last administrator."
        stop(Fault("access.last-administrator", ("user",), says, "Make somebody else an administrator first."))


def _nobody(what: str) -> NoReturn:
    stop(Fault("access.not-found", (what,), "There is nothing here under this address.", "Check the address."))


def _record(by: str, act: Act, user: str, detail: Mapping[str, Plain], at: datetime) -> None:
    record(chain="system", by=by, act=act, of=("user", user), detail=detail, at=at)
