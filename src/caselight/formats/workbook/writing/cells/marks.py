"""What a sheet says of itself in its first, hidden row, and the row that names its columns: how reading knows it."""

from __future__ import annotations

from typing import Any

from caselight.formats.workbook.book import SCHEMA, Meta
from caselight.formats.workbook.writing.cells.pen import Pen

COVER, SUBJECT, TABLE, RECORD = "cover", "subject", "table", "record"
KEYS = "keys"


def mark(pen: Pen, sheet: Any, sort: str, meta: Meta, about: tuple[str, ...] = ()) -> None:
    """The first row: the schema, the sort of sheet, the workbook, the framework's digest, and whom it is about."""
    for column, text in enumerate((SCHEMA, sort, meta.id, meta.digest, *about)):
        pen.text(sheet, (0, column), text, "quiet")
    sheet.set_row(0, None, None, {"hidden": True})


def keys(pen: Pen, sheet: Any, row: int, names: tuple[str, ...]) -> None:
    """A hidden row that says in every column what stands there."""
    for column, text in enumerate((KEYS, *names)):
        pen.text(sheet, (row, column), text, "quiet")
    sheet.set_row(row, None, None, {"hidden": True})
