"""Time between two days as a formula: days, weeks, months that have passed, working days with the listed holidays.

A year without listed holidays gives an empty text, which is *not known*, and never a year without holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from caselight.formats.workbook.formulas.looked import Cells, Formula, Value
from caselight.method.faults import Faults
from caselight.method.framework.rules import Unit

FIRST_DAY = date(1899, 12, 30)  # day nought of a spreadsheet, as it counts after February 1900


class End(NamedTuple):
    """One end of a span: its cell, the condition that a day stands there, and the day itself."""

    cell: str
    known: str
    day: date | None


def serial(day: date) -> int:
    """A day as a spreadsheet counts it."""
    return (day - FIRST_DAY).days


def passed(start: End, end: End, unit: Unit, cells: Cells) -> str:
    """The cell of how many whole units have passed: below 0 backwards, an empty text when that is not known."""
    first, last = _held(start, cells), _held(end, cells)
    return cells.hold(Formula(UNITS[unit](first, last, cells), _now(start, end, unit, cells)))


def _now(start: End, end: End, unit: Unit, cells: Cells) -> Value:
    if start.day is None or end.day is None:
        return ""
    try:
        units = cells.facts.elapsed(start.day, end.day, unit)
    except Faults:  # a year without listed holidays
        return ""
    return "" if units is None else units


def _held(end: End, cells: Cells) -> str:
    return cells.hold(Formula(f'IF({end.known},INT({end.cell}),"")', "" if end.day is None else serial(end.day)))


def _both(first: str, last: str) -> str:
    return f"AND(ISNUMBER({first}),ISNUMBER({last}))"


def _days(first: str, last: str, *_: object) -> str:
    return f'IF({_both(first, last)},{last}-{first},"")'


def _weeks(first: str, last: str, *_: object) -> str:
    return f'IF({_both(first, last)},INT(({last}-{first})/7),"")'


def _months(first: str, last: str, *_: object) -> str:
    whole = f"(YEAR({last})-YEAR({first}))*12+MONTH({last})-MONTH({first})"
    short = f"IF(DAY({last})<MIN(DAY({first}),DAY(EOMONTH({last},0))),1,0)"
    return f'IF({_both(first, last)},{whole}-{short},"")'


def _working_days(first: str, last: str, cells: Cells) -> str:
    holidays, _ = cells.holidays
    early, late = f"MIN({first},{last})", f"MAX({first},{last})"
    between = f"SIGN({last}-{first})*IF({first}={last},0,NETWORKDAYS({early}+1,{late},{holidays}))"
    return f'IF({_both(first, last)},IF({years_listed(early, late, cells)},{between},""),"")'


def years_listed(early: str, late: str, cells: Cells) -> str:
    """A condition: the holidays of every year from one day to another are listed."""
    _, years = cells.holidays
    counted = f"SUMPRODUCT(({years}>=YEAR({early}))*({years}<=YEAR({late})))"
    return f"{counted}=YEAR({late})-YEAR({early})+1"


UNITS: Mapping[Unit, Callable[..., str]] = {
    "days": _days,
    "weeks": _weeks,
    "months": _months,
    "working_days": _working_days,
}
