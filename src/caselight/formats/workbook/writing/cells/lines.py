"""One line of a sheet: its texts, its entry cells with what they take, its locked cells, and the colours of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caselight.formats.workbook import words
from caselight.formats.workbook.book import FIELDS
from caselight.formats.workbook.formulas.looked import Formula, Untranslatable
from caselight.formats.workbook.formulas.on_sheet import OnSheet
from caselight.formats.workbook.formulas.rules import formula
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.writing.cells.marked import Marks
from caselight.formats.workbook.writing.cells.pen import Pen, height
from caselight.formats.workbook.writing.cells.places import COLUMN, FIRST_STATE, WIDTHS, Below, Beside
from caselight.formats.workbook.writing.cells.shelf import Shelf
from caselight.formats.workbook.writing.cells.validation import validate
from caselight.method.framework.truth import truth


class Lines:
    """Writes lines. ``guide`` gives the row of each question in the guidance; ``marks`` what is wrong with which cell."""

    def __init__(self, pen: Pen, shelf: Shelf, guide: Mapping[str, int], marks: Marks, language: str) -> None:
        self.pen, self.shelf, self.guide, self.marks, self.language = pen, shelf, guide, marks, language

    def write(self, sheet: Any, place: Below, item: Item, cells: OnSheet) -> None:
        """A line of a sheet that has one line for each item."""
        self._id(sheet, place, item)
        self._text(sheet, place, item, cells)
        for name in (*FIELDS, "applies", "standing"):
            if name in item.fields:
                self.entry(sheet, place, item, name, cells)
            else:
                self._shut(sheet, place, item, name, cells)
        self._height(sheet, place, item, cells)

    def _height(self, sheet: Any, place: Below, item: Item, cells: OnSheet) -> None:
        """High enough for what stands there now."""
        variants = cells.framework.questions[item.name].variants if item.sort in ("question", "computed") else ()
        texts = [(words.OVERRIDE if item.sort == "override" else item.text, WIDTHS["text"])]
        texts += [(variant.text.in_(self.language), WIDTHS["text"]) for variant in variants]
        texts += [(text, WIDTHS[name]) for name, text in cells.record.entry(item.key).texts.items()]
        texts.append((cells.record.supplied.get(item.key, ""), WIDTHS["not_relevant"]))
        sheet.set_row(place.cell(item.key, "id")[0], height(texts))

    def _id(self, sheet: Any, place: Below, item: Item) -> None:
        row, column = place.cell(item.key, "id")
        if item.sort in ("question", "computed") and item.name in self.guide:
            target = f"internal:'{words.GUIDANCE}'!A{self.guide[item.name] + 1}"
            sheet.write_url(row, column, target, self.pen.looks["id"], item.name, words.TO_GUIDANCE)
        else:
            self.pen.text(sheet, (row, column), "", "cell")

    def _text(self, sheet: Any, place: Below, item: Item, cells: OnSheet) -> None:
        """The question, in the words of the variant that fits the case."""
        at = place.cell(item.key, "text")
        variants = self.variants(item, cells)
        if variants is not None:
            self.pen.formula(sheet, at, variants, "cell")
            return
        text = words.OVERRIDE if item.sort == "override" else item.text
        self.pen.text(sheet, at, text, "option" if item.sort in ("option", "override") else "cell")

    def variants(self, item: Item, cells: OnSheet) -> Formula | None:
        """The words of a question as a formula, where other words fit some cases; the texts stand in the lists."""
        if item.sort not in ("question", "computed"):
            return None
        question = cells.framework.questions[item.name]
        if not question.variants:
            return None
        cells.line = item.key
        texts = [question.text.in_(self.language), *(v.text.in_(self.language) for v in question.variants)]
        range_ = self.shelf.range_of(f"words:{item.name}", tuple(texts))
        said = Formula(f"INDEX({range_},1)", texts[0])
        for at, variant in reversed(list(enumerate(question.variants, 2))):
            try:
                held = cells.hold(formula(variant.when, cells))
            except Untranslatable:
                continue
            value = texts[at - 1] if truth(variant.when, cells.facts) else said.value
            said = Formula(f"IF({held}=1,INDEX({range_},{at}),{said.text})", value)
        return said

    def entry(self, sheet: Any, place: Below | Beside, item: Item, name: str, cells: OnSheet) -> None:
        """An entry cell: what it says, what it takes, and what is wrong with it."""
        at, entry = place.cell(item.key, name), cells.record.entry(item.key)
        type_ = item.type if name == "answer" else "date" if name == "due" else "text"
        marked = self.marks.get((cells.record.address, item.key, name))
        text = entry.texts.get(name, "") if marked is None else marked.text
        if marked is not None and marked.says:
            self.pen.text(sheet, at, text, "wrong")
            sheet.write_comment(*at, marked.says, {"visible": False, "x_scale": 2.4, "y_scale": 1.6})
        elif entry.locked:
            self.pen.typed(sheet, at, text, type_, "shut")
            if name == "answer":
                sheet.write_comment(*at, entry.locked)
            return
        else:
            self.pen.typed(sheet, at, text, type_, "entry")
        if entry.contested and name == "answer" and marked is None:
            sheet.write_comment(*at, words.CONTESTED)
        validate(sheet, at, item, name, cells=cells, help_=self._help(item, cells))

    def _help(self, item: Item, cells: OnSheet) -> str:
        if item.sort != "question":
            return ""
        guidance = cells.framework.questions[item.name].guidance
        return guidance.in_(self.language) if guidance else ""

    def _shut(self, sheet: Any, place: Below, item: Item, name: str, cells: OnSheet) -> None:
        if name == "not_relevant" and item.sort == "fact":
            text = cells.record.supplied.get(item.key, "")
            self.pen.typed(sheet, place.cell(item.key, name), text, item.type, "shut")
        elif item.sort == "computed" and name == "answer":
            return  # its formula stands there
        else:
            self.pen.text(sheet, place.cell(item.key, name), "", "shut" if name in FIELDS else "cell")

    def colour(self, sheet: Any, first: int, last: int) -> None:
        """Grey what does not apply, point out what is still to be answered, and what stands where nothing applies."""
        from xlsxwriter.utility import xl_col_to_name

        state, answer, standing = (xl_col_to_name(at) for at in (FIRST_STATE, COLUMN["answer"], COLUMN["standing"]))
        row = first + 1
        off = f"AND(ISNUMBER(${state}{row}),${state}{row}=0)"
        stray = {"type": "formula", "criteria": f"=AND({off},LEN(${answer}{row})>0)", "format": self.pen.stray}
        open_ = f'=${standing}{row}="{words.STANDING["U"]}"'
        two = f'=${standing}{row}="{words.STANDING["C"]}"'
        sheet.conditional_format(first, COLUMN["answer"], last, COLUMN["answer"], stray)
        for criteria, look in ((f"={off}", self.pen.grey), (two, self.pen.warned)):
            rule = {"type": "formula", "criteria": criteria, "format": look}
            sheet.conditional_format(first, 1, last, COLUMN["standing"], rule)
        for criteria in (open_, two):
            rule = {"type": "formula", "criteria": criteria, "format": self.pen.attention}
            sheet.conditional_format(first, COLUMN["answer"], last, COLUMN["answer"], rule)
