"""Bank holidays of England and Wales by rule, with the days that were moved or added by proclamation.

Sources: Banking and Financial Dealings Act 1971, schedule 1, and the proclamations since. An inspection keeps the days
that it was planned with, so a proclamation later on changes nothing behind anybody's back.
"""

from __future__ import annotations

from datetime import date, timedelta

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
ADDED = (date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))
MOVED = {date(2012, 5, 28): date(2012, 6, 4), date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}


def bank_holidays(year: int) -> tuple[date, ...]:
    """The bank holidays of a year, in order; where one falls on a weekend, the working day in its place.

    >>> [day.isoformat() for day in bank_holidays(2027)][-2:]
    ['2027-12-27', '2027-12-28']
    """
    easter = _easter(year)
    mondays = [_first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)]
    days = [_next_working(date(year, 1, 1)), easter - timedelta(2), easter + timedelta(1), *mondays]
    days += _christmas(year)
    days = [MOVED.get(day, day) for day in days]
    return tuple(sorted({*days, *(day for day in ADDED if day.year == year)}))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def _next_working(day: date) -> date:
    return day + timedelta({SATURDAY: 2, SUNDAY: 1}.get(day.weekday(), 0))


def _christmas(year: int) -> list[date]:
    """Christmas Day and Boxing Day; a day of the weekend is taken after the other one."""
    moved = {SATURDAY: (27, 28), SUNDAY: (27, 26), 4: (25, 28)}
    return [date(year, 12, day) for day in moved.get(date(year, 12, 25).weekday(), (25, 26))]


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(last.weekday())
