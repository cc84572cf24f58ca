"""In which month the first reoffence came, and after how many days; and what is withheld under thirty entries."""

from datetime import date
from decimal import Decimal

import pytest
from tests.method.reoffending.histories import AS_OF, reference_cases

from caselight.method.reoffending.cohort import Row, person_rows
from caselight.method.reoffending.events import Kind
from caselight.method.reoffending.first_times import FirstTimes, first_times
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import MonthAdd, Window, months_from
from caselight.method.reoffending.options import Options
from caselight.method.reoffending.rates import NO_REOFFENDERS, WITHHELD

WINDOW = Window(date(2012, 1, 1), date(2012, 12, 31))


def entry(index: date, days: int | None) -> Row:
    return Row("a", WINDOW, index, "1", Kind.CAUTION, int(days is not None), None, days, 0, 15, "", "")


@pytest.mark.parametrize(
    ("index", "first", "month"),
    [
        (date(2012, 1, 15), date(2012, 1, 16), 1),
        (date(2012, 1, 15), date(2012, 2, 15), 1),  # the day one month on is in the first month
        (date(2012, 1, 15), date(2012, 2, 16), 2),
        (date(2012, 1, 31), date(2012, 2, 29), 1),  # a month on from the 31st is the last day of February
        (date(2012, 1, 31), date(2012, 3, 1), 2),
        (date(2012, 2, 29), date(2013, 2, 28), 12),
    ],
)
def test_a_month_ends_on_the_day_of_the_same_name(index: date, first: date, month: int) -> None:
    found = first_times([entry(index, (first - index).days)], Options())
    assert found.by_month == tuple(int(n + 1 == month) for n in range(12))


def test_months_are_added_as_the_option_says() -> None:
    """Carried over, a month on from 31 January is 2 March."""
    late = entry(date(2012, 1, 31), 31)
    assert first_times([late], Options(month_add=MonthAdd.CARRY)).by_month[0] == 1
    assert first_times([late], Options()).by_month[1] == 1


def test_there_are_as_many_months_as_the_follow_up_has() -> None:
    assert len(first_times([], Options(follow_months=24)).by_month) == 24


@pytest.mark.parametrize("id_", ["EW-3M", "EW-12M", "SCOT-1Y"])
def test_the_months_add_up_to_the_reoffenders(id_: str) -> None:
    how = measure(id_)
    window = months_from(date(2013, 1, 1), 12)
    rows = [row for case in reference_cases().values() for row in person_rows(case.events, [window], how, AS_OF)]
    found = first_times(rows, how.computed_with())
    assert sum(found.by_month) == len(found.days) == sum(row.reoffended for row in rows) > 0
    assert found.entries == len(rows)


def test_under_thirty_entries_counts_stay_and_shares_and_the_middle_are_withheld() -> None:
    few, enough = FirstTimes(29, (2, 1), (3, 9, 40)), FirstTimes(30, (2, 1), (3, 9, 40))
    assert few.by_month == (2, 1)
    assert (few.reached, few.median_days) == ((WITHHELD, WITHHELD), WITHHELD)
    assert (enough.reached, enough.median_days) == ((Decimal("6.7"), Decimal("10.0")), Decimal("9.0"))


def test_the_middle_of_an_even_number_lies_between_two_and_of_none_is_not_defined() -> None:
    assert FirstTimes(40, (4,), (1, 4, 9, 30)).median_days == Decimal("6.5")
    assert FirstTimes(40, (0,), ()).median_days is NO_REOFFENDERS
