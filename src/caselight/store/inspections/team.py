"""The team of an inspection: who is in it, ending a role in it, and what was declared against somebody's examining."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from caselight.method.faults import Fault, stop
from caselight.store.accounts.permissions import SERVICE, Role
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.inspections.conflicts import that_stand
from caselight.store.inspections.keys import service_key
from caselight.store.inspections.memberships import end_membership
from caselight.store.inspections.models import Inspection, Membership, Service
from caselight.store.inspections.queries import found

LEADS = (Role.LEAD_INSPECTOR, Role.LOCAL_LEAD)
_ROLES = {role.value: role for role in Role}
_COLUMNS = ("pk", "user__key", "user__name", "role", "service__name", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Teammate:
    """A role of a person in this inspection; ``service`` is their own where they have one."""

    number: int
    user: str
    name: str
    role: Role
    service: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Against:
    """A conflict of interest: with the whole service, the whole inspection, one case, or one case manager (``worker``)."""

    number: int
    user: str
    case_key: str
    worker: str
    whole_service: bool
    reason: str
    by: str

    @property
    def here_alone(self) -> bool:
        """Whether it is about this inspection, and not about all of the service."""
        return not self.whole_service and not self.worker


def team_of(inspection: str) -> tuple[Teammate, ...]:
    """The roles in this inspection that were not ended, leads first; also those that begin later or are over."""
    rows = Membership.objects.filter(inspection__key=inspection, ended_at=None, role__in=_ROLES).values_list(*_COLUMNS)
    order = [*Role]
    team = (Teammate(pk, key, name, _ROLES[role], own or "", *days) for pk, key, name, role, own, *days in rows)
    return tuple(sorted(team, key=lambda one: (one.role not in LEADS, order.index(one.role), one.name, one.number)))


def conflicts_of(inspection: str) -> tuple[Against, ...]:
    """The conflicts of the people of the team here that stand, the oldest first."""
    row = found(inspection)
    team = Membership.objects.filter(inspection=row, ended_at=None).values("user")
    here = that_stand().filter(Q(service=row.service) | Q(inspection=row), user__in=team).order_by("pk")
    columns = here.values_list("pk", "user__key", "case_key", "worker", "service_id", "reason", "by")
    return tuple(
        Against(number, user, case, worker, service is not None and not worker, reason, by)
        for number, user, case, worker, service, reason, by in columns
    )


@transaction.atomic
def end_in_team(*, by: str, inspection: str, membership: int, at: datetime) -> None:
    """End a role in this inspection. Raises ``access.not-found`` for a role of elsewhere, and ``access.last-lead``."""
    row = found(inspection, locked=True, ask=False)
    there = Membership.objects.filter(pk=membership, inspection=row).first()
    if there is None:
        stop(Fault("access.not-found", ("membership",), "There is no such role.", "Check the address."))
    if there.role in LEADS and not _another_lead(row, there):
        says = "An inspection has a lead at all times, and this is the only one."
        stop(Fault("access.last-lead", ("membership",), says, "Add another lead first."))
    end_membership(by=by, membership=membership, at=at)


@transaction.atomic
def end_role(*, by: str, membership: int, at: datetime) -> None:
    """End a role wherever it is held. Raises ``access.not-found``, and ``access.last-lead`` as :func:`end_in_team` does."""
    there = Membership.objects.select_related("inspection").filter(pk=membership).first()
    if there is not None and there.inspection is not None:
        end_in_team(by=by, inspection=there.inspection.key, membership=membership, at=at)
    else:
        end_membership(by=by, membership=membership, at=at)


def _another_lead(inspection: Inspection, than: Membership) -> bool:
    others = Membership.objects.filter(inspection=inspection, role__in=LEADS, ended_at=None, valid_to=None)
    return others.exclude(pk=than.pk).exclude(user=than.user_id).exists()


@transaction.atomic
def service_named(*, by: str, name: str, at: datetime) -> str:
    """The key of the service of this name, which is added where it is not there. Raises ``store.service-name``."""
    name = " ".join(name.split())
    if not name:
        stop(Fault("store.service-name", ("service",), "The service has no name.", "Enter its name in full."))
    key = service_key(name)
    service, new = Service.objects.get_or_create(key=key, defaults={"name": name, "short": name})
    if new:
        record(chain="system", by=by, act=Act.SERVICE_ADDED, of=("service", key), detail={}, at=at)
    return service.key


def staff_of(inspection: str) -> dict[str, str]:
    """Whom of the service something can be asked: names by the keys that they have in the case list."""
    service = found(inspection).service_id
    rows = Membership.objects.filter(service_id=service, role__in=SERVICE, ended_at=None).exclude(member_key="")
    return dict(rows.order_by("user__name").values_list("member_key", "user__name"))
