"""The first sheet: what this is, how to fill it in, who fills it in, and where everything is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from caselight.formats.workbook import words
from caselight.formats.workbook.book import Meta
from caselight.formats.workbook.formulas.looked import Formula
from caselight.formats.workbook.formulas.questions import Told
from caselight.formats.workbook.lists import choices
from caselight.formats.workbook.writing.cells import marks
from caselight.formats.workbook.writing.cells.marked import Marked
from caselight.formats.workbook.writing.cells.names import quoted
from caselight.formats.workbook.writing.cells.pen import Pen, height
from caselight.formats.workbook.writing.cells.shelf import Shelf
from caselight.method.inspection.definition import Inspection

SHEET = "Start here"
AUTHOR_ROW = 5


class Way(NamedTuple):
    """One line of the list of sheets: where it leads, its worker, and how much is still to be answered."""

    sheet: str
    worker: str
    waiting: str
    waiting_now: int


class Front:
    """Writes the first sheet, which is made first and filled when the rest is known."""

    def __init__(self, pen: Pen, sheet: Any, shelf: Shelf, *, inspection: Inspection, meta: Meta) -> None:
        self.pen, self.sheet, self.shelf = pen, sheet, shelf
        self.inspection, self.meta = inspection, meta

    def fill(self, ways: Sequence[Way], told: Iterable[Told], author: Marked, framework: str) -> None:
        """Everything on it."""
        pen, sheet = self.pen, self.sheet
        marks.mark(pen, sheet, marks.COVER, self.meta)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 3, 26)
        sheet.set_row(1, 22)
        pen.text(sheet, (1, 0), self.inspection.title, "title")
        pen.text(sheet, (2, 0), f"{self.inspection.service.name}. {framework}.", "quiet")
        pen.text(sheet, (3, 0), words.PASSES.get(self.meta.pass_, ""), "quiet")
        self._author(author)
        row = self._lines(AUTHOR_ROW + 2, words.HOW, words.how(self.meta))
        row = self._legend(row + 1)
        row = self._list(row + 1, ways)
        said = sorted({f"{item.question}: {item.what} is not worked out here, because {item.why}." for item in told})
        if said:
            row = self._lines(row + 1, words.NOT_FOLLOWED, (words.NOT_FOLLOWED_HOW, *said))
        pen.text(
            sheet,
            (row + 1, 0),
            f"Workbook {self.meta.id}, framework {self.meta.framework} {self.meta.version}",
            "quiet",
        )
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&C&8{words.PRIVATE}&R&8Page &P of &N")
        sheet.protect("", {"format_rows": True, "format_columns": True})
        sheet.activate()

    def _author(self, author: Marked) -> None:
        pen, sheet, team = self.pen, self.sheet, self.inspection.team
        pen.text(sheet, (AUTHOR_ROW, 0), words.AUTHOR, "cell")
        pen.text(sheet, (AUTHOR_ROW, 1), author.text, "wrong" if author.says else "entry")
        if author.says:
            sheet.write_comment(AUTHOR_ROW, 1, author.says, {"x_scale": 2.4, "y_scale": 1.6})
        if team:
            keys = choices((member.key, member.key) for member in team).labels
            range_ = self.shelf.range_of("Team", keys)
            rule = {
                "validate": "list",
                "source": f"={range_}",
                "error_title": "Not in the team",
                "error_message": words.TEAM,
            }
            sheet.data_validation(AUTHOR_ROW, 1, AUTHOR_ROW, 1, rule)

    def _lines(self, row: int, title: str, lines: Iterable[str]) -> int:
        self._part(row, title)
        for at, line in enumerate(lines, row + 1):
            self.sheet.merge_range(at, 0, at, 3, line, self.pen.looks["words"])
            self.sheet.set_row(at, height([(line, 112)]))
            row = at
        return row + 1

    def _part(self, row: int, title: str) -> None:
        for column in range(4):
            self.pen.text(self.sheet, (row, column), title if column == 0 else "", "part")

    def _legend(self, row: int) -> int:
        pen = self.pen
        for look, text in (
            ("entry", words.PALE),
            ("attention", words.BRIGHT),
            ("greyed", words.GREYED),
            ("shut", words.SHUT),
        ):
            pen.text(self.sheet, (row, 0), words.LOOKS[look], look)
            self.sheet.merge_range(row, 1, row, 3, text, pen.looks["words"])
            row += 1
        return row

    def _list(self, row: int, ways: Sequence[Way]) -> int:
        pen, sheet = self.pen, self.sheet
        for column, text in enumerate((words.SHEETS, words.WORKER, words.WAITING, "")):
            pen.text(sheet, (row, column), text, "part")
        for at, way in enumerate(ways, row + 1):
            sheet.write_url(at, 0, f"internal:{quoted(way.sheet)}!B2", pen.looks["link"], way.sheet)
            pen.text(sheet, (at, 1), way.worker)
            if way.waiting:
                pen.formula(sheet, (at, 2), Formula(way.waiting, way.waiting_now))
            row = at
        return row + 1
