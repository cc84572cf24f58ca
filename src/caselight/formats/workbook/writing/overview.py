"""The overview: per question how many of how many, counted by formulas from what stands on the sheets.

Between them stands a table of every subject and question, which shows at a glance who is where.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caselight.formats.workbook import words
from caselight.formats.workbook.formulas.looked import Formula
from caselight.formats.workbook.formulas.on_sheet import OnSheet
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.writing.cells import marks
from caselight.formats.workbook.writing.cells.names import Names, quoted
from caselight.formats.workbook.writing.cells.pen import Pen, height

SHEET = "Overview"
HEADINGS = (
    "No.",
    "Question",
    "Sufficient",
    "Relevant",
    "n of d",
    "Does not apply",
    "Not relevant",
    "Open",
    "Two answers",
)
LETTERS = ("R", "N", "U", "C")
FIRST_ROW = 3
WIDTH = 66  # characters of a column of questions


class Group:
    """All subjects of one kind, as they stand on the sheets."""

    def __init__(self, title: str, items: Sequence[Item], cells: Sequence[OnSheet]) -> None:
        self.title = title
        self.items = [item for item in items if item.sort in ("question", "computed")]
        self.cells = cells
        self.ranges: dict[str, str] = {}


def write_grid(pen: Pen, group: Group, names: Names) -> str:
    """The table of one kind: a row for each subject, a letter for each question. Gives the name of its sheet."""
    from xlsxwriter.utility import xl_range_abs

    name = names.take(f"All {group.title}")
    sheet = pen.sheet(name)
    pen.text(sheet, (0, 0), words.LETTERS, "quiet")
    pen.text(sheet, (1, 0), words.WHO, "heading")
    for column, item in enumerate(group.items, 1):
        pen.text(sheet, (1, column), item.name, "heading")
        for row, cells in enumerate(group.cells, 2):
            state = cells.place.state(item.key, "code")
            there = cells.place.elsewhere(item.key, "code")  # type: ignore[attr-defined]
            pen.formula(sheet, (row, column), Formula(there, cells.now(state)), "centre")
        last = max(2, len(group.cells) + 1)
        group.ranges[item.name] = f"{quoted(name)}!{xl_range_abs(2, column, last, column)}"
    for row, cells in enumerate(group.cells, 2):
        pen.text(sheet, (row, 0), label_of(cells), "cell")
    _finish_grid(pen, sheet, group)
    return name


def label_of(cells: OnSheet) -> str:
    """The label of a subject; of a found one, behind that of the subject it was found in."""
    return f"{cells.parent.record.label}, {cells.record.label}" if cells.parent else cells.record.label


def _finish_grid(pen: Pen, sheet: Any, group: Group) -> None:
    last, width = len(group.cells) + 1, len(group.items)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, max(width, 1), 7)
    sheet.freeze_panes(2, 1)
    for letter, look in (("I", pen.warned), ("R", pen.grey), ("U", pen.attention), ("C", pen.attention)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{letter}"', "format": look}
        sheet.conditional_format(2, 1, max(last, 2), max(width, 1), rule)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_footer(f"&C&8{words.PRIVATE}&R&8Page &P of &N")
    sheet.protect("", {"format_rows": True, "format_columns": True})


class Overview:
    """Writes the counts; it is made early so that it stands second, and filled when the rest is known."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.sheet: Any = pen.sheet(SHEET)

    def fill(self, groups: Sequence[Group]) -> None:
        """The counts of every kind."""
        pen, sheet = self.pen, self.sheet
        pen.text(sheet, (0, 0), SHEET, "title")
        pen.text(sheet, (1, 0), words.OVERVIEW, "quiet")
        marks.keys(pen, sheet, 2, ("id", *HEADINGS[1:]))
        row = FIRST_ROW
        for group in groups:
            row = self._group(row, group)
        for column, width in enumerate((12, WIDTH, 10, 10, 10, 14, 13, 10, 12)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&C&8{words.PRIVATE}&R&8Page &P of &N")
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _group(self, row: int, group: Group) -> int:
        pen, sheet = self.pen, self.sheet
        used = sum(not cells.record.free for cells in group.cells)
        for column, text in enumerate(HEADINGS):
            pen.text(sheet, (row, column), f"{group.title.capitalize()} ({used})" if column == 0 else "", "part")
            pen.text(sheet, (row + 1, column), text, "heading")
        row += 2
        for item in group.items:
            self._line(row, item, group)
            row += 1
        return row + 1

    def _line(self, row: int, item: Item, group: Group) -> None:
        pen, sheet, range_ = self.pen, self.sheet, group.ranges[item.name]
        now = [str(cells.now(cells.place.state(item.key, "code"))) for cells in group.cells]
        pen.text(sheet, (row, 0), item.name, "cell")
        pen.text(sheet, (row, 1), item.text, "cell")
        sheet.set_row(row, height([(item.text, WIDTH)]))
        sufficient, insufficient = now.count("S"), now.count("I")
        at = row + 1
        pen.formula(sheet, (row, 2), Formula(f'COUNTIF({range_},"S")', sufficient), "number")
        both = f'C{at}+COUNTIF({range_},"I")'
        pen.formula(sheet, (row, 3), Formula(both, sufficient + insufficient), "number")
        said = f"{sufficient} of {sufficient + insufficient}" if sufficient + insufficient else ""
        pen.formula(sheet, (row, 4), Formula(f'IF(D{at}=0,"",C{at}&" of "&D{at})', said), "centre")
        for column, letter in enumerate(LETTERS, 5):
            pen.formula(sheet, (row, column), Formula(f'COUNTIF({range_},"{letter}")', now.count(letter)), "number")
