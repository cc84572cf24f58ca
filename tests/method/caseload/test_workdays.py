"""Working days against a list of holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.caseload.workdays import add_working_days, is_working_day, working_days_between
from caselight.method.faults import Faults

# Bank holidays in England and Wales (gov.uk, Open Government Licence v3.0).
ENGLAND_AND_WALES = {
    2015: (
        date(2015, 1, 1),
        date(2015, 4, 3),
        date(2015, 4, 6),
        date(2015, 5, 4),
        date(2015, 5, 25),
        date(2015, 8, 31),
        date(2015, 12, 25),
        date(2015, 12, 28),
    ),
    2016: (
        date(2016, 1, 1),
        date(2016, 3, 25),
        date(2016, 3, 28),
        date(2016, 5, 2),
        date(2016, 5, 30),
        date(2016, 8, 29),
        date(2016, 12, 26),
        date(2016, 12, 27),
    ),
}
NONE = dict.fromkeys(range(2000, 2100), ())
DAYS = st.dates(date(2015, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2015, 9, 14), 0, date(2015, 9, 14)),  # a Monday
        (date(2015, 9, 14), 1, date(2015, 9, 15)),
        (date(2015, 9, 14), 15, date(2015, 10, 5)),
        (date(2015, 9, 14), 20, date(2015, 10, 12)),
        (date(2015, 9, 18), 1, date(2015, 9, 21)),  # over a weekend
        (date(2015, 9, 19), 0, date(2015, 9, 19)),  # a Saturday is nobody's target, but nought days after it is itself
        (date(2015, 9, 19), 1, date(2015, 9, 21)),
        (date(2015, 12, 24), 1, date(2015, 12, 29)),  # Christmas, a weekend and the day instead
        (date(2015, 12, 24), 4, date(2016, 1, 4)),  # and New Year
    ],
)
def test_a_target_counts_working_days_after_the_start(start: date, n: int, end: date) -> None:
    assert add_working_days(start, n, ENGLAND_AND_WALES) == end
    assert working_days_between(start, end, ENGLAND_AND_WALES) == n


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2015, 9, 14), True),
        (date(2015, 9, 18), True),
        (date(2015, 9, 19), False),
        (date(2015, 9, 20), False),
        (date(2015, 8, 31), False),
    ],
)
def test_weekends_and_holidays_are_not_working_days(day: date, working: bool) -> None:
    assert is_working_day(day, ENGLAND_AND_WALES) is working


def test_what_was_done_before_the_start_counts_below_nought() -> None:
    assert working_days_between(date(2015, 9, 21), date(2015, 9, 18), ENGLAND_AND_WALES) == -1


def test_a_holiday_on_a_weekend_changes_nothing() -> None:
    with_saturday = {2015: (date(2015, 9, 19),)}
    assert add_working_days(date(2015, 9, 18), 1, with_saturday) == date(2015, 9, 21)


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2016, 12, 30), date(2017, 1, 3), "2017"),
        (date(2014, 12, 30), date(2015, 1, 3), "2014"),
        (date(1, 1, 1), date(9999, 12, 31), "1, 2, 3 and 9994 more"),
    ],
)
def test_a_year_without_holidays_in_the_span_is_a_fault(first: date, last: date, named: str) -> None:
    for start, end in ((first, last), (last, first)):
        with pytest.raises(Faults) as caught:
            working_days_between(start, end, ENGLAND_AND_WALES)
        (fault,) = caught.value
        assert fault.code == "caseload.holidays-missing-year"
        assert f"needed for {named}," in fault.says


@pytest.mark.parametrize(
    ("start", "n"),
    [(date(2016, 12, 30), 1), (date(2014, 12, 31), 1), (date(2014, 12, 31), 0), (date(2016, 1, 1), 10**9)],
)
def test_a_target_that_leaves_the_known_years_is_a_fault(start: date, n: int) -> None:
    with pytest.raises(Faults) as caught:
        add_working_days(start, n, ENGLAND_AND_WALES)
    assert [fault.code for fault in caught.value] == ["caseload.holidays-missing-year"]


def test_the_calendar_ends_with_a_fault_and_not_with_a_crash() -> None:
    with pytest.raises(Faults) as caught:
        add_working_days(date.max, 1, {date.max.year: ()})
    assert [fault.code for fault in caught.value] == ["caseload.holidays-missing-year"]


def test_a_negative_target_is_a_fault() -> None:
    with pytest.raises(Faults) as caught:
        add_working_days(date(2015, 9, 14), -1, ENGLAND_AND_WALES)
    assert [fault.code for fault in caught.value] == ["caseload.negative-working-days"]


@settings(deadline=None)
@given(st.dates(date(2015, 1, 1), date(2016, 6, 1)), st.integers(0, 60))
def test_adding_and_counting_are_each_other_backwards(start: date, n: int) -> None:
    end = add_working_days(start, n, ENGLAND_AND_WALES)
    assert working_days_between(start, end, ENGLAND_AND_WALES) == n
    assert n == 0 or is_working_day(end, ENGLAND_AND_WALES)


@settings(deadline=None)
@given(DAYS, DAYS, DAYS)
def test_counts_of_neighbouring_spans_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    whole = working_days_between(first, last, ENGLAND_AND_WALES)
    parts = [working_days_between(*span, ENGLAND_AND_WALES) for span in ((first, middle), (middle, last))]
    assert whole == sum(parts)
    assert working_days_between(last, first, ENGLAND_AND_WALES) == -whole


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 500))
def test_any_seven_days_without_holidays_hold_five_working_days(start: date, weeks: int) -> None:
    assert working_days_between(start, start + timedelta(weeks=weeks), NONE) == 5 * weeks


@settings(deadline=None)
@given(DAYS, st.integers(0, 40), st.lists(DAYS, max_size=20))
def test_more_holidays_never_bring_a_target_forward(start: date, n: int, extra: list[date]) -> None:
    more = {year: days + tuple(extra) for year, days in (NONE | ENGLAND_AND_WALES).items()}
    assert add_working_days(start, n, more) >= add_working_days(start, n, NONE | ENGLAND_AND_WALES)
