"""Slots and what is wrong with them in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from caselight.store.samples.timetable.clashes import Clash
from caselight.store.samples.timetable.values import Change, Half, Place, Slot
from caselight.web.design.words import Words

CLASHES: Mapping[Clash, str] = {
    Clash.INSPECTOR_TWICE: "Double-booked: the {inspector} is somewhere else at this time",
    Clash.WORKER_TWICE: "Double-booked: {worker} is with two {inspectors} in this half-day",
    Clash.CONFLICT: "{name} cannot take this: move it to somebody else",
    Clash.TOO_MUCH: "More than fits into half a day",
    Clash.NOT_GIVEN: "Given to somebody else, or to nobody",
    Clash.NOT_IN_SAMPLE: "No longer in the sample: take it off",
    Clash.NOT_IN_TEAM: "{name} cannot examine cases here any more: move it",
}


def day_words(day: date) -> str:
    """A day with the day of the week.

    >>> day_words(date(2015, 12, 14))
    'Monday 14 December'
    """
    return f"{day:%A} {day.day} {day:%B}"


def half_words(day: date, half: Half) -> str:
    """A half-day.

    >>> half_words(date(2015, 12, 14), Half.AM)
    'Monday 14 December, morning'
    """
    return f"{day_words(day)}, {half.called}"


def when_words(slot: Slot) -> str:
    """Day and time, or half of the day where there is no time."""
    place = slot.place
    return f"{day_words(place.day)}, {slot.starts}" if slot.starts else half_words(place.day, place.half)


def clash_words(clash: Clash, name: str, worker: str, said: Words) -> str:
    """What stands against a slot."""
    told = CLASHES[clash].format(name=name, worker=worker, inspector=said.inspector, inspectors=said.inspectors)
    return said.cap(told)


def change_words(change: Change, names: Mapping[str, str]) -> str:
    """What is different about a slot, without what it is about."""
    before, after = change.before, change.after
    if before is None and after is not None:
        return f"new: {_where(after, names)}"
    if after is None or before is None:
        return f"taken off: it was {_where(change.slot, names)}"
    if before.place == after.place:
        return f"{_where(after, names)}, {_detail(after)} (it was {_detail(before)})"
    return f"moved to {_where(after, names)} from {_where(before, names)}"


def _where(slot: Slot, names: Mapping[str, str]) -> str:
    return f"{when_words(slot)}, {names.get(slot.place.user, slot.place.user)}"


def _detail(slot: Slot) -> str:
    return ", ".join(text for text in (slot.starts, slot.room) if text) or "without time and room"


def cell_value(place: Place) -> str:
    """A cell of the grid, as a button sends it."""
    return f"{place.day.isoformat()}|{place.half}|{place.user}"


def cell_of(text: str) -> Place | None:
    """The cell that a button sent; nothing where that is none."""
    day, _, rest = text.partition("|")
    half, _, user = rest.partition("|")
    try:
        return Place(user, date.fromisoformat(day), Half(half)) if user else None
    except ValueError:
        return None
