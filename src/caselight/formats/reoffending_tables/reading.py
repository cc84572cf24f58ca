"""A file of published figures to values: which layout it has, and every figure in it with its cell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from caselight.formats.files import read_bytes, read_text
from caselight.formats.reoffending_tables import own
from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.collecting import Collected, csv_rows
from caselight.formats.reoffending_tables.dashes import declared, is_dash
from caselight.formats.reoffending_tables.for_people import read_for_people
from caselight.formats.reoffending_tables.lists import read_list
from caselight.formats.reoffending_tables.long import read_long
from caselight.method.faults import Fault, Findings, Place, Severity, refuse
from caselight.method.reoffending.cited import Comparator
from caselight.method.reoffending.published import Published

LARGEST_BOOK = 60_000_000  # bytes
LARGEST_CSV = 20_000_000
Row = Sequence[object]
Reader = Callable[[Sequence[Row], Collected], bool]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: published cells, or comparators of our own layout; and what to know of them."""

    sha256: str
    cells: tuple[Published, ...]
    comparators: tuple[Comparator, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_published(path: Path, about: About) -> Read:
    """Every published figure of a file. Raises all its faults at once where one is an error.

    A workbook (.xlsx, .ods) is read sheet by sheet: lists first, then tables for people. A CSV is a list, a long table
    with one number a row, or comparators of our own.
    """
    if path.suffix.lower() == ".csv":
        text = read_text(path, path.name, LARGEST_CSV)
        return _csv(path.name, text, about)
    data = read_bytes(path, path.name, LARGEST_BOOK)
    return _workbook(path.name, data, about)


def _workbook(name: str, data: bytes, about: About) -> Read:
    from caselight.formats.workbook.reading.container import opened_bytes
    from caselight.formats.workbook.reading.grids import grids

    found, digest = Findings(), hashlib.sha256(data).hexdigest()
    cells: list[Published] = []
    sheets = grids(opened_bytes(name, data))
    dashes = {sheet: declared(grid.rows, sheet) for sheet, grid in sheets.items()}
    for sheet, grid in sheets.items():
        into = Collected(name, digest, about, found, sheet)
        if any(map(is_dash, chain.from_iterable(grid.rows))):
            into.learn(grid.rows, chain.from_iterable(dashes.values()))
        if read_list(grid.rows, into) or read_for_people(grid.rows, into):
            cells += into.cells.values()
    return _read(name, digest, cells, found)


def _csv(name: str, text: str, about: About) -> Read:
    found, digest = Findings(), hashlib.sha256(text.encode()).hexdigest()
    rows = csv_rows(text, name)
    if rows and {"key", "measure", "cohort_from"} <= set(rows[0]):
        return _own(name, digest, rows, found)
    into = Collected(name, digest, about, found)
    if any(map(is_dash, chain.from_iterable(rows))):
        into.learn(rows)
    if not read_long(rows, into):
        read_list(rows, into)
    return _read(name, digest, list(into.cells.values()), found)


def _own(name: str, digest: str, rows: Sequence[Sequence[str]], found: Findings) -> Read:
    comparators = []
    for number, cells in enumerate(rows[1:], 2):
        row = dict.fromkeys(own.COLUMNS, "") | dict(zip(rows[0], cells, strict=False))
        if any(cells):
            comparators.append(own.comparator_of(row, _teller(name, number, found)))
    read = _read(name, digest, [one.cell for one in comparators], found)
    return Read(read.sha256, read.cells, tuple(comparators), read.faults)


def _teller(name: str, number: int, found: Findings) -> own.Tell:
    def tell(column: str, says: str, cure: str) -> None:
        found.add(Fault("reoffending.bad-cell", (name, number, column), says, cure, place=Place(name, number, column)))

    return tell


def _read(name: str, digest: str, cells: Sequence[Published], found: Findings) -> Read:
    if not cells and not any(fault.severity is Severity.ERROR for fault in found.all()):
        says = "No table of published reoffending figures was found in the file."
        cure = "It needs a list with cohort, area, offenders and reoffenders, or a table with cohorts across."
        found.add(Fault("reoffending.no-table", (name,), says, cure, place=Place(name)))
    refuse(found.all())
    return Read(digest, tuple(cells), (), tuple(found.all()))
