"""The hidden sheet of drop-down lists, holidays and their years. Anybody may show it; nothing on it is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from caselight.formats.workbook.formulas.on_sheet import LIST_STARTS
from caselight.formats.workbook.lists import Choices
from caselight.formats.workbook.writing.cells.pen import Pen

SHEET = "Lists"


class Shelf:
    """Lists in columns, each written once; gives the ranges that formulas and drop-downs name."""

    def __init__(self, lists: Mapping[str, Choices], holidays: Mapping[int, tuple[date, ...]]) -> None:
        self.lists = lists
        self._columns: list[tuple[str, Sequence[str | date | int]]] = []
        self._ranges: dict[tuple[str, ...], str] = {}
        days = sorted(day for year in holidays.values() for day in year)
        self.holidays = (self._take("Holidays", days), self._take("Years with holidays", sorted(holidays)))

    def labels(self, name: str) -> str:
        """The range of the labels of a list."""
        return self.range_of(name, self.lists[name].labels)

    def why(self, question: str) -> tuple[str, str, str]:
        """The reasons for No, what was good, and both, as ranges; an empty text for a list with nothing in it."""
        reasons, good = self.lists[f"reasons:{question}"].labels, self.lists[f"good:{question}"].labels
        if not reasons and not good:
            return "", "", ""
        both = self.range_of(f"why:{question}", (*reasons, *good))
        column = both.split("$")[1]
        first = LIST_STARTS + 1
        middle, last = first + len(reasons), first + len(reasons) + len(good)
        return _range(column, first, middle - 1), _range(column, middle, last - 1), both

    def range_of(self, name: str, labels: tuple[str, ...]) -> str:
        """The range of some labels, which get a column when they are first asked for."""
        if labels not in self._ranges:
            self._ranges[labels] = self._take(name, labels)
        return self._ranges[labels]

    def _take(self, name: str, entries: Sequence[str | date | int]) -> str:
        from xlsxwriter.utility import xl_col_to_name

        self._columns.append((name, entries))
        column = xl_col_to_name(len(self._columns) - 1)
        return _range(column, LIST_STARTS + 1, LIST_STARTS + max(len(entries), 1))

    def write(self, pen: Pen) -> None:
        """The sheet itself, once everything that names it is there."""
        sheet = pen.sheet(SHEET)
        sheet.set_column(0, len(self._columns), 28)
        for column, (name, entries) in enumerate(self._columns):
            pen.text(sheet, (0, column), name, "heading")
            for row, entry in enumerate(entries, LIST_STARTS):
                if isinstance(entry, date):
                    sheet.write_datetime(row, column, entry, pen.looks["shut_date"])
                elif isinstance(entry, int):
                    sheet.write_number(row, column, entry)
                else:
                    pen.text(sheet, (row, column), entry)
        sheet.protect("")
        sheet.hide()


def _range(column: str, first: int, last: int) -> str:
    return f"{SHEET}!${column}${first}:${column}${last}" if last >= first else ""
