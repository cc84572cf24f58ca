"""Rows as CSV text, the same bytes everywhere: UTF-8, commas, line feeds, quotation marks only where needed.

Not the standard library's writer: what it quotes has changed between versions of Python. Values are written as they
are, formulas included, because this is the record; tables for spreadsheets are made safe where they are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caselight.formats.package.layout import LONGEST_CELL
from caselight.method.faults import Fault, Faults, Place

_QUOTED = re.compile('[",\r\n]')


def csv_bytes(file: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One table. Raises Faults for a cell that could not be read back."""
    lines = [_line(columns)]
    for number, row in enumerate(rows, 2):
        line = _line(row)
        if "\0" in line or len(line) > LONGEST_CELL:
            _refuse(file, columns, number, row)
        lines.append(line)
    try:
        return "".join(lines).encode()
    except UnicodeEncodeError:
        raise Faults([_unwritable(file, None, None, "holds half a character")]) from None


def _line(row: Sequence[str]) -> str:
    if len(row) == 1 and not row[0]:
        return '""\n'  # an empty line would be no row
    text = ",".join(row)
    if '"' in text or "\n" in text or "\r" in text or text.count(",") != len(row) - 1:
        text = ",".join('"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in row)
    return text + "\n"


def _refuse(file: str, columns: Sequence[str], number: int, row: Sequence[str]) -> None:
    for column, cell in zip(columns, row, strict=True):
        if "\0" in cell:
            raise Faults([_unwritable(file, number, column, "holds a NUL character")])
        if len(cell) > LONGEST_CELL:
            raise Faults([_unwritable(file, number, column, f"has more than {LONGEST_CELL:,} characters")])


def _unwritable(file: str, number: int | None, column: str | None, why: str) -> Fault:
    says = f"A value cannot be written, because it {why}."
    return Fault("package.unwritable-value", (file,), says, "Correct the value.", place=Place(file, number, column))


def joined(file: str, items: Sequence[str]) -> str:
    """A list in a cell: ``a|b``. Raises Faults for an item that would come back as two."""
    if any("|" in item for item in items) or tuple(items) == ("",):
        says = "An item of a list is empty or holds the character | that stands between items."
        raise Faults([Fault("package.unwritable-value", (file,), says, "Correct the value.", place=Place(file))])
    return "|".join(items)
