"""Whole inspections in the database, made in a moment through the models: for tests that are not about making them.

``seeded()`` makes the cast, two services, and for each an external inspection (``testshire``, ``otherham``) and a local
audit (``testshire-audit``, ``otherham-audit``) of four cases each. ``C1`` and ``C2`` are given to the first inspector,
``C2`` also to the second, ``C3`` to the local assessor; ``C4`` to nobody. ``C1`` and ``C4`` are managed by ``w1``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests import cast
from tests.factories import small

from caselight.procedures import findings
from caselight.store.accounts.models import Token, User
from caselight.store.accounts.permissions import LOCAL, SERVICE, Role
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Inspection, Kind, Membership, Service, State
from caselight.store.samples.models import Allocation, SampledCase

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASES = ("C1", "C2", "C3", "C4")
MANAGED_BY = {"C1": "w1", "C2": "w2", "C3": "w3", "C4": "w1"}
GIVEN = {
    "i1": ("C1", "C2"),
    "i2": ("C2",),
    "la": ("C3",),
    "qa": ("C1",),
    "ll": ("C1",),
    "au": ("C1",),
    "lead2": ("C1",),
}


@dataclass(frozen=True)
class Seeded:
    """What was made: the inspection most tests are about, all inspections by key, the people by key."""

    inspection: Inspection
    inspections: Mapping[str, Inspection]
    people: Mapping[str, User]


def seeded(at: datetime = AT, *, state: State = State.FIELDWORK) -> Seeded:
    """The cast and their inspections, at an instant, all in one state."""
    people = {user.key: user for user in User.objects.bulk_create(map(_user, cast.CAST))}
    framework = adopted(at)
    services = {
        key: Service.objects.create(key=key, name=name, short=key.title()) for key, name in cast.SERVICES.items()
    }
    inspections: dict[str, Inspection] = {}
    for key, service in services.items():
        for kind, name in ((Kind.EXTERNAL, key), (Kind.LOCAL_AUDIT, f"{key}-audit")):
            inspections[name] = inspection(name, kind, service, framework, at=at, state=state)
    members = [_member(person, people[person.key], inspections, services) for person in cast.CAST if _belongs(person)]
    Membership.objects.bulk_create(members)
    Allocation.objects.bulk_create(_given(members, at))
    return Seeded(inspections[cast.TESTSHIRE], inspections, people)


def adopted(at: datetime = AT) -> FrameworkVersion:
    """The small framework, adopted."""
    document = json.dumps(small.framework().model_dump(mode="json", by_alias=True), sort_keys=True)
    digest = hashlib.sha256(document.encode()).hexdigest()
    return FrameworkVersion.objects.get_or_create(
        digest=digest,
        defaults={
            "name": "small",
            "version": "1",
            "title": "Small",
            "document": document,
            "adopted_at": at,
            "adopted_by": "lead",
        },
    )[0]


def inspection(
    key: str, kind: Kind, service: Service, framework: FrameworkVersion, *, at: datetime, state: State
) -> Inspection:
    """One inspection with its cases, all of them drawn."""
    definition = small.inspection(id=key, kind=kind.value)
    text = json.dumps(definition.model_dump(mode="json", by_alias=True), sort_keys=True)
    made = Inspection.objects.create(
        key=key,
        kind=kind,
        state=state,
        title=f"{service.short}: {kind.label}",
        service=service,
        framework=framework,
        definition=text,
        source=text.encode(),
        created_at=at,
    )
    there = list(enumerate(CASES))
    Subject.objects.bulk_create(
        Subject(
            inspection=made, position=n, kind="case", key=case, label=f"Case {case[1:]}", managed_by=MANAGED_BY[case]
        )
        for n, case in there
    )
    CaseloadCase.objects.bulk_create(
        CaseloadCase(
            inspection=made, position=n, key=case, eligible=True, managed_by=MANAGED_BY[case], facts={"psr": "yes"}
        )
        for n, case in there
    )
    SampledCase.objects.bulk_create(
        SampledCase(inspection=made, position=n, case_key=case, order=n + 1, stratum="", status="drawn")
        for n, case in there
    )
    return made


def token(user: User, at: datetime = AT, *, days: int = 3650, device: str = "laptop") -> str:
    """A token of a person, in clear."""
    clear = secrets.token_urlsafe(32)
    Token.objects.create(
        user=user,
        digest=hashlib.sha256(clear.encode()).hexdigest(),
        device=device,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return clear


def _user(person: cast.Person) -> User:
    administrator = person.role is Role.ADMINISTRATOR
    user = User(key=person.key, name=person.name, email=person.email, administrator=administrator)
    user.set_password(cast.PASSWORD)
    return user


def _belongs(person: cast.Person) -> bool:
    return person.role is not None and person.role is not Role.ADMINISTRATOR


def _member(
    person: cast.Person, user: User, inspections: Mapping[str, Inspection], services: Mapping[str, Service]
) -> Membership:
    """The membership of a person: in an inspection, for a service, or for every inspection (analyst, publisher)."""
    assert person.role is not None
    key = f"{person.inspects}-audit" if person.role in LOCAL else person.inspects
    return Membership(
        user=user,
        role=person.role,
        inspection=inspections[key] if key and person.role not in SERVICE else None,
        service=services.get(person.service),
        member_key=person.worker or person.key,
    )


def _given(members: Iterable[Membership], at: datetime) -> Iterator[Allocation]:
    """The cases of those who have any, in the inspection that they are members of."""
    for member in members:
        kind = "quality" if member.user.key == "qa" else "first"
        for case in GIVEN.get(member.user.key, ()) if member.inspection else ():
            yield Allocation(inspection=member.inspection, case_key=case, user=member.user, pass_kind=kind, from_at=at)


def emptied() -> None:
    """Inspections of the cast in which nothing was done yet: no case list, and so no sample and nobody's cases."""
    for rows in (Allocation, SampledCase, CaseloadCase, Subject):
        rows.objects.all().delete()
    findings._kept.clear()  # no row of the audit tells of this


def planner() -> User:
    """Somebody who may begin inspections, and has none."""
    user = User.objects.get(key="stranger")
    Membership.objects.create(user=user, role=Role.LEAD_INSPECTOR, member_key="planner")
    return user
