"""One way to write cells: with the product's few looks, never a formula from somebody's text, never a link outside.

XlsxWriter makes the file. Colours say what a cell is for and are never the only mark: what does not apply says so in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timezone
from math import ceil
from typing import Any

from caselight.formats.workbook.formulas.looked import Formula
from caselight.method.answers.fact_values import day

FONT = {"font_name": "Arial", "font_size": 9, "valign": "top"}
LINE = {"border": 1, "border_color": "#B1B4B6"}
ENTRY = {"text_wrap": True, "locked": False, "bg_color": "#FFFBE6", **LINE}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "words": {"text_wrap": True},
    "title": {"bold": True, "font_size": 15},
    "quiet": {"font_color": "#505A5F", "font_size": 8},
    "heading": {"bold": True, "text_wrap": True, "bg_color": "#1D3557", "font_color": "#FFFFFF", **LINE},
    "part": {"bold": True, "font_size": 11, "bg_color": "#E1E8F0", "top": 1, "bottom": 1, "border_color": "#B1B4B6"},
    "fact_heading": {"bold": True, "font_size": 8, "bg_color": "#F3F2F1", "text_wrap": True, **LINE},
    "cell": {"text_wrap": True, **LINE},
    "id": {"text_wrap": True, "font_color": "#1D70B8", "underline": 1, **LINE},
    "number": {"align": "right", **LINE},
    "centre": {"align": "center", **LINE},
    "computed": {"text_wrap": True, "bg_color": "#F3F2F1", "italic": True, **LINE},
    "option": {"text_wrap": True, "indent": 1, **LINE},
    "shut": {"text_wrap": True, "bg_color": "#F3F2F1", "font_color": "#505A5F", **LINE},
    "entry": ENTRY,
    "entry_text": {"num_format": "@", **ENTRY},
    "entry_date": {"num_format": "yyyy-mm-dd", "align": "left", **ENTRY},
    "entry_integer": {"num_format": "0", "align": "left", **ENTRY},
    "shut_integer": {"num_format": "0", "align": "left", "bg_color": "#F3F2F1", "font_color": "#505A5F", **LINE},
    "shut_date": {"num_format": "yyyy-mm-dd", "align": "left", "bg_color": "#F3F2F1", "font_color": "#505A5F", **LINE},
    "wrong": {"text_wrap": True, "locked": False, "bg_color": "#F6D7D2", "border": 2, "border_color": "#D4351C"},
    "link": {"font_color": "#1D70B8", "underline": 1},
    "attention": {"bg_color": "#FFDD00", **LINE},
    "greyed": {"font_color": "#505A5F", "bg_color": "#E3E5E7", **LINE},
}
GREY = {"font_color": "#505A5F", "bg_color": "#E3E5E7"}
BEGUN = datetime(2000, 1, 1, tzinfo=timezone.utc).replace(tzinfo=None)  # noqa: UP017 - XlsxWriter takes no zone


def _growing(tag: str, attributes: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """A row has the height that it needs now, and grows when somebody types more: its height is not fixed."""
    return [one for one in attributes if tag != "row" or one[0] != "customHeight"]


def height(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row in points, for texts in columns of these widths."""
    lines = 1
    for text, width in texts:
        lines = max(lines, sum(max(1, ceil(len(part) / (width * 1.18))) for part in text.split("\n")))
    return 4 + 11.5 * min(lines, 34)


class Pen:
    """A workbook being written into memory."""

    def __init__(self, stream: Any, title: str) -> None:
        from xlsxwriter import Workbook
        from xlsxwriter.worksheet import Worksheet

        class Plain(Worksheet):  # type: ignore[misc]
            """XlsxWriter looks through every formula for a hundred newer functions. Ours have none, and it takes half the time."""

            def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
                del expand_future_functions
                return formula.removeprefix("=")

            def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
                super()._xml_start_tag_unencoded(tag, _growing(tag, attributes))

            def _xml_empty_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
                super()._xml_empty_tag_unencoded(tag, _growing(tag, attributes))

        # Nothing is guessed from a text: no number, no formula, no link.
        options = {
            "in_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self.book = Workbook(stream, options)
        self._plain = Plain
        self.book.set_properties({"title": title, "created": BEGUN, "comments": "Made by Caselight."})
        self.book.set_calc_mode("auto")
        self.looks = {name: self.book.add_format({**FONT, **look}) for name, look in LOOKS.items()}
        self.grey = self.book.add_format(GREY)
        self.attention = self.book.add_format({"bg_color": "#FFDD00"})
        self.stray = self.book.add_format({**GREY, "font_color": "#D4351C", "bold": True})
        self.warned = self.book.add_format({"font_color": "#D4351C", "bold": True})

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.book.add_worksheet(name, worksheet_class=self._plain)

    def close(self) -> None:
        """Finish the file."""
        self.book.close()

    def text(self, sheet: Any, cell: tuple[int, int], text: str, look: str = "plain") -> None:
        """A text as it is."""
        if text:
            sheet.write_string(*cell, text, self.looks[look])
        else:
            sheet.write_blank(*cell, None, self.looks[look])

    def typed(self, sheet: Any, cell: tuple[int, int], text: str, type_: str, look: str) -> None:
        """A text as a day or a number where the type says so and the text is one; else as text."""
        value = day(text) if type_ == "date" else None
        if isinstance(value, date):
            sheet.write_datetime(*cell, value, self.looks[f"{look}_date" if f"{look}_date" in LOOKS else look])
        elif type_ == "integer" and text.lstrip("-").isdecimal() and len(text) < 15:
            sheet.write_number(*cell, int(text), self.looks[f"{look}_integer" if f"{look}_integer" in LOOKS else look])
        else:
            typed = f"{look}_{type_}"
            self.text(sheet, cell, text, typed if typed in LOOKS else look)

    def formula(self, sheet: Any, cell: tuple[int, int], formula: Formula, look: str = "plain") -> None:
        """A formula, and what it comes to now."""
        sheet.write_formula(*cell, f"={formula.text}", self.looks[look], formula.value)
