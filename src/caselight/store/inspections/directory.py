"""Who has an account, with their roles: all of them, those of a service, those of an inspection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from caselight.store.accounts.models import Invitation, User
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.models import Inspection, Membership, Service

_ROLES = {role.value: role for role in Role}
_OF_ROLE = ("user_id", "pk", "role", "inspection__title", "service__name", "valid_from", "valid_to")
_OF_USER = ("pk", "key", "name", "email", "administrator", "is_active", "disabled_at", "last_login")


@dataclass(frozen=True, slots=True)
class Held:
    """A role that was not ended; ``inspection`` is its title, ``service`` its name."""

    number: int
    role: Role
    inspection: str
    service: str
    valid_from: date | None
    valid_to: date | None

    @property
    def where(self) -> str:
        """What it is a role in."""
        return self.inspection or self.service

    def over(self, day: date) -> bool:
        """Whether its last day is past."""
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with an account. ``protected``: has a second step; ``invited_until``: holds a link that is good."""

    key: str
    name: str
    email: str
    administrator: bool
    active: bool
    disabled_at: datetime | None
    last_login: datetime | None
    protected: bool
    invited_until: datetime | None
    roles: tuple[Held, ...]


def everybody(at: datetime) -> tuple[Somebody, ...]:
    """Every account, by name."""
    return _somebodies(User.objects.all(), Membership.objects.all(), at)


def of_services(services: Iterable[str], role: Role, at: datetime) -> tuple[Somebody, ...]:
    """Who has this role in one of the services (by key), with no other role of theirs."""
    held = Membership.objects.filter(service__key__in=list(services), role=role, inspection=None)
    return _holders(held, at)


def of_inspections(inspections: Iterable[str], at: datetime) -> tuple[Somebody, ...]:
    """Who has a role in one of the inspections (by key), with no other role of theirs."""
    return _holders(Membership.objects.filter(inspection__key__in=list(inspections)), at)


def somebody(key: str, at: datetime) -> Somebody | None:
    """One person with all their roles."""
    found = _somebodies(User.objects.filter(key=key[:100]), Membership.objects.filter(user__key=key[:100]), at)
    return found[0] if found else None


def all_services() -> tuple[tuple[str, str], ...]:
    """Key and name of every service, by name."""
    return tuple(Service.objects.order_by("name").values_list("key", "name"))


def all_inspections() -> tuple[tuple[str, str], ...]:
    """Key and title of every inspection, the newest first."""
    return tuple(Inspection.objects.order_by("-created_at", "-pk").values_list("key", "title"))


def _holders(held: QuerySet[Membership], at: datetime) -> tuple[Somebody, ...]:
    there = held.filter(ended_at=None)
    return _somebodies(User.objects.filter(pk__in=there.values("user_id")), there, at)


def _somebodies(users: QuerySet[User], held: QuerySet[Membership], at: datetime) -> tuple[Somebody, ...]:
    rows: list[tuple[Any, ...]] = list(users.order_by("name", "pk").values_list(*_OF_USER))
    numbers = [row[0] for row in rows]
    roles = _roles(held.filter(ended_at=None, role__in=_ROLES, user_id__in=numbers))
    protected = set(
        Authenticator.objects.filter(user_id__in=numbers)
        .exclude(type="recovery_codes")
        .values_list("user_id", flat=True)
    )
    links = Invitation.objects.filter(user_id__in=numbers, used_at=None, ended_at=None, expires_at__gt=at)
    until = dict(links.values_list("user_id", "expires_at"))
    found = []
    for number, key, *rest in rows:
        more: tuple[Any, ...] = (*rest, number in protected, until.get(number), tuple(roles.get(number, ())))
        found.append(Somebody(key, *more))
    return tuple(found)


def _roles(held: QuerySet[Membership]) -> Mapping[int, Sequence[Held]]:
    found: dict[int, list[Held]] = defaultdict(list)
    for user, number, role, title, service, *days in held.order_by("pk").values_list(*_OF_ROLE):
        found[user].append(Held(number, _ROLES[role], title or "", service or "", *days))
    return found
