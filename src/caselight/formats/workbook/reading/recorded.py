"""What a workbook says of itself: for which inspection it was made, what its cells said, which answers stood there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from caselight.formats.workbook.book import FIELDS, SCHEMA, SEPARATOR, Book, Entry, Meta, Record
from caselight.formats.workbook.reading.container import CURE_NOT_OURS
from caselight.formats.workbook.reading.grids import Grid
from caselight.formats.workbook.writing.cells.marks import KEYS, RECORD
from caselight.formats.workbook.writing.record import COLUMNS, META, SUBJECT
from caselight.method.faults import Fault, Place, quoted, stop

_CURE = "Begin from a fresh workbook, or send the file as it was before the hidden sheet was changed."


@dataclass
class _Found:
    label: str
    managed_by: str
    free: bool
    entries: dict[str, Entry]


def read_record(file: str, grids: Mapping[str, Grid]) -> Book:
    """The book as it was written. Raises Faults for a workbook that is not ours, or whose memory was damaged."""
    marked = [grid for grid in grids.values() if grid.text(0, 0) == SCHEMA and grid.text(0, 1) == RECORD]
    if len(marked) != 1:
        several = "more than one Caselight workbook" if marked else "no Caselight workbook"
        says = f"{quoted(file)} is {several}: the hidden sheet Record is {'there twice' if marked else 'not in it'}."
        stop(Fault("workbook.not-ours", (file,), says, CURE_NOT_OURS, place=Place(file)))
    grid = marked[0]
    meta = _meta(grid)
    start = grid.first(KEYS)
    if start is None or any(grid.text(start, at) != name for at, name in enumerate(COLUMNS, 1)):
        _damaged(grid, "its columns are not those that were written")
    found = _lines(grid, start or 0)
    book = Book(meta, _records(found))
    if book.identified().meta.id != meta.id:
        _damaged(grid, "it is not what was written")
    return book


def _meta(grid: Grid) -> Meta:
    told = {grid.text(row, 0): grid.text(row, 1) for row in range(1, len(META) + 1)}
    if set(told) != set(META):
        _damaged(grid, "it does not say what it is for")
    return Meta(**told)


def _lines(grid: Grid, start: int) -> dict[tuple[str, str, str], _Found]:
    found: dict[tuple[str, str, str], _Found] = {}
    for row in range(start + 1, len(grid.rows)):
        kind, key, row_key, item, bases, locked, contested, action = (_raw(grid, row, at) for at in range(1, 9))
        texts = {name: text for at, name in enumerate(FIELDS, 9) if (text := _raw(grid, row, at))}
        address = (kind, key, row_key)
        if item == SUBJECT:
            found[address] = _Found(_raw(grid, row, 9), _raw(grid, row, 8), locked == "yes", {})
        elif address in found:
            entry = Entry(texts, tuple(bases.split(SEPARATOR)) if bases else (), locked, contested == "yes", action)
            found[address].entries[item] = entry
        elif kind:
            _damaged(grid, "lines are missing")
    return found


def _raw(grid: Grid, row: int, column: int) -> str:
    value = grid.at(row, column)
    return value if isinstance(value, str) else ""


def _records(found: Mapping[tuple[str, str, str], _Found]) -> tuple[Record, ...]:
    """Subjects in the order written, and behind each the rows that were found in it, which follow it."""
    records: list[Record] = []
    for (kind, key, row_key), line in found.items():
        record = Record(kind, key, line.label, line.managed_by, row_key, line.free, line.entries)
        if not row_key:
            records.append(record)
        elif records and records[-1].key == key:
            rows = dict(records[-1].found)
            rows[kind] = (*rows.get(kind, ()), record)
            records[-1] = replace(records[-1], found=rows)
    return tuple(records)


def _damaged(grid: Grid, why: str) -> None:
    says = f"The hidden sheet {quoted(grid.name)}, which remembers what the workbook said, was changed: {why}."
    stop(Fault("workbook.record-damaged", (grid.file,), says, _CURE, place=grid.place()))
