"""Months added to days, and the windows of cohorts: twelve months, calendar quarters, financial years.

A month is a calendar month, never 30 days, and a year is twelve of them, never 365 days (docs/explanation/reoffending.md).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caselight.method.faults import Fault, stop

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)  # days outside of these are mistakes, not days


class MonthAdd(StrEnum):
    """What becomes of a day that the later month does not have: 31 January and one month."""

    CLAMP = "clamp"  # its last day: 28 February
    CARRY = "carry"  # as many days into the month after: 3 March


class WindowKind(StrEnum):
    """How a measure cuts the years into cohorts."""

    TWELVE_MONTHS = "twelve_months"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial_year"


_SAID = {
    WindowKind.TWELVE_MONTHS: "twelve months from the first day of a quarter",
    WindowKind.QUARTER: "quarters of a calendar year",
    WindowKind.FINANCIAL_YEAR: "years from 1 April",
}


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days in which a person may enter a cohort. Both ends are in it.

    >>> Window(date(2013, 1, 1), date(2013, 3, 31)).label
    '2013-01-01 to 2013-03-31'
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first <= self.last <= LATEST:
            stop(
                Fault(
                    "reoffending.bad-window",
                    ("window",),
                    f"A cohort cannot run from {self.first} to {self.last}.",
                    f"Give a first day and a last day that is not before it, between {EARLIEST} and {LATEST}.",
                )
            )

    @property
    def label(self) -> str:
        """The two days, as they are written in tables."""
        return f"{self.first} to {self.last}"

    def holds(self, day: date) -> bool:
        """Whether a person who enters on this day enters this cohort."""
        return self.first <= day <= self.last


def add_months(day: date, months: int, how: MonthAdd = MonthAdd.CLAMP) -> date:
    """The same day of the month, so many months on; where that month is shorter, its last day.

    >>> add_months(date(2012, 2, 29), 12), add_months(date(2013, 8, 31), 18)
    (datetime.date(2013, 2, 28), datetime.date(2015, 2, 28))
    >>> add_months(date(2013, 8, 31), 18, MonthAdd.CARRY)
    datetime.date(2015, 3, 3)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if how is MonthAdd.CARRY:
        return date(year, month + 1, 1) + timedelta(days=day.day - 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_from(first: date, months: int) -> Window:
    """The window of so many months that begins on a day.

    >>> months_from(date(2012, 4, 1), 12).last
    datetime.date(2013, 3, 31)
    """
    return Window(first, add_months(first, months) - timedelta(days=1))


def windows(kind: WindowKind, first: date, last: date) -> tuple[Window, ...]:
    """The windows of a measure that lie wholly between two days, in order.

    Twelve months are rolled on by a quarter at a time, as they were published; quarters and financial years follow each
    other. Twelve months and quarters begin in January, April, July and October, financial years in April.

    >>> [window.label for window in windows(WindowKind.QUARTER, date(2013, 1, 1), date(2013, 6, 30))]
    ['2013-01-01 to 2013-03-31', '2013-04-01 to 2013-06-30']
    """
    length = 3 if kind is WindowKind.QUARTER else 12
    starts = (4,) if kind is WindowKind.FINANCIAL_YEAR else (1, 4, 7, 10)
    found = (
        months_from(date(year, month, 1), length)
        for year in range(first.year, min(last.year, LATEST.year - 1) + 1)
        for month in starts
    )
    return tuple(window for window in found if first <= window.first and window.last <= last)


def cohorts(kind: WindowKind, first: date, last: date) -> tuple[Window, ...]:
    """The windows of a measure that begin on the one day and end on the other, so that no day between is left out unseen.

    Raises ``reoffending.not-cohorts`` with the nearest days that would do.

    >>> len(cohorts(WindowKind.QUARTER, date(2013, 1, 1), date(2013, 12, 31)))
    4
    """
    whole = Window(first, last)
    found = windows(kind, first, last)
    if not found or (found[0].first, found[-1].last) != (first, last):
        around = windows(kind, max(EARLIEST, add_months(first, -12)), min(LATEST, add_months(last, 12)))
        starts = _nearest({window.first for window in around}, first)
        ends = _nearest({window.last for window in around if window.first >= min(starts)}, last)
        stop(
            Fault(
                "reoffending.not-cohorts",
                ("window",),
                f"{whole.label} is not made of whole cohorts of this measure, which are {_SAID[kind]}.",
                f"Begin on {' or '.join(map(str, starts))}, and end on {' or '.join(map(str, ends))}.",
            )
        )
    return found


def _nearest(days: set[date], wanted: date) -> list[date]:
    """The wanted day, or else the two that are nearest to it."""
    return [wanted] if wanted in days else sorted(sorted(days, key=lambda day: abs(day - wanted))[:2])


def quarters(year: int) -> tuple[Window, ...]:
    """The four quarters of a calendar year."""
    return windows(WindowKind.QUARTER, date(year, 1, 1), date(year, 12, 31))


def age_on(born: date, day: date) -> int:
    """Completed years. Whoever was born on 29 February completes a year on 1 March of years that have no such day.

    >>> age_on(date(2004, 2, 29), date(2022, 2, 28)), age_on(date(2004, 2, 29), date(2022, 3, 1))
    (17, 18)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
