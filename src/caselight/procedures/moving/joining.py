"""What a package adds to an inspection that the store has already, and where the two contradict each other.

Answers are added, as are what hangs on them (locators, excerpts, what was taken over) and what was agreed or accepted
beside them. A row that both have must be the same. Everything else (the caseload, the sample, the letter, the files)
changes only in the store: there a difference is a fault, and nothing is brought in. What only the store has stays.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from caselight.formats.package import layout
from caselight.formats.package.layout import Layout
from caselight.method.answers.events import AnswerEvent
from caselight.method.faults import Fault, Place, quoted
from caselight.method.inspection.package import Package, Table

GROWING: Mapping[Layout, Callable[[Any], Hashable]] = {
    layout.LOCATORS: lambda row: row,
    layout.EXCERPTS: lambda row: row.key,
    layout.MIGRATED: lambda row: row.op_id,
    layout.COMPARATORS: lambda row: row.key,
    layout.ACTIONS: lambda row: row.id,
    layout.ACCEPTED: lambda row: (row.claim, row.language),
}
SETTLED = (layout.SUBJECTS, layout.CASELOAD, layout.SAMPLE, layout.SAMPLING, layout.EXTERNAL, layout.HOLIDAYS)
_CURE = "Take the inspection out of the store and go on with that, or make the change in the store."


def added(package: Package, stored: Package) -> Package:
    """The same package with only the rows that the store does not have yet, and the events that they belong to."""
    there = {event.op_id: event for event in stored.events}
    rows: dict[str, Any] = {
        of.section: tuple(_new(getattr(package, of.section), getattr(stored, of.section), key))
        for of, key in GROWING.items()
    }
    named = {row.op_id for row in (*rows[layout.LOCATORS.section], *rows[layout.EXCERPTS.section])}
    rows["events"] = tuple(
        event for event in package.events if event.op_id in named or not _same(event, there.get(event.op_id))
    )
    extra = {
        file: Table(table.columns, tuple(_new(table.rows, _rows(stored, file), lambda row: row)))
        for file, table in package.extra.items()
    }
    return replace(package, **rows, extra={file: table for file, table in extra.items() if table.rows})


def _same(event: AnswerEvent, before: AnswerEvent | None) -> bool:
    """Whether the store has this event: what its recorder sent is the same, whenever it was received."""
    if before is None:
        return False
    if not event.payload_sha256:
        return event == before._replace(payload_sha256="")
    return event.payload_sha256 == before.payload_sha256


def joining_faults(package: Package, stored: Package) -> Iterator[Fault]:
    """Everything in which a package contradicts what the store has of the same inspection."""
    if package.inspection.framework != stored.inspection.framework or package.framework != stored.framework:
        says = "The package is pinned to another framework than the inspection in the store."
        cure = "Move the inspection to the other framework in the store first, or take it out and go on with that."
        yield Fault("store.framework-moved", ("framework",), says, cure, place=Place(layout.INSPECTION))
        return
    for file in _settled_that_differ(package, stored):
        yield _differs(file)
    for of, key in GROWING.items():
        yield from _contradicting(of, package, stored, key)
    yield from _unknown_columns(package, stored)


def _settled_that_differ(package: Package, stored: Package) -> Iterator[str]:
    """The files that change only in the store and are not alike."""
    if package.inspection != stored.inspection:
        yield layout.INSPECTION
    yield from (of.file for of in SETTLED if getattr(package, of.section) != getattr(stored, of.section))
    yield from _unlike(package.tables, stored.tables)
    for language in _unlike(package.letters, stored.letters):
        yield layout.letter_file(language, stored.inspection.languages)


def _unlike(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    return (name for name in sorted({*one, *other}) if one.get(name) != other.get(name))


def file_faults(files: Mapping[str, bytes], stored: Mapping[str, bytes]) -> Iterator[Fault]:
    """A fault for each kept file that differs, is missing, or is not in the store. The seal is renewed by itself."""
    for name in _unlike(files, stored):
        if name != layout.SEAL:
            yield _differs(name)


def _new(rows: Iterable[Any], there: Iterable[Any], key: Callable[[Any], Hashable]) -> Iterator[Any]:
    known = {key(row) for row in there}
    return (row for row in rows if key(row) not in known)


def _rows(package: Package, file: str) -> tuple[tuple[str, ...], ...]:
    return package.extra[file].rows if file in package.extra else ()


def _contradicting(of: Layout, package: Package, stored: Package, key: Callable[[Any], Hashable]) -> Iterator[Fault]:
    there = {key(row): row for row in getattr(stored, of.section)}
    for index, row in enumerate(getattr(package, of.section)):
        if there.get(key(row), row) != row:
            says = f"A row of {of.file} says something else than the same row in the store: {quoted(_name(key(row)))}."
            yield Fault("store.row-differs", (of.section, index), says, _CURE, place=Place(of.file))


def _name(key: Hashable) -> str:
    return " ".join(key) if isinstance(key, tuple) else str(key)


def _unknown_columns(package: Package, stored: Package) -> Iterator[Fault]:
    """Columns that nobody knows: of a table that grows they must be the same columns, of another the same cells."""
    growing = {of.file for of in (*GROWING, layout.ANSWERS)}
    for file in sorted({*package.extra, *stored.extra}):
        ours, theirs = stored.extra.get(file), package.extra.get(file)
        width = next(len(of.key) for of in layout.TABLES if of.file == file)
        if ours is None or theirs is None or ours.columns != theirs.columns:
            same = False
        elif file in growing:
            there = {row[:width]: row for row in ours.rows}
            same = all(there.get(row[:width], row) == row for row in theirs.rows)
        else:
            same = ours == theirs
        if not same:
            yield _differs(file)


def _differs(file: str) -> Fault:
    says = f"{file} is not as the store has it."
    return Fault("store.file-differs", (file,), says, _CURE, place=Place(file))
