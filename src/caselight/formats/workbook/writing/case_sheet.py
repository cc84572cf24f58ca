"""A sheet for one subject: what is known of it, its questions theme by theme, and the rows of what is found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from caselight.formats.workbook import words
from caselight.formats.workbook.book import Record
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.formulas.looked import Formula
from caselight.formats.workbook.formulas.on_sheet import OnSheet
from caselight.formats.workbook.formulas.questions import Told, write_states
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.writing.cells import marks
from caselight.formats.workbook.writing.cells.lines import Lines
from caselight.formats.workbook.writing.cells.pen import Pen
from caselight.formats.workbook.writing.cells.places import COLUMN, COLUMNS, FIRST_STATE, WIDTHS, Below
from caselight.method.answers.current import row_subject
from caselight.method.answers.sheet import Sheet
from caselight.method.caseload.case import Subject

KEYS_ROW, HEADINGS_ROW, FIRST_ROW = 4, 5, 6


class CaseSheet:
    """Writes the sheet of one subject."""

    def __init__(self, lines: Lines, contents: Contents, record: Record, name: str) -> None:
        self.lines, self.contents, self.record, self.name = lines, contents, record, name
        self.pen: Pen = lines.pen
        self.sheet: Any = lines.pen.sheet(name)
        self._row = FIRST_ROW
        self._rows: dict[str, int] = {}

    def write(self, meta_line: str) -> tuple[OnSheet, list[Told]]:
        """Write everything. Gives the subject as it stands on the sheet, and what could not be said as a formula."""
        self._head(meta_line)
        items = self.contents.items(self.record.kind)
        rows = self._place(items, "")
        facts = self.contents.sheets[self.record.kind, self.record.key]
        cells = self._subject(self.record, items, rows, facts, None)
        found = {
            kind: tuple(self._found(row, kind, cells) for row in self.record.found[kind]) for kind in self.record.found
        }
        cells.found = found
        told = [
            told for own in (cells, *(row for group in found.values() for row in group)) for told in write_states(own)
        ]
        self._finish()
        return cells, told

    def _head(self, meta_line: str) -> None:
        self.sheet.set_row(1, 22)
        self.pen.text(self.sheet, (1, 1), self.record.label, "title")
        self.pen.text(self.sheet, (2, 1), meta_line, "quiet")
        self.pen.text(self.sheet, (3, 1), words.HINT, "quiet")
        marks.keys(self.pen, self.sheet, KEYS_ROW, COLUMNS)
        for name, column in COLUMN.items():
            self.pen.text(self.sheet, (HEADINGS_ROW, column), words.HEADINGS[name], "heading")
        longest = max(
            (len(item.key) for item in self.contents.items(self.record.kind) if item.sort != "fact"), default=0
        )
        for name, width in WIDTHS.items():
            self.sheet.set_column(COLUMN[name], COLUMN[name], min(14, longest + 1) if name == "id" else width)
        self.sheet.set_column(0, 0, 2, None, {"hidden": True})
        self.sheet.set_column(FIRST_STATE, FIRST_STATE + 60, 9, None, {"hidden": True})

    # Where the lines stand -------------------------------------------------------------------------------------------

    def _place(self, items: Sequence[Item], prefix: str) -> dict[str, int]:
        """Give every item a row, with a line for each part; facts first, under headings of their own."""
        rows: dict[str, int] = {}
        for part, group in groupby(items, key=lambda item: words.FACTS if item.sort == "fact" else item.theme):
            self._part(part)
            if part == words.FACTS:
                self._fact_headings()
            for item in group:
                rows[item.key] = self._row
                self.pen.text(self.sheet, (self._row, 0), prefix + item.key, "quiet")
                self._row += 1
        return rows

    def _part(self, title: str) -> None:
        for column in COLUMN.values():
            self.pen.text(self.sheet, (self._row, column), title if column == 1 else "", "part")
        self._row += 1

    def _fact_headings(self) -> None:
        for name, column in COLUMN.items():
            text = words.FACT_HEADINGS.get(name, "")
            if text or name == "note":
                self.pen.text(self.sheet, (self._row, column), text or words.HEADINGS[name], "fact_heading")
        self._row += 1

    def _subject(
        self, record: Record, items: Sequence[Item], rows: Mapping[str, int], facts: Sheet, parent: OnSheet | None
    ) -> OnSheet:
        place = Below(self.pen, self.sheet, self.name, rows)
        cells = OnSheet(record, items, facts, place, shelf=self.lines.shelf, parent=parent)
        cells.outside = self.contents.outside(record)
        for item in items:
            self.lines.write(self.sheet, place, item, cells)
        return cells

    # What is found in it ---------------------------------------------------------------------------------------------

    def _found(self, record: Record, kind: str, parent: OnSheet) -> OnSheet:
        items = self.contents.items(kind)
        head = self._row
        self._part(record.label)
        rows = self._place_found(items, f"{kind}/{record.row_key}/")
        key = row_subject(record.key, record.row_key)
        facts = self.contents.sheets.get((kind, key)) or _empty(parent.facts, kind, key, self.contents)
        cells = self._subject(record, items, rows, facts, parent)
        cells.exists = self._exists(head, items, cells)
        return cells

    def _place_found(self, items: Sequence[Item], prefix: str) -> dict[str, int]:
        rows = {}
        for item in items:
            rows[item.key] = self._row
            self.pen.text(self.sheet, (self._row, 0), prefix + item.key, "quiet")
            self._row += 1
        return rows

    def _exists(self, head: int, items: Sequence[Item], cells: OnSheet) -> str:
        """The cell that says whether anything was entered in a row."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        entered = [
            cells.place.entry(item.key, field)
            for item in items
            for field in ("answer", "not_relevant")
            if field in item.fields
        ]
        contested = any(entry.contested for entry in cells.record.entries.values())
        parts = "+".join(f"LEN(TRIM({cell}))" for cell in entered) or "0"
        formula = Formula("1" if contested else f"IF({parts}>0,1,0)", int(not cells.record.free))
        cell = str(xl_rowcol_to_cell(head, FIRST_STATE, row_abs=True, col_abs=True))
        cells.place.put(cell, formula)
        return cell

    # Looks -----------------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        sheet, last = self.sheet, self._row - 1
        self.lines.colour(sheet, FIRST_ROW, last)
        sheet.freeze_panes(FIRST_ROW, 3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(2, 0)  # two pages across, as many down as it takes
        sheet.repeat_rows(HEADINGS_ROW)
        sheet.repeat_columns(1, 1)
        sheet.print_area(1, 1, last, COLUMN["standing"])
        sheet.set_footer(f"&L&8{self.record.label.replace('&', '&&')}&C&8{words.PRIVATE}&R&8Page &P of &N")
        sheet.protect("", {"format_rows": True, "format_columns": True})


def _empty(parent: Sheet, kind: str, key: str, contents: Contents) -> Sheet:
    """The sheet of a row that nobody has filled yet."""
    return Sheet(
        parent.framework, Subject(kind, key, ""), asked=contents.asked, holidays=parent.holidays, parent=parent
    )


def everybody(cells: OnSheet) -> Iterator[OnSheet]:
    """A subject on its sheet and the rows found in it."""
    yield cells
    for rows in cells.found.values():
        yield from rows
