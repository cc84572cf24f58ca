"""A plain list as CSV or XLSX: a heading and rows, for whoever works on in a spreadsheet.

No text is ever run as a formula: in CSV it begins with an apostrophe, in XLSX it is written as text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from caselight.formats.tables.csvw import FORMULA_SIGNS

Plain = str | int | float | Decimal | date | None
SIGNS = (*FORMULA_SIGNS, "\t", "\r", "\n")  # a spreadsheet may drop these and read on
WIDEST = 60  # characters of a column


@dataclass(frozen=True, slots=True)
class Listed:
    """What is written: a title, the names of the columns and the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]


def listing_csv(listed: Listed) -> bytes:
    """UTF-8 with a mark, so that Excel reads letters such as ŵ right; lines end as RFC 4180 says."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([_safe(name) for name in listed.head])
    writer.writerows([_safe(_iso(cell)) for cell in row] for row in listed.rows)
    return lines.getvalue().encode("utf-8-sig")


def listing_xlsx(listed: Listed) -> bytes:
    """One sheet with a frozen heading and filters; no macros, no links, no formulas."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("List")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        book.set_properties({"title": listed.title})
        for place, name in enumerate(listed.head):
            sheet.write_string(0, place, name, bold)
            longest = max([len(name), *(len(str(row[place])) for row in listed.rows)])
            sheet.set_column(place, place, min(longest + 2, WIDEST))
        for line, row in enumerate(listed.rows, 1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell, day)
        sheet.freeze_panes(1, 0)
        if listed.head:
            sheet.autofilter(0, 0, len(listed.rows), len(listed.head) - 1)
    return file.getvalue()


def _write(sheet: Any, line: int, place: int, cell: Plain, day: Any) -> None:
    if isinstance(cell, datetime):
        sheet.write_string(line, place, _iso(cell))
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, cell, day)
    elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        sheet.write_number(line, place, cell)
    elif cell not in (None, ""):
        sheet.write_string(line, place, str(cell)[:32_767])


def _iso(cell: Plain) -> Plain:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else cell


def _safe(cell: Plain) -> str | int | float | Decimal:
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.lstrip(" ").startswith(SIGNS) else text
