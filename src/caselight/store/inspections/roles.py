"""The roles that hold for a person: by date, by service and inspection, without those that exclude each other.

What the database says of a person is kept in the process under the version of the person's row, which every change of
a role, a case or the account raises; a version that is newer is never answered from what was kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import EVERY_INSPECTION, INSPECTORATE, LOCAL, SERVICE, Role
from caselight.store.inspections.models import Kind, Membership


class Inspected(Protocol):
    """What a role is held against of an inspection: a row of the database, or the few columns that are needed of it."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def service_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Held:
    """One membership as it was read."""

    role: Role
    inspection: int | None
    service: int | None
    service_key: str
    member_key: str
    valid_from: date | None
    valid_to: date | None

    def on(self, day: date) -> bool:
        """Whether it holds on a day; both ends count."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person and their memberships; nobody, and a disabled person, has none."""

    user_id: int | None
    administrator: bool = False
    held: tuple[Held, ...] = ()

    def roles_in(self, inspection: Inspected, day: date) -> frozenset[Role]:
        """The roles in an inspection on a day. An administrator has no other role, whatever the database says."""
        if self.administrator:
            return frozenset({Role.ADMINISTRATOR, Role.PUBLIC})
        here = {held for held in self.held if held.on(day) and _concerns(held, inspection)}
        return frozenset({held.role for held in here if self._stands(held, inspection, day)} | {Role.PUBLIC})

    def roles(self, day: date) -> frozenset[Role]:
        """Every role that the person has anywhere on a day."""
        if self.administrator:
            return frozenset({Role.ADMINISTRATOR, Role.PUBLIC})
        return frozenset({held.role for held in self.held if held.on(day)} | {Role.PUBLIC})

    def workers(self, inspection: Inspected, day: date) -> frozenset[str]:
        """Keys of the workers that the person is, or is line manager of, in the inspected service."""
        return frozenset(
            held.member_key
            for held in self.held
            if held.on(day) and held.role in SERVICE and held.service == inspection.service_id and held.member_key
        )

    def manages(self, day: date) -> frozenset[str]:
        """Keys of the services that the person is a manager of."""
        return frozenset(held.service_key for held in self.held if held.on(day) and held.role is Role.SERVICE_MANAGER)

    def _stands(self, held: Held, inspection: Inspected, day: date) -> bool:
        """Whether a role survives the others: who belongs to the inspected service does not inspect it from outside."""
        if inspection.kind == Kind.LOCAL_AUDIT:
            return held.role not in LOCAL or held.service == inspection.service_id
        if held.role in SERVICE:
            return True
        belongs = {other.service for other in self.held if other.on(day) and other.role in SERVICE | LOCAL}
        if held.role is Role.LOCAL_ASSESSOR:
            homes = {other.service for other in self.held if other.on(day) and other.role is Role.LOCAL_ASSESSOR}
            return inspection.service_id not in belongs | homes
        return held.role not in INSPECTORATE or not belongs


NOBODY = Standing(None)
_ROLES = {role.value: role for role in Role}


def standing(user_key: str) -> Standing:
    """What a person is, as the database says now.

    A version is random, never counted: one that was seen in a transaction that came to nothing is never used again.
    """
    row = User.objects.filter(key=user_key, is_active=True).values_list("pk", "administrator", "access_version").first()
    return standing_at(*row) if row else NOBODY


@lru_cache(maxsize=1024)
def standing_at(user_id: int, administrator: bool, version: str) -> Standing:  # noqa: ARG001 (the version is a key)
    """What the person of a row is, for a version that was read in this request and that nothing older answers for."""
    memberships = Membership.objects.filter(user_id=user_id, role__in=_ROLES, ended_at=None).select_related("service")
    held = (  # a role that nobody knows allows nothing
        Held(
            role=_ROLES[one.role],
            inspection=one.inspection_id,
            service=one.service_id,
            service_key=one.service.key if one.service else "",
            member_key=one.member_key,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in memberships
    )
    return Standing(user_id, administrator, tuple(held))


def _concerns(held: Held, inspection: Inspected) -> bool:
    """Whether a membership is about an inspection: named by it, by its service, or about all of them."""
    if held.inspection is not None:
        return held.inspection == inspection.pk
    if held.role in SERVICE:
        return held.service == inspection.service_id
    return held.role in EVERY_INSPECTION and held.service is None
