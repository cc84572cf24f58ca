"""Who examines which case, who could, and against whom something stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import EXAMINERS, Role
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections.conflicts import that_stand
from caselight.store.inspections.models import Inspection, Membership
from caselight.store.inspections.queries import found
from caselight.store.inspections.roles import standing
from caselight.store.samples.models import Allocation

COUNTERSIGNED = "countersigned_by"  # the fact of a case that names the worker who countersigned it


@dataclass(frozen=True, slots=True)
class Given:
    """A case in the hands of somebody: the number of the allocation, the case, the person, and in which pass."""

    number: int
    case_key: str
    user: str
    name: str
    pass_kind: str


@dataclass(frozen=True, slots=True)
class Examiner:
    """Somebody who can examine cases here today. ``barred`` is everything, or ``cases`` those that are closed to them."""

    user: str
    name: str
    role: str
    barred: bool
    cases: frozenset[str]


def allocations_of(inspection: str) -> tuple[Given, ...]:
    """The allocations that stand, by case."""
    rows = Allocation.objects.filter(inspection__key=inspection, ended_at=None).order_by("case_key", "pk")
    return tuple(Given(*row) for row in rows.values_list("pk", "case_key", "user__key", "user__name", "pass_kind"))


def examiners_of(inspection: str, at: datetime) -> tuple[Examiner, ...]:
    """The people whose role here lets them examine cases on this day, by name."""
    row = found(inspection)
    here = Q(inspection=row) | Q(inspection=None)
    people = User.objects.filter(
        pk__in=Membership.objects.filter(here, role__in=[*EXAMINERS], ended_at=None).values("user"), is_active=True
    )
    against: dict[int, set[str]] = defaultdict(set)
    of_workers = _cases_by_manager(row)
    conflicts = that_stand().filter(Q(service=row.service) | Q(inspection=row))
    for user, case, worker in conflicts.values_list("user", "case_key", "worker"):
        against[user] |= of_workers[worker] if worker else {case}
    found_people = []
    for person in people.order_by("name", "key"):
        roles = standing(person.key).roles_in(row, at.date()) & EXAMINERS
        if roles:
            role = min(roles, key=[*Role].index).called
            stands = against[person.pk]
            found_people.append(Examiner(person.key, person.name, role, "" in stands, frozenset(stands - {""})))
    return tuple(found_people)


def own_cases_of(inspection: str, users: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """For each of these people the cases that they manage or have countersigned, which are never theirs to examine."""
    row = found(inspection)
    of_workers = {worker: set(cases) for worker, cases in _cases_by_manager(row).items()}
    for key, facts in CaseloadCase.objects.filter(inspection=row).values_list("key", "facts"):
        of_workers.setdefault(str((facts or {}).get(COUNTERSIGNED, "")), set()).add(key)
    keys = Membership.objects.filter(service=row.service, user__key__in=list(users), ended_at=None)
    own: dict[str, set[str]] = defaultdict(set)
    for user, worker in keys.exclude(member_key="").values_list("user__key", "member_key"):
        own[user] |= of_workers.get(worker, set())
    return {user: frozenset(cases) for user, cases in own.items()}


def managers_of(inspection: Inspection, keys: Iterable[str]) -> Mapping[str, set[str]]:
    """Of each of these cases, who manages it, by their keys in the case list."""
    found_managers: dict[str, set[str]] = {key: set() for key in keys}
    for table in (Subject, CaseloadCase):
        rows = table.objects.filter(inspection=inspection, key__in=list(found_managers))
        for key, worker in rows.exclude(managed_by="").values_list("key", "managed_by"):
            found_managers[key].add(worker)
    return found_managers


def _cases_by_manager(inspection: Inspection) -> Mapping[str, set[str]]:
    made: dict[str, set[str]] = defaultdict(set)
    for table in (Subject, CaseloadCase):
        rows = table.objects.filter(inspection=inspection).exclude(managed_by="").values_list("managed_by", "key")
        for worker, key in rows:
            made[worker].add(key)
    return made
