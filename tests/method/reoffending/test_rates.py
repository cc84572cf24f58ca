"""Counts, the three rates, and when a cohort is final."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from caselight.method.faults import Faults
from caselight.method.reoffending.months import Window
from caselight.method.reoffending.options import Options
from caselight.method.reoffending.rates import NO_REOFFENDERS, WITHHELD, Counts, State, rounded, state

Q1 = Window(date(2013, 1, 1), date(2013, 3, 31))


def test_a_year_is_the_plain_sum_of_its_quarters() -> None:
    """2019/20 as published: the rate is made of the sums."""
    quarters = [
        Counts(5_603, 1_977, 7_182),
        Counts(5_353, 1_769, 6_756),
        Counts(4_862, 1_670, 5_909),
        Counts(4_877, 1_663, 5_983),
    ]
    year = quarters[0] + quarters[1] + quarters[2] + quarters[3]

    assert year == Counts(20_695, 7_079, 25_830)
    assert (str(year.binary), str(year.per_offender), str(year.per_reoffender)) == ("34.2", "1.25", "3.65")


@given(integers(0, 10**6), integers(1, 10**6))
def test_rounding_is_half_up_from_whole_numbers_once(above: int, below: int) -> None:
    """Against decimal arithmetic with many places."""
    exact = Fraction(above, below)
    long = Decimal(exact.numerator) / Decimal(exact.denominator)

    assert rounded(above, below, "0.1") == long.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_under_thirty_entries_rates_are_withheld_and_counts_stay() -> None:
    """Thirty are enough."""
    few, enough = Counts(29, 10, 20), Counts(30, 10, 20)

    assert few.binary == few.per_offender == few.per_reoffender == WITHHELD
    assert str(enough.binary) == "33.3"
    assert Counts(30, 0, 0).per_reoffender == NO_REOFFENDERS


@pytest.mark.parametrize("wrong", [(1, 2, 2), (2, 1, 0), (-1, 0, 0), (30, 5, 9, 6)])
def test_counts_that_cannot_be_are_refused(wrong: tuple[int, ...]) -> None:
    """More reoffenders than entries, fewer reoffences than reoffenders, negatives."""
    with pytest.raises(Faults, match=r"reoffending\.impossible-counts"):
        Counts(*wrong)


def test_severe_is_known_only_when_it_is_known_of_all() -> None:
    """A sum with a part that is not known is not known."""
    assert (Counts(1, 1, 1, 1) + Counts(1, 0, 0)).severe is None


def test_a_cohort_is_final_when_its_last_entry_has_had_eighteen_months() -> None:
    """Judged by the last entry, and by the last day of the window where nobody entered."""
    last = date(2013, 3, 10)

    assert state(Q1, last, Options(), date(2014, 9, 9)) is State.INTERIM
    assert state(Q1, last, Options(), date(2014, 9, 10)) is State.FINAL
    assert state(Q1, None, Options(), date(2014, 9, 29)) is State.INTERIM
    assert state(Q1, None, Options(), date(2014, 9, 30)) is State.FINAL
