"""Where the cells of a subject stand: line below line on a sheet of its own, or side by side in one row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caselight.formats.workbook.formulas.looked import Formula
from caselight.formats.workbook.formulas.on_sheet import STATES
from caselight.formats.workbook.writing.cells.names import quoted
from caselight.formats.workbook.writing.cells.pen import Pen

COLUMNS = (
    "id", "text", "applies", "answer", "not_relevant", "why", "others", "note", "where", "action", "owner", "due",
    "standing",
)  # fmt: skip
WIDTHS = {
    "id": 8, "text": 40, "applies": 8, "answer": 16, "not_relevant": 18, "why": 20, "others": 18, "note": 34,
    "where": 22, "action": 24, "owner": 14, "due": 11, "standing": 15,
}  # fmt: skip
COLUMN = {name: at for at, name in enumerate(COLUMNS, 1)}
FIRST_STATE = len(COLUMNS) + 1
FIRST_SCRATCH = FIRST_STATE + len(STATES)


def _a1(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


@dataclass
class Below:
    """Line below line: every item has a row, every field a column."""

    pen: Pen
    sheet: Any
    name: str
    rows: Mapping[str, int]
    looks: dict[str, str] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    def cell(self, item: str, column: str) -> tuple[int, int]:
        """Row and column of one field."""
        return self.rows[item], COLUMN[column]

    def entry(self, item: str, field: str) -> str:
        """An entry cell, or a visible cell of a line."""
        return self._named(*self.cell(item, field))

    def state(self, item: str, name: str) -> str:
        """A state of a line."""
        return self._named(self.rows[item], FIRST_STATE + STATES.index(name))

    def scratch(self, item: str) -> str:
        """The next free cell beside a line."""
        column = self._next[item] = self._next.get(item, FIRST_SCRATCH - 1) + 1
        return self._named(self.rows[item], column)

    def _named(self, row: int, column: int) -> str:
        return _a1(row, column)

    def put(self, cell: str, formula: Formula) -> None:
        """Write a formula into a cell."""
        from xlsxwriter.utility import xl_cell_to_rowcol

        row, column = xl_cell_to_rowcol(cell)
        look = {COLUMN["answer"]: "computed", COLUMN["applies"]: "centre", COLUMN["standing"]: "cell"}
        self.pen.formula(self.sheet, (row, column), formula, look.get(column, "quiet"))

    def elsewhere(self, item: str, name: str) -> str:
        """A state, as a formula on another sheet names it."""
        return f"{quoted(self.name)}!{self.state(item, name)}"


@dataclass
class Beside:
    """Side by side: every subject has a row, every field of every item a column."""

    pen: Pen
    sheet: Any
    name: str
    row: int
    columns: Mapping[tuple[str, str], int]
    first_scratch: int
    _next: int = 0

    def cell(self, item: str, column: str) -> tuple[int, int]:
        """Row and column of one field."""
        return self.row, self.columns[item, column]

    def entry(self, item: str, field: str) -> str:
        """An entry cell or the cell of a computed answer; empty where this layout has none."""
        column = self.columns.get((item, field))
        return "" if column is None else _a1(self.row, column)

    def state(self, item: str, name: str) -> str:
        """A state of an item."""
        return _a1(self.row, self.columns[item, f"state:{name}"])

    def scratch(self, item: str) -> str:
        """The next free cell of the row."""
        del item
        self._next += 1
        return _a1(self.row, self.first_scratch + self._next - 1)

    def put(self, cell: str, formula: Formula) -> None:
        """Write a formula into a cell."""
        from xlsxwriter.utility import xl_cell_to_rowcol

        row, column = xl_cell_to_rowcol(cell)
        shown = any(at == column and not name.startswith("state:") for (_, name), at in self.columns.items())
        self.pen.formula(self.sheet, (row, column), formula, "computed" if shown else "quiet")

    def elsewhere(self, item: str, name: str) -> str:
        """A state, as a formula on another sheet names it."""
        return f"{quoted(self.name)}!{self.state(item, name)}"
