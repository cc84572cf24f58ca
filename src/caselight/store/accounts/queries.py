"""Which devices a person has, who a token speaks for, and whether somebody proved a moment ago who they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from caselight.store.accounts.actions import digest
from caselight.store.accounts.models import Token, User

RECENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person and the device that a token speaks for."""

    user: str
    device: str
    token: int
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A device that speaks for a person: its token's number, what it was called, from when until when, last used."""

    token: int
    device: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


def devices_of(user: str, at: datetime) -> tuple[Device, ...]:
    """The devices whose tokens are good at an instant, by name."""
    rows = Token.objects.filter(user__key=user, revoked_at=None, expires_at__gt=at).order_by("device", "pk")
    return tuple(Device(*row) for row in rows.values_list("pk", "device", "created_at", "expires_at", "used_at"))


def bearer(clear: str, at: datetime) -> Bearer | None:
    """Who a token speaks for at an instant; nobody when it is unknown, revoked, over, not yet begun, or its owner disabled."""
    row = (
        Token.objects.filter(
            digest=digest(clear), revoked_at=None, expires_at__gt=at, created_at__lte=at + RECENT, user__is_active=True
        )
        .values_list("user__key", "device", "pk", "used_at")
        .first()
    )
    return Bearer(*row) if row else None


def alone() -> bool:
    """Whether nobody but one person has an account yet."""
    return User.objects.count() < 2


def recently_proved(methods: Iterable[Mapping[str, object]] | None, at: datetime) -> bool:
    """Whether a session's sign-ins (``account_authentication_methods``) hold one of the last five minutes.

    A sign-in after ``at`` does not count: a clock that went backwards proves nothing.
    """
    for method in methods or ():
        when = method.get("at")
        if isinstance(when, int | float) and 0 <= at.timestamp() - when <= RECENT.total_seconds():
            return True
    return False
