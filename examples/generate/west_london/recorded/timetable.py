"""Who saw whom, and when: five inspectors, Monday lunchtime to Wednesday midday, seven slots for cases each.

A case manager's cases lie beside each other with one inspector as far as they can, and the interview with that
inspector too. December in London is on UTC, so the hours of the day are those of the events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from caselight.method.inspection.package import Table

INSPECTORS = ("lead", "insp-a", "insp-b", "insp-c", "insp-d")
DEVICES = {key: f"laptop-{number}" for number, key in enumerate(INSPECTORS, start=1)}
CASE_SLOTS = ((14, 13, 0), (14, 15, 0), (15, 9, 0), (15, 11, 0), (15, 13, 40), (15, 15, 40), (16, 9, 0))
INTERVIEW_SLOTS = ((14, 17, 10), (15, 13, 5), (15, 17, 45), (16, 11, 10), (16, 11, 40))


class Slot(NamedTuple):
    """One meeting: with whom, about whom, from when."""

    inspector: str
    start: datetime
    kind: str
    subject: str
    manager: str


def timetable(managed_by: Mapping[str, str], managers: Iterable[str]) -> tuple[Slot, ...]:
    """A slot for every case and every case manager, in the order of time and inspector."""
    cases = sorted(managed_by, key=lambda case: (managed_by[case], case))
    slots = [(inspector, slot) for inspector in INSPECTORS for slot in CASE_SLOTS]
    seen = [
        Slot(who, _at(slot), "case", case, managed_by[case]) for case, (who, slot) in zip(cases, slots, strict=False)
    ]
    met = {slot.manager: slot.inspector for slot in reversed(seen)}
    free = {inspector: list(INTERVIEW_SLOTS) for inspector in INSPECTORS}
    for manager in managers:
        inspector = met[manager] if free[met[manager]] else max(free, key=lambda name: len(free[name]))
        seen.append(Slot(inspector, _at(free[inspector].pop(0)), "interview", manager, manager))
    return tuple(sorted(seen, key=lambda slot: (slot.start, slot.inspector)))


def _at(slot: tuple[int, int, int]) -> datetime:
    day, hour, minute = slot
    return datetime(2015, 12, day, hour, minute, tzinfo=UTC)


def as_table(slots: Iterable[Slot]) -> Table:
    """The timetable as ``interviews.csv`` carries it."""
    rows = tuple(
        (
            slot.start.strftime("%Y-%m-%d"),
            slot.start.strftime("%H:%M"),
            slot.inspector,
            slot.kind,
            slot.subject,
            slot.manager,
        )
        for slot in slots
    )
    return Table(("date", "start", "inspector", "kind", "subject_key", "case_manager"), rows)
