"""Slots are put into the grid, moved, given a time and a room, and taken off. Every state is kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NoReturn

from django.db import transaction

from caselight.method.caseload.workdays import SATURDAY
from caselight.method.faults import Fault, Faults, stop
from caselight.method.inspection.planning import holidays_about
from caselight.store.audit.actions import Entry, record_all
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import Kept, found
from caselight.store.samples import models
from caselight.store.samples.timetable.clashes import Inspecting, cases_by_worker, inspecting
from caselight.store.samples.timetable.reading import Timetable, timetable_of
from caselight.store.samples.timetable.values import Half, Item, Place, Slot, minutes_of

TIME = re.compile(r"(0[6-9]|1[0-9]|20):[0-5][0-9]")
NOON, LATEST_MORNING = 12 * 60, 13 * 60
LONGEST_ROOM = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is put somewhere: subjects (kind and key) that have no slot yet, and slots that move."""

    subjects: tuple[tuple[str, str], ...] = ()
    slots: tuple[str, ...] = ()


def fieldwork_days(kept: Kept) -> tuple[date, ...]:
    """The days that slots can lie on: the working days of the fieldwork, or all of its days where there is none."""
    dates = kept.definition.dates
    length = (dates.fieldwork_to - dates.fieldwork_from).days
    days = [dates.fieldwork_from + timedelta(n) for n in range(length + 1)]
    free = {day for year in holidays_about(dates.fieldwork_to).values() for day in year}
    free |= {day for year in kept.holidays.values() for day in year}
    return tuple(day for day in days if day.weekday() < SATURDAY and day not in free) or tuple(days)


@transaction.atomic
def put_slots(
    *, by: str, inspection: str, chosen: Chosen, place: Place, days: Sequence[date], at: datetime
) -> tuple[Slot, ...]:
    """Put what was chosen into a cell, all or nothing, and give the slots that changed; what is there already stays.

    Raises ``timetable.no-such-slot``, ``timetable.placed-already``, ``timetable.day``, ``timetable.not-inspector``,
    ``timetable.conflict`` and ``timetable.settled``.
    """
    row = found(inspection, locked=True)
    timetable = timetable_of(inspection)
    if place.day not in days:
        says = "Slots lie on the working days of the fieldwork, and this is none of them."
        stop(Fault("timetable.day", ("to",), says, "Choose one of the days in the grid."))
    new = _new(timetable, chosen, place, at)
    moved = [(slot, _moved(slot, place)) for slot in (_slot(timetable, key) for key in chosen.slots)]
    moved = [(before, after) for before, after in moved if before.place != place]
    _refuse(timetable, [*new, *(after for _, after in moved)], place, inspecting(inspection, at))
    _refuse_settled(timetable, [before for before, _ in moved])
    entries = [_entry(by, Act.SLOT_PLACED, slot) for slot in new]
    entries += [_entry(by, Act.SLOT_MOVED, after) for _, after in moved]
    return _keep(row, [*new, *(after for _, after in moved)], entries, at)


@transaction.atomic
def take_off(*, by: str, inspection: str, slots: Sequence[str], at: datetime) -> tuple[Slot, ...]:
    """Take slots off the timetable; what they were about waits to be placed again.

    Raises ``timetable.no-such-slot`` and ``timetable.settled``.
    """
    row = found(inspection, locked=True)
    timetable = timetable_of(inspection)
    before = [_slot(timetable, key) for key in dict.fromkeys(slots)]
    _refuse_settled(timetable, before)
    after = [replace(slot, off=True) for slot in before]
    return _keep(row, after, [_entry(by, Act.SLOT_TAKEN_OFF, slot) for slot in after], at)


@transaction.atomic
def say_where(*, by: str, inspection: str, slot: str, starts: str, room: str, at: datetime) -> bool:
    """Give a slot its time (as 09:30, or none) and its room; whether anything changed.

    Raises ``timetable.time``, ``timetable.room``, ``timetable.no-such-slot`` and ``timetable.settled``.
    """
    row = found(inspection, locked=True)
    timetable = timetable_of(inspection)
    before = _slot(timetable, slot)
    after = replace(before, starts=starts.strip(), room=" ".join(room.split()))
    _refuse_settled(timetable, [before])
    _refuse_time(after)
    if before.same(after):
        return False
    _keep(row, [after], [_entry(by, Act.SLOT_CHANGED, after)], at)
    return True


def _new(timetable: Timetable, chosen: Chosen, place: Place, at: datetime) -> list[Slot]:
    """Slots for what has none yet. What lies in the same cell already was sent twice."""
    items = {one.subject: one for one in timetable.items}
    there = {one.subject: one for one in timetable.live}
    made = []
    for subject in dict.fromkeys(chosen.subjects):
        item = items.get(subject)
        if item is None:
            _nothing()
        if subject not in there:
            made.append(_fresh(item, place, at))
        elif there[subject].place != place:
            says = f"{item.label} was placed meanwhile, in another window or by somebody else."
            stop(Fault("timetable.placed-already", ("what",), says, "Look where it is now, and move it if it should."))
    return made


def _fresh(item: Item, place: Place, at: datetime) -> Slot:
    return Slot(secrets.token_hex(8), *item.subject, item.worker, place, "", "", off=False, by="", at=at, n=0)


def _slot(timetable: Timetable, key: str) -> Slot:
    slot = next((one for one in timetable.now if one.slot == key), None)
    if slot is None:
        _nothing()
    return slot


def _moved(slot: Slot, place: Place) -> Slot:
    """At another time of the day its time is another; another inspector may sit in another room."""
    same_half = (slot.place.day, slot.place.half) == (place.day, place.half)
    same_person = slot.place.user == place.user
    return replace(
        slot, place=place, starts=slot.starts if same_half else "", room=slot.room if same_person else ""
    )  # fmt: skip


def _refuse(timetable: Timetable, slots: Sequence[Slot], place: Place, team: Sequence[Inspecting]) -> None:
    person = next((one for one in team if one.user == place.user), None)
    if person is None:
        says = "The person has no role here today that examines cases."
        stop(Fault("timetable.not-inspector", ("to",), says, "Choose somebody of the grid."))
    cases, called = cases_by_worker(timetable.items), {one.subject: one.label for one in timetable.items}
    closed = [one for one in slots if person.closed(one.key, one.worker, cases.get(one.worker, frozenset()))]
    if closed:
        raise Faults(
            Fault(
                "timetable.conflict",
                ("what",),
                f"{called.get(one.subject, one.key)} cannot be with {person.name}: something stands against it.",
                "Choose another inspector.",
            )
            for one in closed
        )


def _refuse_settled(timetable: Timetable, slots: Sequence[Slot]) -> None:
    if any(one.slot in timetable.settled for one in slots):
        says = "It is noted that the slot was held, or cancelled, so it stays where it is."
        stop(Fault("timetable.settled", ("what",), says, "Take the note back first, on the page of the slot."))


def _refuse_time(slot: Slot) -> None:
    if len(slot.room) > LONGEST_ROOM or not slot.room.isprintable():
        says = f"A room is said in at most {LONGEST_ROOM} characters."
        stop(Fault("timetable.room", ("room",), says, "Say it in fewer words, such as Room 2."))
    if not slot.starts:
        return
    if not TIME.fullmatch(slot.starts):
        says = "This is no time between 06:00 and 20:59."
        stop(Fault("timetable.time", ("starts",), says, "Enter a time, like 09:30."))
    minute, morning = minutes_of(slot.starts), slot.place.half is Half.AM
    if (minute >= LATEST_MORNING) if morning else (minute < NOON):
        says = f"{slot.starts} is not in the {slot.place.half.called}."
        stop(
            Fault(
                "timetable.time", ("starts",), says, "Move the slot to the other half of the day, or change the time."
            )
        )


def _entry(by: str, act: Act, slot: Slot) -> Entry:
    place = slot.place
    detail = {
        "subject": [slot.kind, slot.key],
        "with": place.user,
        "day": place.day.isoformat(),
        "half": str(place.half),
    }
    return Entry(by, act, ("slot", slot.slot), detail | ({"starts": slot.starts} if slot.starts else {}))


def _keep(row: Inspection, slots: Sequence[Slot], entries: Sequence[Entry], at: datetime) -> tuple[Slot, ...]:
    links = record_all(chain=chain(row.key), entries=entries, at=at)
    models.Slot.objects.bulk_create(
        models.Slot(
            inspection=row, slot=one.slot, subject_kind=one.kind, subject_key=one.key, worker=one.worker,
            user=one.place.user, day=one.place.day, half=one.place.half, starts=one.starts, room=one.room, off=one.off,
            by=entry.by, at=at, chain_n=link.n,
        )
        for one, entry, link in zip(slots, entries, links, strict=True)
    )  # fmt: skip
    return tuple(replace(one, n=link.n) for one, link in zip(slots, links, strict=True))


def _nothing() -> NoReturn:
    says = "There is no such slot, and nothing of this name that needs one."
    stop(Fault("timetable.no-such-slot", ("what",), says, "Look at the timetable as it is now."))
