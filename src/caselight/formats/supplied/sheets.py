"""The cells of a file that somebody sent, as plain texts: days as year-month-day, numbers as people write them.

CSV in UTF-8, UTF-16 or the usual Windows alphabet, with commas, semicolons or tabs; XLSX and ODS as workbooks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caselight.method.faults import Fault, stop

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 250, 2_000
SEPARATORS = ",;\t|"
Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name (empty in a CSV) and its rows, each as long as it is."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def sheets_of(name: str, data: bytes) -> tuple[Sheet, ...]:
    """The tables of a file that hold anything. Raises ``caseload.file-…`` for one that cannot be read."""
    found = _workbook(name, data) if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else (Sheet("", _csv(data)),)
    full = tuple(sheet for sheet in found if any(any(row) for row in sheet.rows))
    if not full:
        stop(Fault("caseload.file-empty", ("file",), "The file holds no rows.", "Check that it is the right file."))
    for sheet in full:
        if len(sheet.rows) > MOST_ROWS + 50 or max(map(len, sheet.rows)) > MOST_COLUMNS:
            says = f"A table of the file has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns."
            stop(Fault("caseload.file-too-large", ("file",), says, "Send only the cases of this inspection."))
    return full


def text_of(cell: Cell) -> str:
    """A cell as a text.

    >>> text_of(15.0), text_of(datetime(2016, 1, 12)), text_of(True), text_of("  two   words ")
    ('15', '2016-01-12', 'yes', 'two words')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = cell.isoformat() if isinstance(cell, date | time) else str(cell)
    return " ".join(text.replace("\0", " ").split())[:LONGEST_CELL]


def _workbook(name: str, data: bytes) -> tuple[Sheet, ...]:
    from caselight.formats.workbook.reading.container import opened_bytes
    from caselight.formats.workbook.reading.grids import grids

    read = grids(opened_bytes(name, data))
    return tuple(Sheet(one.name, _rows(one.rows)) for one in read.values())


def _csv(data: bytes) -> tuple[tuple[str, ...], ...]:
    text = _decoded(data)
    lines = text.splitlines()[:20]
    sign = max(SEPARATORS, key=lambda one: sum(line.count(one) for line in lines))
    try:
        return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        says = "The file is neither a workbook nor a CSV that can be read."
        stop(Fault("caseload.file-unreadable", ("file",), says, "Save the list as .xlsx or .csv, and send that."))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4_000]:
        says = "The file is neither a workbook nor a CSV."
        stop(Fault("caseload.file-unreadable", ("file",), says, "Save the list as .xlsx or .csv, and send that."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """Rows as texts without the empty cells and rows at their end; no more than can be used."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        texts = [text_of(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        found.append(tuple(texts))
        if len(found) > MOST_ROWS + 2_000:
            break
    while found and not found[-1]:
        found.pop()
    return tuple(found)
