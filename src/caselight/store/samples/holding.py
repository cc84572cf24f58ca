"""Who examines which case, who could, and against whom something stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import EXAMINERS, Role
from caselight.store.inspections.models import Conflict, Membership
from caselight.store.inspections.queries import found
from caselight.store.inspections.roles import standing
from caselight.store.samples.models import Allocation


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
    for user, case in Conflict.objects.filter(Q(service=row.service) | Q(inspection=row)).values_list(
        "user", "case_key"
    ):
        against[user].add(case)
    found_people = []
    for person in people.order_by("name", "key"):
        roles = standing(person.key).roles_in(row, at.date()) & EXAMINERS
        if roles:
            role = min(roles, key=[*Role].index).called
            stands = against[person.pk]
            found_people.append(Examiner(person.key, person.name, role, "" in stands, frozenset(stands - {""})))
    return tuple(found_people)
