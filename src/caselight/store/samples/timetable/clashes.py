"""What stands against a slot where it is: somebody twice at a time, more than fits, nobody who examines the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from caselight.store.inspections.models import Membership
from caselight.store.inspections.queries import found
from caselight.store.samples.allocating import QUALITY
from caselight.store.samples.holding import allocations_of, examiners_of
from caselight.store.samples.timetable.reading import Timetable
from caselight.store.samples.timetable.values import HALF_MINUTES, Item, Slot, minutes_of


class Clash(StrEnum):
    """Something that stands against a slot."""

    INSPECTOR_TWICE = "inspector-twice"
    WORKER_TWICE = "worker-twice"
    CONFLICT = "conflict"
    TOO_MUCH = "too-much"
    NOT_GIVEN = "not-given"
    NOT_IN_SAMPLE = "not-in-sample"
    NOT_IN_TEAM = "not-in-team"


DOUBLE = frozenset({Clash.INSPECTOR_TWICE, Clash.WORKER_TWICE})
STOPS = DOUBLE | {Clash.CONFLICT, Clash.NOT_IN_TEAM, Clash.NOT_IN_SAMPLE}  # the timetable is not published with them


@dataclass(frozen=True, slots=True)
class Inspecting:
    """Somebody who can have slots: what is closed to them, all or some cases, and the workers that they are."""

    user: str
    name: str
    barred: bool
    cases: frozenset[str]
    workers: frozenset[str]
    given: frozenset[str]

    def closed(self, subject: str, worker: str, cases: Collection[str]) -> bool:
        """Whether something stands against this subject; an interview where all ``cases`` of its worker are closed."""
        if self.barred or (worker and worker in self.workers):
            return True
        return bool(cases) and self.cases.issuperset(cases) if subject == worker else subject in self.cases


def inspecting(inspection: str, at: datetime) -> tuple[Inspecting, ...]:
    """Everybody who can have slots here today, by name."""
    row = found(inspection)
    given: dict[str, set[str]] = defaultdict(set)
    for one in allocations_of(inspection):
        if one.pass_kind != QUALITY:
            given[one.user].add(one.case_key)
    own: dict[str, set[str]] = defaultdict(set)
    keys = Membership.objects.filter(service=row.service, ended_at=None).exclude(member_key="")
    for user, key in keys.values_list("user__key", "member_key"):
        own[user].add(key)
    return tuple(
        Inspecting(one.user, one.name, one.barred, one.cases, frozenset(own[one.user]), frozenset(given[one.user]))
        for one in examiners_of(inspection, at)
    )


def clashes(timetable: Timetable, team: Iterable[Inspecting]) -> dict[str, tuple[Clash, ...]]:
    """What stands against each slot that is neither cancelled nor held yet; slots without anything are not there."""
    people = {one.user: one for one in team}
    cases = cases_by_worker(timetable.items)
    live = [one for one in timetable.live if one.slot not in timetable.settled]
    known = {one.subject for one in timetable.items}
    against: dict[str, set[Clash]] = defaultdict(set)
    for slot in live:
        if slot.subject not in known:
            against[slot.slot].add(Clash.NOT_IN_SAMPLE)
        else:
            against[slot.slot] |= _of_person(slot, people.get(slot.place.user), cases.get(slot.worker, frozenset()))
    _at_once(timetable.live, against)
    _too_much(timetable.live, against)
    open_ = {one.slot for one in live}
    return {key: tuple(sorted(found, key=[*Clash].index)) for key, found in against.items() if found and key in open_}


def cases_by_worker(items: Iterable[Item]) -> Mapping[str, frozenset[str]]:
    """The cases of each worker that are examined."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in items:
        if not one.interview:
            found[one.worker].add(one.key)
    return {worker: frozenset(cases) for worker, cases in found.items()}


def _of_person(slot: Slot, person: Inspecting | None, cases: frozenset[str]) -> set[Clash]:
    if person is None:
        return {Clash.NOT_IN_TEAM}
    if person.closed(slot.key, slot.worker, cases):
        return {Clash.CONFLICT}
    fits = person.given & cases if slot.interview else slot.key in person.given
    return set() if fits else {Clash.NOT_GIVEN}


def _at_once(slots: Iterable[Slot], against: dict[str, set[Clash]]) -> None:
    halves: dict[object, list[Slot]] = defaultdict(list)
    for slot in slots:
        halves[slot.place.day, slot.place.half].append(slot)
    for there in halves.values():
        for one, other in combinations(there, 2):
            if one.place.user == other.place.user:
                if _overlap(one, other, unknown=False):
                    _both(against, one, other, Clash.INSPECTOR_TWICE)
            elif one.worker and one.worker == other.worker and _overlap(one, other, unknown=True):
                _both(against, one, other, Clash.WORKER_TWICE)


def _overlap(one: Slot, other: Slot, *, unknown: bool) -> bool:
    """Whether they are at the same time; ``unknown`` is the answer where one of them has no time yet."""
    if not (one.starts and other.starts):
        return unknown
    begins, ends = minutes_of(one.starts), minutes_of(other.starts)
    return begins < ends + other.minutes and ends < begins + one.minutes


def _too_much(slots: Iterable[Slot], against: dict[str, set[Clash]]) -> None:
    cells: dict[object, list[Slot]] = defaultdict(list)
    for slot in slots:
        cells[slot.place].append(slot)
    for there in cells.values():
        if sum(one.minutes for one in there) > HALF_MINUTES:
            for one in there:
                against[one.slot].add(Clash.TOO_MUCH)


def _both(against: dict[str, set[Clash]], one: Slot, other: Slot, clash: Clash) -> None:
    against[one.slot].add(clash)
    against[other.slot].add(clash)
