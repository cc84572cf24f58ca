"""Working days: every day but Saturday, Sunday and the dates of ``holidays.csv``.

The day of the start is day nought. A year for which no holidays were given is a fault and never a year without
holidays, because a target would silently come out wrong (architecture.md, decision 14). Dates have no time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from caselight.method.faults import Fault, Faults

Holidays = Mapping[int, tuple[date, ...]]

DAY = timedelta(days=1)
SATURDAY = 5
NAMED_YEARS = 3


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Whether people work on this day. Raises ``caseload.holidays-missing-year`` for a year without holidays.

    >>> is_working_day(date(2015, 12, 25), {2015: (date(2015, 12, 25),)})
    False
    """
    _need_years(day.year, day.year, holidays)
    return _working(day, holidays)


def add_working_days(start: date, n: int, holidays: Holidays) -> date:
    """The n-th working day after ``start``; ``start`` itself for nought.

    Raises ``caseload.negative-working-days`` and ``caseload.holidays-missing-year``.

    >>> add_working_days(date(2015, 12, 24), 1, {2015: (date(2015, 12, 25), date(2015, 12, 28))})
    datetime.date(2015, 12, 29)
    """
    if n < 0:
        raise Faults(
            [
                Fault(
                    "caseload.negative-working-days",
                    ("working_days",),
                    f"A target of {n} working days has no meaning.",
                    "Give 0 or more working days.",
                )
            ]
        )
    _need_years(start.year, start.year, holidays)
    day = start
    while n > 0:
        if day == date.max:
            _need_years(day.year + 1, day.year + 1, holidays={})
        day += DAY
        _need_years(day.year, day.year, holidays)
        n -= _working(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Holidays) -> int:
    """How many working days after ``start`` the day ``end`` is, counting ``end`` and not ``start``.

    Negative when ``end`` is earlier: what was done before the start was done in time. Raises
    ``caseload.holidays-missing-year``.

    >>> working_days_between(date(2015, 12, 24), date(2015, 12, 29), {2015: (date(2015, 12, 25), date(2015, 12, 28))})
    1
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    _need_years(start.year, end.year, holidays)
    return sum(_working(start + DAY * step, holidays) for step in range(1, (end - start).days + 1))


def _working(day: date, holidays: Holidays) -> bool:
    return day.weekday() < SATURDAY and day not in holidays[day.year]


def _need_years(first: int, last: int, holidays: Holidays) -> None:
    missing = [year for year in range(first, last + 1) if year not in holidays]
    if not missing:
        return
    years = ", ".join(str(year) for year in missing[:NAMED_YEARS])
    more = f" and {len(missing) - NAMED_YEARS} more" if len(missing) > NAMED_YEARS else ""
    raise Faults(
        [
            Fault(
                "caseload.holidays-missing-year",
                ("holidays", missing[0]),
                f"Working days are needed for {years}{more}, but no holidays are listed there.",
                "Add the public holidays to holidays.csv, or correct the date if its year is wrong.",
            )
        ]
    )
