"""A round from its definition to cases that are given to people: as its lead would do it, day by day before fieldwork."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from caselight.method.framework.definition import Framework
from caselight.method.inspection.definition import Area, Dates, Design, Inspection, Member, Pinned, Service
from caselight.method.inspection.planning import holidays_about
from caselight.procedures.demonstrating import timetable, words
from caselight.procedures.demonstrating.asking import Asking
from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.demonstrating.diary import Appointment, diary
from caselight.procedures.demonstrating.lists import CaseList, case_list
from caselight.procedures.demonstrating.rounds import Round, instant, later
from caselight.procedures.moving.incoming import Incoming
from caselight.procedures.sample_choosing import select_sample
from caselight.procedures.samples import WRITTEN_OUT
from caselight.store.accounts.permissions import Role
from caselight.store.caseloads.actions import bring_in_caseload
from caselight.store.frameworks.actions import adopt
from caselight.store.identities.actions.vault import keep_identity
from caselight.store.inspections.actions import advance, create_inspection, keep_days
from caselight.store.inspections.keys import service_key
from caselight.store.inspections.memberships import Place, add_member, declare_conflict, lead_first
from caselight.store.inspections.models import Kind, State
from caselight.store.samples.allocating import QUALITY, allocate
from caselight.store.samples.queries import sample_of

OF_TEAM = {Role.INSPECTOR: "inspector", Role.LOCAL_ASSESSOR: "local_assessor", Role.QUALITY_ASSURER: "quality_lead",
           Role.AUDITOR: "local_assessor"}  # fmt: skip
BESIDE = 3  # cases that somebody reads who examines none


@dataclass(frozen=True)
class Made:
    """A round in the store: its dates, the people's keys, when who looks at which case, and the slots by case."""

    round: Round
    dates: Dates
    people: dict[Actor, str]
    workers: Mapping[str, str]  # their keys by their names
    diary: tuple[Appointment, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)


def prepare(round_: Round, example: Incoming, people: dict[Actor, str], dates: Dates, *, homes: str) -> Made:
    """Begin a round and bring it to the morning of its fieldwork. ``homes`` is the service that its guests come from."""
    by, begun = people[round_.lead], instant(dates.announced, 9)
    framework = adopt(
        by=by, framework=example.package.framework, files=example.framework, document=example.document,
        digest=example.digest, at=begun,
    )  # fmt: skip
    _begin(round_, example, people, dates, framework.digest)
    for number, (actor, role) in enumerate(round_.team.items(), start=1):
        place = Place(round_.key, homes if role is Role.LOCAL_ASSESSOR else "")
        add_member(by=by, user=people[actor], role=role, place=place, at=begun + timedelta(minutes=10 + number))
    found = _listed(round_, example, by, dates)
    made = Made(round_, dates, people, found.workers)
    if round_.kind is Kind.EXTERNAL:
        Asking(round_, dates, people, found.workers).all()
    return made if round_.state is State.SETUP else _to_fieldwork(made, found, example.package.framework)


def _to_fieldwork(made: Made, found: CaseList, framework: Framework) -> Made:
    round_, people, dates = made.round, made.people, made.dates
    by, eve = people[round_.lead], later(dates.announced, 2)
    select_sample(round_.key, WRITTEN_OUT, by=by, at=instant(eve, 15, 30))
    given = _given(round_, people, instant(eve, 16))
    planned = diary(round_, dates.fieldwork_from, given, {case.key: case.managed_by for case in found.cases})
    slots: Mapping[str, str] = {}
    if round_.timetabled:
        slots = timetable.publish(round_, framework.subjects[0].id, planned, people, instant(eve, 17))
    _declared(round_, people, given, instant(eve, 18))
    advance(by=by, inspection=round_.key, to=State.FIELDWORK, at=instant(dates.fieldwork_from, 8))
    return replace(made, diary=planned, slots=slots)


def _begin(round_: Round, example: Incoming, people: dict[Actor, str], dates: Dates, framework: str) -> None:
    by, at = people[round_.lead], instant(dates.announced, 9)
    definition = _definition(round_, example, people, dates)
    source = definition.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n"
    create_inspection(by=by, inspection=definition, framework=framework, source=source.encode(), at=at)
    days = (day for days in holidays_about(dates.fieldwork_to).values() for day in days)
    keep_days(by=by, inspection=round_.key, holidays=days, tables={}, at=at)
    lead_first(by=by, inspection=round_.key, at=at)


def _definition(round_: Round, example: Incoming, people: dict[Actor, str], dates: Dates) -> Inspection:
    framework, theirs = example.package.framework, example.package.inspection
    strata = theirs.sample.strata if theirs.sample else ()
    team = {round_.lead: "lead_inspector", **{actor: OF_TEAM[role] for actor, role in round_.team.items()}}
    return Inspection.model_validate({
        "schema": "caselight.inspection/1", "id": round_.key, "title": round_.title, "kind": round_.kind.value,
        "service": Service(name=round_.service, short=round_.short, noun=theirs.service.noun,
                           areas=tuple(Area(name=name) for name in round_.areas)),
        "dates": dates, "time_zone": theirs.time_zone, "languages": framework.languages,
        "framework": Pinned(id=framework.id, version=framework.version, screening=theirs.framework.screening),
        "team": tuple(Member.model_validate({"key": people[one], "role": role, "name": one.name}) for one, role in team.items()),
        "sample": Design(size=round_.size, seed=round_.key, strata=strata, reserves=round_.reserves) if round_.size else None,
    })  # fmt: skip


def _listed(round_: Round, example: Incoming, by: str, dates: Dates) -> CaseList:
    """The case list with its people."""
    found = case_list(example.package, round_.key, dates, every=round_.every, areas=round_.areas)
    at = instant(later(dates.announced, 1), 15)
    bring_in_caseload(by=by, inspection=round_.key, cases=found.cases, at=at)
    keep_identity(by=by, inspection=round_.key, service=service_key(round_.service), identities=found.people, at=at)
    return found


def _given(round_: Round, people: dict[Actor, str], at: datetime) -> dict[Actor, tuple[str, ...]]:
    """Cases go round the examiners until each has their number; what is left over is given to nobody."""
    examined = iter([row.case_key for row in sample_of(round_.key) if row.examined])
    turns = [
        who for n in range(max(map(len, round_.work.values()))) for who, work in round_.work.items() if n < len(work)
    ]
    given: dict[Actor, list[str]] = {who: [] for who in round_.work}
    for who, case in zip(turns, examined, strict=False):
        allocate(by=people[round_.lead], inspection=round_.key, case_key=case, user=people[who], at=at)
        given[who].append(case)
    first = list(islice((cases[0] for cases in given.values()), BESIDE))
    for reader, case in [(reader, case) for reader in round_.beside for case in first]:
        allocate(
            by=people[round_.lead], inspection=round_.key, case_key=case, user=people[reader], pass_kind=QUALITY, at=at
        )
    return {who: tuple(cases) for who, cases in given.items()}


def _declared(round_: Round, people: dict[Actor, str], given: dict[Actor, tuple[str, ...]], at: datetime) -> None:
    """Somebody knows a child of a case that another has: it is closed to them."""
    if round_.against is not None:
        case = next(cases[-1] for who, cases in given.items() if who is not round_.against)
        place = Place(round_.key)
        user = people[round_.against]
        declare_conflict(by=user, user=user, place=place, case_key=case, reason=words.AGAINST, at=at)
