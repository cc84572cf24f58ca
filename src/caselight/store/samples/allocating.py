"""The actions that give a case to somebody to examine, and take it back; a conflict of interest refuses it.

A quality assurer is given cases in the pass ``quality``: to read and comment, never to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from caselight.method.faults import Fault, Faults, stop
from caselight.store.accounts.actions import account
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import EXAMINERS, Role
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections.conflicts import that_stand
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection, Membership
from caselight.store.inspections.queries import found
from caselight.store.inspections.roles import standing
from caselight.store.samples.holding import COUNTERSIGNED, managers_of
from caselight.store.samples.models import Allocation

FIRST, QUALITY = "first", "quality"


@transaction.atomic
def allocate(*, by: str, inspection: str, case_key: str, user: str, pass_kind: str = FIRST, at: datetime) -> int:
    """Give a case to somebody, and give the number of the allocation.

    Raises ``access.no-such-case``, ``access.not-examiner``, ``access.conflict``, ``access.own-case`` and
    ``access.allocated-already``.
    """
    row = found(inspection, locked=True)
    holder = account(user)
    if not Subject.objects.filter(inspection=row, key=case_key).exists():
        stop(Fault("access.no-such-case", ("case_key",), "The inspection has no such case.", "Check the case's key."))
    _refuse_role(row, user, pass_kind, at)
    _refuse_conflict(row, holder, case_key)
    _refuse_own(row, holder, case_key)
    same = Allocation.objects.filter(inspection=row, case_key=case_key, user=holder, ended_at=None)
    if same.exists():
        says = "The case is given to this person already."
        stop(Fault("access.allocated-already", ("case_key",), says, "Nothing needs doing."))
    made = Allocation.objects.create(
        inspection=row, case_key=case_key, user=holder, pass_kind=pass_kind, from_at=at, ended_at=None
    )
    detail: dict[str, Plain] = {"allocation": made.pk, "to": user, "pass": pass_kind}
    record(chain=chain(inspection), by=by, act=Act.CASE_ALLOCATED, of=("case", case_key), detail=detail, at=at)
    return made.pk


@transaction.atomic
def allocate_all(*, by: str, inspection: str, case_keys: Sequence[str], user: str, at: datetime) -> list[int]:
    """Give several cases to somebody, or none: raises everything that stands against any of them, with the case."""
    return allocate_each(by=by, inspection=inspection, holders=[(key, user) for key in case_keys], at=at)


@transaction.atomic
def allocate_each(*, by: str, inspection: str, holders: Sequence[tuple[str, str]], at: datetime) -> list[int]:
    """Give each case to the person beside it, or none: raises everything that stands against any, with the case."""
    made: list[int] = []
    against: list[Fault] = []
    for key, user in holders:
        try:
            made.append(allocate(by=by, inspection=inspection, case_key=key, user=user, at=at))
        except Faults as refused:
            against += (replace(fault, where=(*fault.where, key)) for fault in refused.faults)
    if against:
        raise Faults(against)
    return made


@transaction.atomic
def end_allocation(*, by: str, allocation: int, at: datetime) -> None:
    """Take a case back. Raises ``access.not-found``."""
    row = Allocation.objects.select_related("inspection", "user").filter(pk=allocation).first()
    if row is None:
        stop(Fault("access.not-found", ("allocation",), "There is no such allocation.", "Check the address."))
    if Allocation.objects.filter(pk=allocation, ended_at=None).update(ended_at=at):
        detail: dict[str, Plain] = {"allocation": allocation, "to": row.user.key}
        of = ("case", row.case_key)
        record(chain=chain(row.inspection.key), by=by, act=Act.ALLOCATION_ENDED, of=of, detail=detail, at=at)


def _refuse_role(inspection: Inspection, user: str, pass_kind: str, at: datetime) -> None:
    roles = standing(user).roles_in(inspection, at.date())
    fit = {Role.QUALITY_ASSURER} if pass_kind == QUALITY else EXAMINERS
    if not roles & fit:
        says = "The person has no role here today that examines cases in this pass."
        stop(Fault("access.not-examiner", ("user",), says, "Give them the role first, or choose somebody else."))


def _refuse_conflict(inspection: Inspection, holder: User, case_key: str) -> None:
    """Declared for the service, for whoever manages the case there, for the inspection, or for the case."""
    managers = managers_of(inspection, [case_key])[case_key]
    here = Q(service=inspection.service, worker__in=["", *managers])
    here |= Q(inspection=inspection, case_key__in=["", case_key])
    if that_stand().filter(here, user=holder).exists():
        says = "A conflict of interest stands against giving this case to this person."
        stop(Fault("access.conflict", ("user",), says, "Choose somebody else."))


def _refuse_own(inspection: Inspection, holder: User, case_key: str) -> None:
    """Nobody examines a case that they manage or have countersigned, by the key that they have in the caseload."""
    keys = Membership.objects.filter(user=holder, service=inspection.service, ended_at=None).exclude(member_key="")
    workers = set(keys.values_list("member_key", flat=True))
    if not workers:
        return
    of_case = {"inspection": inspection, "key": case_key}
    facts = CaseloadCase.objects.filter(**of_case).values_list("facts", flat=True).first() or {}
    managers = managers_of(inspection, [case_key])[case_key]
    if workers & {*managers, str(facts.get(COUNTERSIGNED, ""))}:
        says = "The person manages this case, or has countersigned it."
        stop(Fault("access.own-case", ("user",), says, "Choose somebody else."))
