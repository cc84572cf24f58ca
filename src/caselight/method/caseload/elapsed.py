"""How much time passed from one day to another, in whole days, working days, weeks or months.

A whole month has passed on the same day of a later month; where that month has no such day, on its last: from 31
January one month has passed on 28 February. What lies before the start is below nought: the day before is -1 month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date

from caselight.method.caseload.workdays import Holidays, working_days_between
from caselight.method.framework.rules import Unit


def elapsed(start: date, end: date, unit: Unit, holidays: Holidays) -> int:
    """The whole units that passed from ``start`` to ``end``; negative when ``end`` is the earlier day.

    Working days need the holidays of every year touched: raises ``caseload.holidays-missing-year``.

    >>> elapsed(date(2016, 1, 31), date(2016, 2, 29), "months", {})
    1
    """
    return UNITS[unit](start, end, holidays)


def _days(start: date, end: date, holidays: Holidays) -> int:
    del holidays
    return (end - start).days


def _weeks(start: date, end: date, holidays: Holidays) -> int:
    del holidays
    return (end - start).days // 7


def months_between(start: date, end: date) -> int:
    """The whole calendar months that passed.

    >>> [months_between(date(2016, 3, 15), day) for day in (date(2016, 4, 14), date(2016, 4, 15), date(2016, 3, 14))]
    [0, 1, -1]
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    day = min(start.day, monthrange(end.year, end.month)[1])
    return months if end.day >= day else months - 1


def _months(start: date, end: date, holidays: Holidays) -> int:
    del holidays
    return months_between(start, end)


UNITS: Mapping[Unit, Callable[[date, date, Holidays], int]] = {
    "days": _days,
    "working_days": working_days_between,
    "weeks": _weeks,
    "months": _months,
}
