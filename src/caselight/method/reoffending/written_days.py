"""Dates that events give as text: YYYY-MM-DD is read, dates in other forms are known for what they are, the rest is none.

A cell that is no date is not the same as an empty one: it stands for :data:`NO_DATE`, a day that cannot be, so that it is
counted and reported under the rule for such days. The patterns are here once, for the oracle and for the engines.
"""

from __future__ import annotations

import re
from datetime import date

NO_DATE = date.min
BLANKS = " \t\r\n"
FORM = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY = "((mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+)?"
_BETWEEN, _NTH = "[-/., ]*", "[0-9]{1,2}([a-z]{2})?"
OTHER_FORMS = "(?is)" + "|".join(
    (
        "[0-9]{1,4}[-/. ]+[0-9]{1,2}[-/. ]+[0-9]{1,4}.*",  # 03/04/2012, 3.4.12, 2012-4-3, 2012-04-03 10:15
        "[0-9]{5,8}([.]0*)?",  # 20120403, and the numbers that spreadsheets keep days as
        f"{_WEEKDAY}{_NTH}{_BETWEEN}{_MONTH}{_BETWEEN}[0-9]{{2,4}}.*",  # 3 April 2012
        f"{_WEEKDAY}{_MONTH}{_BETWEEN}{_NTH}[-/., ]+[0-9]{{2,4}}.*",  # April 3, 2012
        f"[0-9]{{4}}{_BETWEEN}{_MONTH}{_BETWEEN}[0-9]{{1,2}}.*",  # 2012-Apr-03
    )
)  # matched against a whole cell that is not of the FORM


def read_day(written: str | None) -> date | None:
    """The day that a cell gives: None where it is empty, :data:`NO_DATE` where it is no day of the calendar.

    >>> read_day(" 2012-02-29 "), read_day(""), read_day("2013-02-29") == read_day("not known") == NO_DATE
    (datetime.date(2012, 2, 29), None, True)
    """
    cell = (written or "").strip(BLANKS)
    if not cell:
        return None
    try:
        return date.fromisoformat(cell) if re.fullmatch(FORM, cell) else NO_DATE
    except ValueError:
        return NO_DATE


def in_another_form(written: str | None) -> bool:
    """Whether a cell gives a date in another form, which two readers may read as two days.

    >>> [in_another_form(cell) for cell in ("03/04/2012", "3 Apr 2012", "2012-04-03", "2012-04-31", "not known", None)]
    [True, True, False, False, False, False]
    """
    cell = (written or "").strip(BLANKS)
    return not re.fullmatch(FORM, cell) and re.fullmatch(OTHER_FORMS, cell) is not None
