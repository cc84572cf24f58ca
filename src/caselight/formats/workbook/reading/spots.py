"""Where every entry cell of a completed workbook stands now: found by the names of its line and its column, not by place.

So lines may have been moved and columns inserted. What is missing, there twice or unknown is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from caselight.formats.workbook.book import FIELDS, SCHEMA, Book
from caselight.formats.workbook.reading.grids import Cell, Grid
from caselight.formats.workbook.writing.cells.marked import Spot
from caselight.formats.workbook.writing.cells.marks import KEYS, SUBJECT, TABLE
from caselight.formats.workbook.writing.table_sheet import BETWEEN
from caselight.method.faults import Fault, Severity, quoted

_CURE_LINE = "Put it back, or copy the answers into a fresh workbook; lines may be moved, but not taken out or added."


@dataclass
class Spots:
    """The cell of every entry, and what is wrong with how the sheets were left."""

    cells: dict[Spot, tuple[Grid, int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def value(self, spot: Spot) -> Cell:
        """What stands in the cell of an entry."""
        grid, row, column = self.cells[spot]
        return grid.at(row, column)


Wanted = Mapping[tuple[str, str, str], Mapping[str, tuple[str, ...]]]  # entry fields by item, by address


def find_spots(book: Book, grids: Mapping[str, Grid], wanted: Wanted) -> Spots:
    """Find the cells of the entries ``wanted`` in the sheets of a workbook."""
    found = Spots()
    seen: dict[tuple[str, str], str] = {}
    for grid in grids.values():
        top = grid.first(SCHEMA)
        if top is None or grid.text(top, 1) not in (SUBJECT, TABLE):
            continue
        if grid.text(top, 2) != book.meta.id:
            found.faults.append(_foreign(grid))
            continue
        kind, key = grid.text(top, 4), grid.text(top, 5)
        if (kind, key) in seen:
            found.faults.append(_twice(grid, seen[kind, key]))
            continue
        seen[kind, key] = grid.name
        keys = grid.first(KEYS)
        if keys is None:
            found.faults.append(_headless(grid))
        elif grid.text(top, 1) == SUBJECT:
            _lines(grid, keys, kind, key, found)
        else:
            _table(grid, keys, kind, found)
    found.faults.extend(_unknown(found, wanted))
    found.faults.extend(_missing(book, found, wanted, seen))
    return found


def _lines(grid: Grid, keys: int, kind: str, key: str, found: Spots) -> None:
    columns = {name: at for at in range(1, grid.scan.columns) if (name := grid.text(keys, at)) in FIELDS}
    for row in range(keys + 1, len(grid.rows)):
        line = grid.text(row, 0)
        if not line:
            continue
        table, _, rest = line.partition("/")
        row_key, _, item = rest.rpartition("/")
        address = (table, key, row_key) if rest else (kind, key, "")
        for name, column in columns.items():
            _take(found, (address, item if rest else line, name), (grid, row, column))


def _table(grid: Grid, keys: int, kind: str, found: Spots) -> None:
    columns = [(grid.text(keys, at), at) for at in range(1, grid.scan.columns)]
    named = [(*name.rpartition(BETWEEN)[::2], at) for name, at in columns if BETWEEN in name]
    for row in range(keys + 1, len(grid.rows)):
        key = grid.text(row, 0)
        for item, name, column in named if key else ():
            _take(found, ((kind, key, ""), item, name), (grid, row, column))


def _take(found: Spots, spot: Spot, cell: tuple[Grid, int, int]) -> None:
    if spot in found.cells:
        grid, row, column = cell
        first = found.cells[spot]
        if first[1] != row and spot[2] == "answer":
            says = f"The line of {spot[1]} is there twice: here and in row {first[1] + 1}."
            cure = "Keep the line that is right and delete the other."
            found.faults.append(Fault("workbook.line-twice", (grid.file,), says, cure, place=grid.place(row, column)))
        return
    found.cells[spot] = cell


def _unknown(found: Spots, wanted: Wanted) -> Iterator[Fault]:
    """Lines of nobody and of nothing that was written."""
    told = set()
    for (address, item, _), (grid, row, column) in found.cells.items():
        if item in wanted.get(address, {}) or (grid.name, row) in told:
            continue
        told.add((grid.name, row))
        says = f"{quoted(item)} is no line that was written for {quoted(address[1])}."
        cure = "Take the line out; questions come from the framework."
        yield Fault("workbook.unknown-line", (grid.file,), says, cure, place=grid.place(row, column))


def _missing(book: Book, found: Spots, wanted: Wanted, seen: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    rows = book.meta.layout == "rows"
    for record in book.everyone():
        items = wanted.get(record.address, {})
        parent = next((one for one in book.records if record.row_key and one.key == record.key), record)
        name = seen.get((parent.kind, "" if rows else parent.key))
        if name is None:
            if parent is record:
                yield _no_sheet(record.label, book)
            continue
        gone = [(item, field) for item, fields in items.items() for field in fields
                if (record.address, item, field) not in found.cells]  # fmt: skip
        if gone:
            yield _gone(
                name, record.label, gone, all_=len({item for item, _ in gone}) == sum(map(bool, items.values()))
            )


def _no_sheet(label: str, book: Book) -> Fault:
    says = f"The sheet of {quoted(label)} is not in the file, so nothing is read for it."
    cure = "Nothing is lost: what was recorded before stays. Send the sheet if it was filled in."
    return Fault("workbook.sheet-missing", (book.meta.id, label), says, cure, Severity.WARNING)


def _gone(sheet: str, label: str, gone: list[tuple[str, str]], *, all_: bool) -> Fault:
    items = list(dict.fromkeys(item for item, _ in gone))
    what = "every line" if all_ else ", ".join(items[:6]) + (" …" if len(items) > 6 else "")
    says = f"On the sheet {quoted(sheet)}, cells of {quoted(label)} are missing: {what}."
    return Fault("workbook.line-missing", (sheet, label), says, _CURE_LINE)


def _foreign(grid: Grid) -> Fault:
    says = f"The sheet {quoted(grid.name)} comes from another workbook."
    cure = "Send each workbook as a file of its own, with the sheets that were written into it."
    return Fault("workbook.foreign-sheet", (grid.file,), says, cure, place=grid.place())


def _twice(grid: Grid, first: str) -> Fault:
    says = f"The sheets {quoted(first)} and {quoted(grid.name)} are about the same."
    return Fault("workbook.sheet-twice", (grid.file,), says, "Keep the one that is right.", place=grid.place())


def _headless(grid: Grid) -> Fault:
    says = f"The hidden row that names the columns of {quoted(grid.name)} is gone."
    return Fault("workbook.columns-lost", (grid.file,), says, _CURE_LINE, place=grid.place())
