"""Time between two days, by units: whole ones that have passed, below nought when the second day is the earlier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.method.caseload.elapsed import UNITS, elapsed, months_between
from caselight.method.faults import Faults

HOLIDAYS = {2015: (date(2015, 12, 25), date(2015, 12, 28)), 2016: (date(2016, 1, 1),)}
DAYS = st.dates(date(1999, 1, 1), date(2005, 12, 31))
NEAR = st.integers(-800, 800)


@pytest.mark.parametrize(
    ("start", "end", "unit", "passed"),
    [
        ("2015-12-24", "2015-12-24", "days", 0),
        ("2015-12-24", "2015-12-31", "days", 7),
        ("2015-12-24", "2015-12-23", "days", -1),
        ("2015-12-24", "2015-12-30", "weeks", 0),
        ("2015-12-24", "2015-12-31", "weeks", 1),
        ("2015-12-24", "2015-12-23", "weeks", -1),
        ("2015-12-24", "2015-12-17", "weeks", -1),
        ("2015-12-24", "2015-12-16", "weeks", -2),
        ("2015-12-24", "2015-12-29", "working_days", 1),
        ("2015-12-24", "2016-01-04", "working_days", 4),
        ("2015-12-29", "2015-12-24", "working_days", -1),
        ("2016-01-15", "2016-02-14", "months", 0),
        ("2016-01-15", "2016-02-15", "months", 1),
        ("2016-01-31", "2016-02-28", "months", 0),
        ("2016-01-31", "2016-02-29", "months", 1),
        ("2015-01-31", "2015-02-28", "months", 1),
        ("2016-01-31", "2016-03-30", "months", 1),
        ("2016-01-31", "2016-03-31", "months", 2),
        ("2016-02-29", "2017-02-28", "months", 12),
        ("2016-03-15", "2016-03-14", "months", -1),
        ("2016-03-15", "2016-02-15", "months", -1),
        ("2016-03-15", "2016-02-14", "months", -2),
        ("2016-03-31", "2016-02-29", "months", -1),
    ],
)
def test_whole_units_that_have_passed(start, end, unit, passed):
    assert elapsed(date.fromisoformat(start), date.fromisoformat(end), unit, HOLIDAYS) == passed


def same_day_of(start: date, months: int) -> date:
    """The day that is so many months on: the same day of that month, or its last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(start.day, last))


def walked(start: date, end: date) -> int:
    """The months that passed, by walking day for day and counting the anniversaries that were met."""
    months, step = 0, 1 if end >= start else -1
    if step > 0:
        day = start
        while day < end:
            day += timedelta(1)
            months += day == same_day_of(start, months + 1)
        return months
    while same_day_of(start, months) > end:
        months -= 1
    return months


@given(DAYS, NEAR)
def test_months_are_those_that_a_walk_day_for_day_counts(start, days):
    end = start + timedelta(days)
    assert months_between(start, end) == walked(start, end)


@given(DAYS, NEAR, st.sampled_from(["days", "weeks", "months"]))
def test_a_later_day_is_never_less_time_and_before_the_start_is_below_nought(start, days, unit):
    end = start + timedelta(days)
    passed = elapsed(start, end, unit, {})
    assert elapsed(start, end + timedelta(1), unit, {}) >= passed
    assert (passed < 0) is (end < start)


def test_working_days_need_the_holidays_of_their_years():
    with pytest.raises(Faults) as told:
        elapsed(date(2015, 12, 24), date(2017, 1, 2), "working_days", HOLIDAYS)
    assert [fault.code for fault in told.value] == ["caseload.holidays-missing-year"]


def test_every_unit_of_the_language_is_counted():
    from typing import get_args

    from caselight.method.framework.rules import Unit

    assert set(UNITS) == set(get_args(Unit))
