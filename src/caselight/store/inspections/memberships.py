"""The actions that give roles and end them, and that declare conflicts of interest.

What excludes each other is refused here with its reason, and holds again where roles are read (``roles``), so that a row
that came by another road allows nothing either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.actions import account, renew_access
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import EVERY_INSPECTION, INSPECTORATE, LOCAL, SERVICE, Role
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Conflict, Inspection, Kind, Membership, Service
from caselight.store.inspections.queries import found


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a role holds: an inspection, a service (by key), both or neither; ``member_key`` as in the package.

    For a local assessor ``service`` is their own, which is never the inspected one.
    """

    inspection: str = ""
    service: str = ""
    member_key: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def add_member(*, by: str, user: str, role: Role, place: Place, at: datetime) -> int:
    """Give a person a role, and give the number of the membership. Raises faults of ``access.…`` where it may not be."""
    # The inspection first, as everybody does: whoever writes there holds it, and then waits for their own account.
    inspection = found(place.inspection, locked=True, ask=False) if place.inspection else None
    holder = account(user, locked=True)
    service = _service(place.service)
    if inspection and role in LOCAL and service is None:
        service = inspection.service
    _refuse_grant(by, holder, role, inspection)
    _refuse_shape(role, inspection, service, place)
    _refuse_sides(holder, role, inspection, service)
    row = Membership.objects.create(
        user=holder,
        role=role,
        inspection=inspection,
        service=service,
        member_key=place.member_key,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
    )
    renew_access(holder, sessions=True)
    _record(row, by, Act.MEMBER_ADDED, at)
    return row.pk


def lead_first(*, by: str, inspection: str, at: datetime) -> int:
    """Make whoever begins an inspection its first lead; raises as :func:`add_member` does."""
    local = found(inspection).kind == Kind.LOCAL_AUDIT
    role = Role.LOCAL_LEAD if local else Role.LEAD_INSPECTOR
    return add_member(by=by, user=by, role=role, place=Place(inspection), at=at)


@transaction.atomic
def end_membership(*, by: str, membership: int, at: datetime) -> None:
    """End a role now, with the sessions of its holder. Raises ``access.not-found``."""
    row = Membership.objects.select_related("user", "inspection", "service").filter(pk=membership).first()
    if row is None:
        stop(Fault("access.not-found", ("membership",), "There is no such role.", "Check the address."))
    if row.ended_at is not None:
        return
    holder = account(row.user.key, locked=True)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    renew_access(holder, sessions=True)
    _record(row, by, Act.MEMBER_ENDED, at)


@transaction.atomic
def declare_conflict(*, by: str, user: str, place: Place, case_key: str = "", reason: str, at: datetime) -> None:
    """Note why a person examines no case of a service or an inspection, none of one case manager, or not one case.

    ``place.member_key`` names the case manager, with the service or an inspection of it. What is given to them already is
    closed to them from then on. Raises ``access.conflict-of-nothing``.
    """
    inspection = found(place.inspection, locked=True) if place.inspection else None
    holder = account(user)
    service = _service(place.service)
    worker = place.member_key
    if worker and inspection is not None:
        # A case manager has the same key in all case lists of the service.
        service, inspection = inspection.service, None
    if (inspection is None and (service is None or case_key)) or (worker and case_key):
        says = "A conflict of interest is about a service, a case manager there, an inspection, or one case of it."
        stop(Fault("access.conflict-of-nothing", ("inspection",), says, "Name the service or the inspection."))
    Conflict.objects.create(
        user=holder, service=service, inspection=inspection, case_key=case_key, worker=worker, reason=reason,
        declared_at=at, by=by,
    )  # fmt: skip
    of = chain(inspection.key) if inspection else "system"
    detail = {"service": service.key if service else "", "case": case_key, "worker": worker}
    record(chain=of, by=by, act=Act.CONFLICT_DECLARED, of=("user", user), detail=detail, at=at)


def _service(key: str) -> Service | None:
    if not key:
        return None
    service = Service.objects.filter(key=key).first()
    if service is None:
        stop(Fault("access.not-found", ("service",), "There is no such service.", "Check its key."))
    return service


def _refuse_grant(by: str, holder: User, role: Role, inspection: Inspection | None) -> None:
    """Nobody gives a role to themselves, but whoever begins an inspection is its first lead."""
    begins = role in (Role.LEAD_INSPECTOR, Role.LOCAL_LEAD) and inspection and not inspection.memberships.exists()
    if by == holder.key and not begins:
        says = "Nobody gives a role to themselves."
        stop(Fault("access.self-grant", ("user",), says, "Ask somebody else who may give it."))
    if holder.administrator:
        says = "An administrator runs the system, reads no content and has no other role."
        stop(Fault("access.administrator-role", ("user",), says, "Give the role to another account."))
    if not holder.is_active:
        stop(Fault("access.disabled", ("user",), "This account is disabled.", "Open it again first."))


def _refuse_shape(role: Role, inspection: Inspection | None, service: Service | None, place: Place) -> None:
    """A role of a service names the service, a role of an inspection the inspection, and the dates are in order."""
    if role in (Role.PUBLIC, Role.ADMINISTRATOR):
        says = f"Nobody is made {role.called.lower()} by a membership."
        stop(Fault("access.not-a-membership", ("role",), says, "Choose a role in an inspection or for a service."))
    needs_service = role in SERVICE or role in (Role.LOCAL_ASSESSOR, *LOCAL)
    needs_inspection = role not in SERVICE and role not in EVERY_INSPECTION
    if needs_service != (service is not None) or (needs_inspection and inspection is None):
        says = "The role needs " + _needs(needs_inspection, needs_service) + "."
        stop(Fault("access.wrong-place", ("role",), says, "Name what it is a role in."))
    if role in SERVICE and inspection is not None:
        says = "A role of a service holds for all its inspections."
        stop(Fault("access.wrong-place", ("inspection",), says, "Name only the service."))
    if place.valid_from and place.valid_to and place.valid_to < place.valid_from:
        stop(Fault("access.dates", ("valid_to",), "The role ends before it begins.", "Correct one of the dates."))


def _needs(inspection: bool, service: bool) -> str:
    parts = [name for name, needed in (("an inspection", inspection), ("a service", service)) if needed]
    return " and ".join(parts) or "no service"


def _refuse_sides(holder: User, role: Role, inspection: Inspection | None, service: Service | None) -> None:
    """Who belongs to an inspected service does not inspect it from outside; a local audit is the service's own."""
    if inspection is not None and (role in LOCAL) != (inspection.kind == Kind.LOCAL_AUDIT):
        says = f"The role of {role.called.lower()} does not exist in this kind of inspection."
        stop(Fault("access.kind", ("role",), says, "Choose a role of an external inspection, or of a local audit."))
    if inspection is not None and role in LOCAL and service != inspection.service:
        says = "A local audit is done by people of the service itself."
        stop(Fault("access.another-service", ("service",), says, "Name the service that audits itself."))
    if role is Role.LOCAL_ASSESSOR and inspection is not None:
        if service == inspection.service or _belongs(holder, inspection.service) or _assesses(holder, service):
            says = "A local assessor examines no case of their own service."
            stop(Fault("access.own-service", ("service",), says, "Choose somebody of another service."))
    elif _both_sides(holder, role):
        says = "An account has no role in an inspected service and in the inspectorate at once."
        stop(Fault("access.both-sides", ("role",), says, "End the other role first, or use another account."))


def _belongs(holder: User, service: Service) -> bool:
    """Whether a role says that the person is of the service; for a local assessor it is the home that they named."""
    roles = [*SERVICE, *LOCAL, Role.LOCAL_ASSESSOR]
    return Membership.objects.filter(user=holder, role__in=roles, service=service, ended_at=None).exists()


def _assesses(holder: User, home: Service | None) -> bool:
    """Whether the person is a local assessor in an inspection of what they now name as their home."""
    standing = Membership.objects.filter(user=holder, role=Role.LOCAL_ASSESSOR, ended_at=None)
    return standing.filter(inspection__service=home).exists()


def _both_sides(holder: User, role: Role) -> bool:
    """Whether the role stands on one side and a role that is not ended on the other; dates in the future count."""
    inside = SERVICE | LOCAL
    other = INSPECTORATE if role in inside else inside if role in INSPECTORATE else frozenset()
    return Membership.objects.filter(user=holder, role__in=other, ended_at=None).exists()


def _record(row: Membership, by: str, act: Act, at: datetime) -> None:
    detail: dict[str, Plain] = {
        "membership": row.pk,
        "role": str(row.role),
        "service": row.service.key if row.service else "",
        "member": row.member_key,
    }
    of = chain(row.inspection.key) if row.inspection else "system"
    record(chain=of, by=by, act=act, of=("user", row.user.key), detail=detail, at=at)
