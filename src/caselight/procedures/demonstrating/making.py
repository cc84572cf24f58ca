"""The demonstration whole: its people, what is published, and what is in the middle of the work."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password

from caselight.procedures.demonstrating import cast
from caselight.procedures.demonstrating.after import go_on
from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.demonstrating.preparing import Made, prepare
from caselight.procedures.demonstrating.programme import HALLOWMERE, NORTHMERE, PROGRAMME
from caselight.procedures.demonstrating.published import publish
from caselight.procedures.demonstrating.rounds import instant
from caselight.procedures.demonstrating.working import work
from caselight.procedures.moving.incoming import incoming
from caselight.procedures.setting_up import first_administrator
from caselight.store.accounts.actions import add_user, set_password
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.keys import service_key
from caselight.store.inspections.memberships import Place, add_member
from caselight.store.inspections.models import Inspection, Kind, State

BEFORE = timedelta(days=3)  # the people were there before the first announcement


def demonstrate(examples: Path, *, at: datetime) -> date:
    """Fill an empty store from the folder of examples; what is recorded was recorded in the days before ``at``.

    Gives the last day of the fieldwork that is in its middle. Raises what any of the actions refuses, such as
    ``access.user-exists`` where the store is not empty.
    """
    today = at.date()
    taken = {name: incoming(examples / name) for name in dict.fromkeys(one.example for one in PROGRAMME)}
    begun = instant(min(one.dates(today).announced for one in PROGRAMME), 9) - BEFORE
    people = _people(begun)
    team = [(cast.INSPECTOR, Role.INSPECTOR), (cast.SECOND, Role.INSPECTOR)]
    publish(examples / "west-london", cast.LEAD, team, people, begun + timedelta(hours=1))
    team = [(cast.AUDITOR, Role.AUDITOR)]
    publish(examples / "local-audit", cast.AUDIT_LEAD, team, people, begun + timedelta(hours=2))
    homes = service_key(HALLOWMERE.service)
    for round_ in PROGRAMME:
        made = prepare(round_, taken[round_.example], people, round_.dates(today), homes=homes)
        if round_.kind is Kind.EXTERNAL:
            _service(made, begun + timedelta(hours=3))
        if round_.state is not State.SETUP:
            work(made)
            go_on(made)
    hashed = make_password(cast.PASSWORD)
    for key in people.values():
        set_password(user=key, hashed=hashed, at=at)
    return NORTHMERE.dates(today).fieldwork_to


def stands() -> bool:
    """Whether everybody whom one can be, and every inspection, is in the store."""
    emails, keys = [one.email for one in cast.CAST], [one.key for one in PROGRAMME]
    people = User.objects.filter(email__in=emails).count()
    return people == len(emails) and Inspection.objects.filter(key__in=keys).count() == len(keys)


def _people(at: datetime) -> dict[Actor, str]:
    """An account for everybody, by the administrator."""
    first_administrator(email=cast.ADMINISTRATOR.email, name=cast.ADMINISTRATOR.name, at=at)
    administrator = User.objects.get(email=cast.ADMINISTRATOR.email).key
    people = {cast.ADMINISTRATOR: administrator}
    for one in cast.CAST:
        if one is not cast.ADMINISTRATOR:
            people[one] = add_user(by=administrator, email=one.email, name=one.name, at=at)
    for one in (cast.PUBLISHER, cast.ANALYST):
        add_member(by=administrator, user=people[one], role=one.role, place=Place(), at=at)
    return people


def _service(made: Made, at: datetime) -> None:
    """The manager of an inspected service; in one of them also a case manager, by the key that is in its case list."""
    by, people, service = made.people[cast.ADMINISTRATOR], made.people, service_key(made.round.service)
    place = Place(service=service)
    add_member(by=by, user=people[cast.MANAGER], role=Role.SERVICE_MANAGER, place=place, at=at)
    if made.round is NORTHMERE:
        worker = Place(service=service, member_key=made.workers[cast.WORKER.name])
        add_member(by=by, user=people[cast.WORKER], role=Role.CASE_MANAGER, place=worker, at=at)
