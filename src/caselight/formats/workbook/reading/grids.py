"""The cells of a workbook, sheet by sheet, as calamine reads them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caselight.formats.workbook.reading.container import Opened
from caselight.formats.workbook.reading.scanned import SheetScan
from caselight.method.faults import Fault, Place, quoted, stop

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True)
class Grid:
    """One sheet; rows and columns count from 0."""

    file: str
    name: str
    rows: list[list[Cell]]
    scan: SheetScan

    def at(self, row: int, column: int) -> Cell:
        """The value of a cell; an empty text for one that is not there."""
        line = self.rows[row] if 0 <= row < len(self.rows) else []
        return line[column] if 0 <= column < len(line) else ""

    def text(self, row: int, column: int) -> str:
        """The text of a cell that Caselight wrote itself."""
        value = self.at(row, column)
        return value.strip() if isinstance(value, str) else ""

    def first(self, wanted: str, most: int = 40) -> int | None:
        """The first row whose first cell says this."""
        return next((row for row in range(min(len(self.rows), most)) if self.text(row, 0) == wanted), None)

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a cell: file, sheet, and the cell as a spreadsheet program names it."""
        file = f"{self.file} [{self.name}]"
        return Place(file) if row is None or column is None else Place(file, None, f"{letters(column)}{row + 1}")


def letters(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def grids(file: Opened) -> Mapping[str, Grid]:
    """Every sheet by name. Raises Faults for a file that cannot be read."""
    return dict(_read(file))


def _read(file: Opened) -> Iterator[tuple[str, Grid]]:
    from python_calamine import CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.data)) as book:
            for name in book.sheet_names:
                if name in file.sheets:
                    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                    yield name, Grid(file.name, name, rows, file.sheets[name])
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as wrong:  # noqa: BLE001 - a panic of the reader is no Exception, and a file may cause one
        says = f"{quoted(file.name)} is damaged and cannot be read: {quoted(wrong)}."
        cure = "Open it in a spreadsheet program, save it again, and send that."
        stop(Fault("workbook.broken", (file.name,), says, cure, place=Place(file.name)))
