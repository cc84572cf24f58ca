"""Months added to days, and windows."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, sampled_from

from caselight.method.faults import Faults
from caselight.method.reoffending.months import (
    MonthAdd,
    Window,
    WindowKind,
    add_months,
    age_on,
    cohorts,
    months_from,
    quarters,
    windows,
)

DAYS = dates(date(1900, 1, 1), date(2080, 12, 31))
MONTHS = integers(0, 120)


@given(DAYS, MONTHS)
def test_the_day_of_the_month_stays_or_is_the_last_of_a_shorter_month(day: date, months: int) -> None:
    """And the month is the one so many months on."""
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@given(DAYS, DAYS, MONTHS)
def test_a_later_day_never_comes_to_an_earlier_one(one: date, other: date, months: int) -> None:
    """Order is kept, if not strictly."""
    early, late = sorted([one, other])

    assert add_months(early, months) <= add_months(late, months)


@given(DAYS, MONTHS)
def test_carrying_over_differs_only_where_the_month_is_too_short(day: date, months: int) -> None:
    """And then by the days that it lacks."""
    clamped, carried = add_months(day, months), add_months(day, months, MonthAdd.CARRY)

    assert carried - clamped == timedelta(days=day.day - clamped.day)


@given(DAYS)
def test_twelve_months_are_a_year_also_from_a_leap_day(day: date) -> None:
    """The anniversary, or 28 February."""
    later = add_months(day, 12)

    assert later.year == day.year + 1
    assert (later.month, later.day) == (
        (day.month, day.day) if (day.month, day.day) != (2, 29) or later.day == 29 else (2, 28)
    )


@given(DAYS, DAYS)
def test_age_is_completed_years(born: date, day: date) -> None:
    """The birthday itself completes one."""
    years = age_on(born, day)

    if (born.month, born.day) != (2, 29):
        assert add_months(born, 12 * 20) == born.replace(year=born.year + 20)
        assert born.replace(year=born.year + years) <= day if born.year + years >= 1 else True
        assert day < born.replace(year=born.year + years + 1)


def test_four_quarters_make_a_year_without_gap_or_overlap() -> None:
    """Every day of 2012 is in exactly one."""
    days = [date(2012, 1, 1) + timedelta(days=n) for n in range(366)]

    assert [sum(window.holds(day) for window in quarters(2012)) for day in days] == [1] * 366


def test_twelve_months_roll_on_by_a_quarter_and_financial_years_by_a_year() -> None:
    """As they were published."""
    span = date(2012, 1, 1), date(2014, 3, 31)

    assert [str(one.first) for one in windows(WindowKind.TWELVE_MONTHS, *span)] == [
        "2012-01-01", "2012-04-01", "2012-07-01", "2012-10-01", "2013-01-01", "2013-04-01",
    ]  # fmt: skip
    assert [one.label for one in windows(WindowKind.FINANCIAL_YEAR, *span)] == [
        "2012-04-01 to 2013-03-31", "2013-04-01 to 2014-03-31",
    ]  # fmt: skip
    assert months_from(date(2012, 4, 1), 12).last == date(2013, 3, 31)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2013, 2, 1), date(2013, 1, 1)), (date(1812, 1, 1), date(2013, 1, 1))]
)
def test_a_window_that_cannot_be_is_refused(first: date, last: date) -> None:
    """With the days that were given."""
    with pytest.raises(Faults, match=r"reoffending\.bad-window"):
        Window(first, last)


@pytest.mark.parametrize(
    ("kind", "first", "last", "cure"),
    [
        ("quarter", "2019-04-05", "2020-03-31", "Begin on 2019-04-01 or 2019-07-01, and end on 2020-03-31."),
        ("quarter", "2019-04-01", "2020-03-30", "Begin on 2019-04-01, and end on 2019-12-31 or 2020-03-31."),
        ("quarter", "2019-04-02", "2019-04-30", "Begin on 2019-04-01 or 2019-07-01, and end on 2019-06-30 or 2019-09-30."),
        ("financial_year", "2019-01-01", "2020-03-31", "Begin on 2018-04-01 or 2019-04-01, and end on 2020-03-31."),
        ("twelve_months", "2019-04-01", "2019-12-31", "Begin on 2019-04-01, and end on 2020-03-31 or 2020-06-30."),
    ],
)  # fmt: skip
def test_days_that_are_no_whole_cohorts_are_refused_with_those_that_would_be(
    kind: str, first: str, last: str, cure: str
) -> None:
    """Never a quarter left out because the first day was five days late."""
    with pytest.raises(Faults, match=r"reoffending\.not-cohorts") as refused:
        cohorts(WindowKind(kind), date.fromisoformat(first), date.fromisoformat(last))
    assert refused.value.faults[0].cure == cure


@given(dates(date(1950, 1, 1), date(2050, 1, 1)), integers(0, 900), sampled_from(WindowKind))
def test_whole_cohorts_are_those_that_no_day_is_left_of(first: date, length: int, kind: WindowKind) -> None:
    """Whether refused or not: what is given begins and ends on the days that were named."""
    last = first + timedelta(days=length)
    try:
        found = cohorts(kind, first, last)
    except Faults:
        assert not any((one.first, two.last) == (first, last) for one in windows(kind, first, last)
                       for two in windows(kind, first, last))  # fmt: skip
    else:
        assert (found[0].first, found[-1].last) == (first, last)
        assert found == windows(kind, first, last)
