"""The dates of an inspection that is planned: the announcement and the publication follow from the days of fieldwork."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from caselight.method.caseload.bank_holidays import bank_holidays
from caselight.method.caseload.workdays import Holidays, add_working_days, is_working_day
from caselight.method.inspection.definition import Dates

YEARS_BEFORE = 6  # an order may have begun so long ago, and working days are counted from it


@dataclass(frozen=True, slots=True)
class Lead:
    """Working days from the announcement to the fieldwork, and from its end to publication."""

    before: int
    after: int


EXTERNAL, LOCAL = Lead(10, 30), Lead(5, 10)


def holidays_about(day: date) -> Holidays:
    """The bank holidays of the years about a day."""
    return {year: bank_holidays(year) for year in range(day.year - YEARS_BEFORE, day.year + 2)}


def working_days_before(day: date, n: int, holidays: Holidays) -> date:
    """The n-th working day before ``day``.

    >>> working_days_before(date(2026, 1, 5), 2, holidays_about(date(2026, 1, 5)))
    datetime.date(2025, 12, 31)
    """
    while n > 0:
        day -= timedelta(1)
        n -= is_working_day(day, holidays)
    return day


def planned_dates(first: date, last: date, lead: Lead, *, announced: date | None, published: date | None) -> Dates:
    """The dates of fieldwork from ``first`` to ``last``; what is not given is computed.

    Raises ``ValidationError`` of pydantic where the dates are not in order.
    """
    holidays = holidays_about(last)
    return Dates(
        announced=announced or working_days_before(first, lead.before, holidays),
        fieldwork_from=first,
        fieldwork_to=last,
        published=published or add_working_days(last, lead.after, holidays),
    )
