"""The hidden sheet that remembers what every cell said when the workbook was written, and which answers stood there."""

from __future__ import annotations

from typing import Any

from caselight.formats.workbook.book import FIELDS, SEPARATOR, Book, Record
from caselight.formats.workbook.writing.cells import marks
from caselight.formats.workbook.writing.cells.pen import Pen

SHEET = "Record"
META = ("inspection", "framework", "version", "digest", "layout", "pass_", "language", "kind", "id")
COLUMNS = ("kind", "key", "row_key", "item", "bases", "locked", "contested", "action_id", *FIELDS)
SUBJECT = "subject"  # the item of a line that only says that a subject or a row is there
PART = 30_000  # characters of a cell that holds bases: several answers may stand in one place


def write_record(pen: Pen, book: Book) -> None:
    """Everything that reading back compares with."""
    sheet: Any = pen.sheet(SHEET)
    marks.mark(pen, sheet, marks.RECORD, book.meta)
    for row, name in enumerate(META, 1):
        pen.text(sheet, (row, 0), name)
        pen.text(sheet, (row, 1), str(getattr(book.meta, name)))
    row = len(META) + 2
    for column, name in enumerate((marks.KEYS, *COLUMNS)):
        pen.text(sheet, (row, column), name, "heading")
    for record in book.everyone():
        row = _subject(sheet, row + 1, record)
    sheet.protect("")
    sheet.hide()


def _subject(sheet: Any, row: int, record: Record) -> int:
    lines = [(SUBJECT, "", "yes" if record.free else "", "", record.managed_by, record.label, *[""] * 8)]
    for item, entry in sorted(record.entries.items()):
        texts = (entry.texts.get(name, "") for name in FIELDS)
        contested = "yes" if entry.contested else ""
        lines.append((item, SEPARATOR.join(entry.bases)[:PART], entry.locked, contested, entry.action, *texts))
    for at, line in enumerate(lines, row):
        for column, text in enumerate((*record.address, *line), 1):
            if text:
                sheet.write_string(at, column, text)
        row = at
    return row
