"""The columns of a folder's tables, in the order in which they came: which facts and unknown columns stand where.

What a table says does not hang on it, but a folder that nobody touched comes out as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from caselight.formats.files import write_whole
from caselight.formats.package.reading.csv_rows import CsvRows
from caselight.formats.package.writing.csv_text import csv_bytes
from caselight.method.faults import Findings


def columns_of(folder: Path, file: str) -> tuple[str, ...]:
    """The columns of one table. Raises ``Faults`` where it has none that can be read."""
    rows = CsvRows(folder / file, file, Findings())
    next(rows.read(None), None)
    return rows.header


def as_they_came(folder: Path, tables: Mapping[str, Sequence[str]]) -> None:
    """Put the columns of tables just written into the order in which they came.

    A column that came empty comes back; one that did not come and says nothing goes; one that says something new stays,
    at the end.
    """
    for file, came in tables.items():
        written = columns_of(folder, file)
        if written != tuple(came):
            _reorder(folder, file, written, came)


def _reorder(folder: Path, file: str, written: Sequence[str], came: Sequence[str]) -> None:
    body = [tuple(row) for _, row in CsvRows(folder / file, file, Findings()).read(None)]
    used = [any(cells) for cells in zip(*body, strict=True)] if body else [False] * len(written)
    new = [column for column, says in zip(written, used, strict=True) if says and column not in came]
    places = [written.index(column) if column in written else -1 for column in (*came, *new)]
    rows = (["" if place < 0 else row[place] for place in places] for row in body)
    write_whole(folder / file, csv_bytes(file, (*came, *new), rows))
