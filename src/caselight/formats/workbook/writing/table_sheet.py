"""A row for each subject of a kind: facts and questions side by side, each with its few cells, states hidden at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caselight.formats.workbook import words
from caselight.formats.workbook.book import Record
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.formulas.on_sheet import STATES, OnSheet
from caselight.formats.workbook.formulas.questions import Told, write_states
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.writing.cells import marks
from caselight.formats.workbook.writing.cells.lines import Lines
from caselight.formats.workbook.writing.cells.pen import Pen
from caselight.formats.workbook.writing.cells.places import Beside

KEYS_ROW, GROUP_ROW, HEADINGS_ROW, FIRST_ROW = 3, 4, 5, 6
FIRST = 2  # columns before: the key, the label
WIDTHS = {"answer": 14, "not_relevant": 16, "why": 20, "note": 28}
BETWEEN = "|"  # between an item and a field, in the name of a column


class TableSheet:
    """Writes the sheet of one kind of subject."""

    def __init__(self, lines: Lines, contents: Contents, records: Sequence[Record], name: str) -> None:
        self.lines, self.contents, self.records, self.name = lines, contents, records, name
        self.pen: Pen = lines.pen
        self.sheet: Any = lines.pen.sheet(name)
        self.items = contents.items(records[0].kind)
        self.columns: dict[tuple[str, str], int] = {}
        self._end = FIRST

    def write(self, meta_line: str) -> tuple[list[OnSheet], list[Told]]:
        """Write everything. Gives the subjects as they stand on the sheet, and what could not be said as a formula."""
        self.pen.text(self.sheet, (1, 1), self.name, "title")
        self.pen.text(self.sheet, (2, 1), f"{meta_line}. {words.HINT}", "quiet")
        self._columns()
        found, told = [], []
        for row, record in enumerate(self.records, FIRST_ROW):
            cells = self._subject(row, record)
            told += list(write_states(cells))
            found.append(cells)
        self._finish()
        return found, told

    def _columns(self) -> None:
        """Headings, and where every field of every item stands."""
        names = [""]
        for item in self.items:
            fields = item.fields if item.sort != "computed" else ("answer",)
            fields = ("answer", *fields) if item.type == "several" else fields
            self._group(item, len(fields))
            for field in fields:
                self.pen.text(self.sheet, (HEADINGS_ROW, self._end), words.HEADINGS[field], "heading")
                self.sheet.set_column(self._end, self._end, WIDTHS[field])
                names.append(f"{item.key}{BETWEEN}{field}" if field in item.fields else "")
                self.columns[item.key, field] = self._end
                self._end += 1
        marks.keys(self.pen, self.sheet, KEYS_ROW, tuple(names))
        self.pen.text(self.sheet, (HEADINGS_ROW, 1), words.WHO, "heading")
        first = self._end
        for item in self.items:
            for state in STATES:
                self.columns[item.key, f"state:{state}"] = self._end
                self._end += 1
        self.sheet.set_column(first, min(self._end + 200, 16_383), 9, None, {"hidden": True})

    def _group(self, item: Item, width: int) -> None:
        own = item.sort in ("question", "computed")
        text = words.OVERRIDE if item.sort == "override" else f"{item.name}: {item.text}" if own else item.text
        if width > 1:
            look = self.pen.looks["heading"]
            self.sheet.merge_range(GROUP_ROW, self._end, GROUP_ROW, self._end + width - 1, text, look)
        else:
            self.pen.text(self.sheet, (GROUP_ROW, self._end), text, "heading")

    def _subject(self, row: int, record: Record) -> OnSheet:
        self.pen.text(self.sheet, (row, 0), record.key, "quiet")
        self.pen.text(self.sheet, (row, 1), record.label, "cell")
        place = Beside(self.pen, self.sheet, self.name, row, self.columns, self._end)
        facts = self.contents.sheets[record.kind, record.key]
        cells = OnSheet(record, self.items, facts, place, shelf=self.lines.shelf, parent=None)
        cells.outside = self.contents.outside(record)
        for item in self.items:
            for field in item.fields:
                self.lines.entry(self.sheet, place, item, field, cells)
        return cells

    def _finish(self) -> None:
        sheet, last = self.sheet, FIRST_ROW + len(self.records) - 1
        self._colour(last)
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        sheet.set_column(1, 1, 18)
        sheet.set_row(GROUP_ROW, 62)
        sheet.freeze_panes(FIRST_ROW, FIRST)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_print_scale(75)
        sheet.repeat_rows(GROUP_ROW, HEADINGS_ROW)
        sheet.repeat_columns(1, 1)
        sheet.print_area(GROUP_ROW, 1, last, max(self.columns[i.key, f] for i in self.items for f in i.fields))
        sheet.set_footer(f"&L&8{self.name.replace('&', '&&')}&C&8{words.PRIVATE}&R&8Page &P of &N")
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _colour(self, last: int) -> None:
        """Grey what does not apply; point out what is still to be answered."""
        from xlsxwriter.utility import xl_col_to_name

        for item in self.items:
            shown = [
                at for (key, name), at in self.columns.items() if key == item.key and not name.startswith("state:")
            ]
            if item.sort == "fact" or not shown:
                continue
            question = item.name if item.sort in ("option", "override") else item.key
            state = xl_col_to_name(self.columns[question, "state:applies"])
            code = xl_col_to_name(self.columns[question, "state:code"])
            row, answer = FIRST_ROW + 1, xl_col_to_name(min(shown))
            rules = [(f"=AND(${state}{row}=0,LEN({answer}{row})>0)", self.pen.stray, min(shown))]
            rules.append((f"=${state}{row}=0", self.pen.grey, max(shown)))
            if item.sort == "question":
                rules.append(
                    (f'=AND(${state}{row}=1,OR(${code}{row}="U",${code}{row}="C"))', self.pen.attention, min(shown))
                )
            for criteria, look, end in rules:
                rule = {"type": "formula", "criteria": criteria, "format": look}
                self.sheet.conditional_format(FIRST_ROW, min(shown), last, end, rule)
