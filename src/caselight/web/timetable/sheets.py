"""One worker a sheet: their slots by time, with record numbers and initials where those may be shown and are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caselight.procedures.case_lists.known_as import known_as
from caselight.store.accounts.permissions import Permission
from caselight.store.samples.timetable.values import Slot
from caselight.web.timetable.seeing import Seen
from caselight.web.timetable.wording import day_words

Known = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A slot on a sheet."""

    day: str
    time: str
    about: str
    number: str
    room: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worker's slots; ``draft`` where they are not as they were published."""

    worker: str
    rows: Sequence[Row]
    draft: bool


def sheets_of(seen: Seen, *, numbers: bool) -> list[Sheet]:
    """The sheets of the workers, by what they are called; slots that were cancelled are on none."""
    by: dict[str, list[Slot]] = defaultdict(list)
    for slot in seen.slots:
        if not seen.timetable.cancelled(slot):
            by[slot.worker].append(slot)
    known = _known(seen) if numbers else {}
    changed = {one.slot.worker for one in seen.timetable.changes} if seen.plans else set()
    first = not seen.timetable.publications
    made = [
        Sheet(seen.worker(slots[0]), [_row(seen, one, known) for one in slots], first or worker in changed)
        for worker, slots in by.items()
    ]
    return sorted(made, key=lambda one: one.worker)


def may_number(seen: Seen) -> bool:
    """Whether the visitor may read the record number of any case here."""
    return bool(_readable(seen))


def _row(seen: Seen, slot: Slot, known: Known) -> Row:
    place = slot.place
    number = ", ".join(text for text in known.get(slot.key, ("", "")) if text)
    time = slot.starts or place.half.called.capitalize()
    return Row(day_words(place.day), time, seen.about(slot), number, slot.room, seen.name(place.user))


def _known(seen: Seen) -> Known:
    return known_as(seen.visit.key, _readable(seen), by=seen.visit.user, at=seen.visit.at)


def _readable(seen: Seen) -> list[str]:
    cases = dict.fromkeys(one.key for one in seen.slots if not one.interview)
    may = (Permission.IDENTITY_READ, Permission.IDENTITY_MASKED)
    return [key for key in cases if any(seen.visit.may(permission, key) for permission in may)]
