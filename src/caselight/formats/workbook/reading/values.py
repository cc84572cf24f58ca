"""What stands in an entry cell, as text: days as year-month-day, whole numbers in digits, texts without outer spaces."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from caselight.formats.workbook.book import clean
from caselight.formats.workbook.formulas.spans import FIRST_DAY
from caselight.formats.workbook.reading.grids import Cell
from caselight.method.answers.fact_values import day
from caselight.method.faults import quoted

DAYS_TO_1904 = 1462
_SERIAL = (36_526, 73_415)  # from 2000 to 2100: what else a number in a cell for a day may be, nobody knows
_ERROR = re.compile(r"#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC)[!?]?|Err:[0-9]{3}")
LONGEST = 30_000


class Entered(NamedTuple):
    """The text of a cell, and what is wrong with it: a code, a cause, a cure. ``read_as`` says what was worked out."""

    text: str
    code: str = ""
    says: str = ""
    cure: str = ""
    read_as: str = ""


def _wrong(code: str, text: str, says: str, cure: str) -> Entered:
    return Entered(text, code, says, cure)


def entered(value: Cell, type_: str, *, from_1904: bool = False) -> Entered:
    """What was entered in a cell of a type (``date``, ``integer`` or any other, which is text)."""
    text = _plain(value)
    if _ERROR.fullmatch(text):
        return _wrong("workbook.error-value", text, f"The cell shows the error {text}.", "Type the value again.")
    if len(text) > LONGEST:
        says = f"The text has {len(text):,} characters; at most {LONGEST:,} are taken."
        return _wrong("workbook.too-long", text[:LONGEST], says, "Make it shorter.")
    if not text:
        return Entered("")
    if type_ == "date":
        return _date(value, text, from_1904=from_1904)
    if type_ == "integer" and not re.fullmatch(r"-?[0-9]{1,9}", text):
        says = f"{quoted(text)} is not a whole number."
        return _wrong("workbook.not-whole", text, says, "Type a whole number in digits, without words or units.")
    return Entered(text)


def _plain(value: Cell) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def _date(value: Cell, text: str, *, from_1904: bool) -> Entered:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        serial = int(value) + (DAYS_TO_1904 if from_1904 else 0)
        if _SERIAL[0] <= serial <= _SERIAL[1]:
            found = (FIRST_DAY + timedelta(days=serial)).isoformat()
            return Entered(found, read_as=text)
    elif day(text[:10]) is not None and re.fullmatch(r".{10}(?:[ T]00:00(?::00)?)?", text):
        return Entered(text[:10])
    says = f"{quoted(text)} is not a day that can be told."
    cure = "Type it as year-month-day, such as 2026-03-31; 3/4/2026 may be March or April."
    return _wrong("workbook.not-a-date", text, says, cure)
