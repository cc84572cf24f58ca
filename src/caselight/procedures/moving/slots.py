"""The timetable on its way out: the slots of the store as rows of ``interviews.csv``, which folders carry."""

from __future__ import annotations

from dataclasses import replace

from caselight.method.inspection.package import Package, Table
from caselight.store.reports.signers import signs_as
from caselight.store.samples.timetable.reading import timetable_of
from caselight.store.samples.timetable.values import Slot

FILE = "interviews.csv"
COLUMNS = ("date", "start", "inspector", "kind", "subject_key", "case_manager", "half", "room")
SUBJECT = ("kind", "subject_key")


def with_slots(key: str, package: Package) -> Package:
    """The package with the slots as they are planned, but for cancelled ones; a package without any is as it was.

    A row that the folder brought stays where the store has no slot about the same case or worker.
    """
    slots = timetable_of(key).live
    if not slots:
        return package
    came = package.tables.get(FILE, Table((), ()))
    columns = (*came.columns, *(column for column in COLUMNS if column not in came.columns))
    placed = {one.subject for one in slots}
    kept = [dict(zip(came.columns, row, strict=True)) for row in came.rows]
    kept = [row for row in kept if tuple(row.get(name, "") for name in SUBJECT) not in placed]
    rows = [*kept, *(_row(key, one) for one in slots)]
    table = Table(columns, tuple(tuple(row.get(column, "") for column in columns) for row in rows))
    return replace(package, tables={**package.tables, FILE: table})


def _row(key: str, slot: Slot) -> dict[str, str]:
    """One slot; the inspector by the key that the team knows them by."""
    return {
        "date": slot.place.day.isoformat(), "start": slot.starts, "inspector": signs_as(key, slot.place.user),
        "kind": slot.kind, "subject_key": slot.key, "case_manager": slot.worker, "half": slot.place.half.value,
        "room": slot.room,
    }  # fmt: skip
