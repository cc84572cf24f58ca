"""The next slots of a person in the timetables that were published: as inspector, or as the worker beside one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.visible import Visible
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import on_some
from caselight.store.samples.timetable.reading import is_published, timetable_of
from caselight.store.samples.timetable.values import Slot
from caselight.web.home.places import address
from caselight.web.home.tasks import Task

SHOWN = 4  # about a day's


def next_slots(user: str, mine: Sequence[Visible], today: date) -> Iterator[tuple[str, tuple[Task, ...]]]:
    """By inspection: its title and the person's slots from today on that were neither held nor cancelled."""
    for one in mine:
        if on_some(one.access, Permission.TIMETABLE_READ) and is_published(one.key):
            tasks = tuple(_tasks(user, one, today))
            if tasks:
                yield one.title, tasks


def _tasks(user: str, one: Visible, today: date) -> Iterator[Task]:
    timetable = timetable_of(one.key)
    there = [slot for slot in timetable.published if slot.place.day >= today and slot.slot not in timetable.settled]
    own = [slot for slot in there if slot.place.user == user or (slot.worker and slot.worker in one.access.workers)]
    if not own:
        return
    called = {each.key: each.label or each.key for each in subjects_of(one.key)}
    names = names_of(slot.place.user for slot in own[:SHOWN])
    for slot in own[:SHOWN]:
        who = called.get(slot.worker, "") if slot.place.user == user else f"with {names.get(slot.place.user, '')}"
        about = "Interview" if slot.interview else called.get(slot.key, slot.key)
        href = address("timetable:slot", key=one.key, slot=slot.slot)
        yield Task(f"{_when(slot, today)}: {about}", href, who, slot.room)


def _when(slot: Slot, today: date) -> str:
    day = slot.place.day
    near = {today: "Today", today + timedelta(1): "Tomorrow"}
    return f"{near.get(day) or f'{day:%A} {day.day} {day:%B}'}, {slot.starts or slot.place.half.called}"
