"""What a cell may hold: yes or no, dates, numbers, lists joined by ``|``. Every wrong cell is a fault with its place.

A wrong cell becomes an empty value and the row stays, so that what depends on the row can still be checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from caselight.formats.package.layout import FORMULA
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, Findings, Place, Severity, quoted

FLAGS = {"yes": True, "no": False, "": False}
_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def listed(cell: str) -> tuple[str, ...]:
    """The items of a list in a cell: ``a|b``; an empty cell is an empty list."""
    return tuple(cell.split("|")) if cell else ()


class Cells:
    """Turns the cells of one table into values and notes what cannot be turned."""

    def __init__(self, file: str, found: Findings) -> None:
        self.file, self.found = file, found

    def flag(self, row: int, column: str, cell: str) -> bool:
        """``yes`` or ``no``; empty is no."""
        if cell not in FLAGS:
            says = f"{quoted(cell)} is neither yes nor no."
            self.note(Fault("package.bad-flag", (), says, "Write yes or no."), row, column)
        return FLAGS.get(cell, False)

    def day(self, row: int, column: str, cell: str) -> date | None:
        """A date as year-month-day; empty is not known."""
        value = day(cell)
        if cell and value is None:
            says = f"{quoted(cell)} is not a date that can be."
            self.note(Fault("package.bad-date", (), says, "Write dates as 2015-12-14."), row, column)
        return value

    def whole(self, row: int, column: str, cell: str) -> int:
        """A whole number from nought."""
        if not _WHOLE.fullmatch(cell):
            says = f"{quoted(cell)} is not a whole number."
            self.note(Fault("package.bad-number", (), says, "Write digits only."), row, column)
            return 0
        return int(cell)

    def number(self, row: int, column: str, cell: str) -> Decimal | None:
        """A decimal number with a point; empty is not known."""
        if cell and not _NUMBER.fullmatch(cell):
            says = f"{quoted(cell)} is not a number."
            cure = "Write digits with a decimal point, without a per cent sign: 43.6."
            self.note(Fault("package.bad-number", (), says, cure), row, column)
            return None
        return Decimal(cell) if cell else None

    def note(self, fault: Fault, row: int, column: str) -> None:
        """Keep a fault of one cell, with its place."""
        self.found.add(fault.at(Place(self.file, row, column)))

    def formulas(self, row: int, columns: Sequence[str], cells: Sequence[str]) -> None:
        """A warning for each cell that a spreadsheet program would take for a formula. The value is kept as it is."""
        for column, cell in zip(columns, cells, strict=False):
            if cell.startswith(FORMULA) and not _NUMBER.fullmatch(cell):
                says = f"{quoted(cell)} begins as a formula does, and a spreadsheet program may run it."
                cure = "Write it so that it begins with a letter; what Caselight writes for spreadsheets is made safe."
                self.note(Fault("package.formula-cell", (), says, cure, Severity.WARNING), row, column)
