"""Published figures: recomputed at the printed precision, a year against its quarters, the counts that a rate leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.reoffending.beside import difference, national, trend, year_before
from caselight.method.reoffending.checking import published_faults
from caselight.method.reoffending.cited import Comparator, cited_faults
from caselight.method.reoffending.implied import counts_giving
from caselight.method.reoffending.population import Population, share
from caselight.method.reoffending.published import (
    NOT_GIVEN,
    Area,
    Cohort,
    Count,
    People,
    PrintedRate,
    Provenance,
    Published,
    RateName,
    State,
    half_up,
)

YEAR = Cohort("2019-20", date(2019, 4, 1), date(2020, 3, 31))
BEFORE = Cohort("2018-19", date(2018, 4, 1), date(2019, 3, 31))
QUARTERS = tuple(
    Cohort(
        f"Q{n}", date(2019 + (month < 4), month, 1), date(2019 + (month < 4), month + 2, 31 if month in (1, 10) else 30)
    )
    for n, month in enumerate((4, 7, 10, 1), 1)
)
RELEASE = Provenance("t.xlsx", "f" * 64, "Data", "Ministry of Justice", "January 2022")


def cell(
    entries=None,
    reoffenders=None,
    reoffences=None,
    *,
    cohort=YEAR,
    area="Testshire",
    measure="EW-3M",
    rate=None,
    **more,
):
    counts = [NOT_GIVEN if one is None else Count(one) for one in (entries, reoffenders, reoffences)]
    rates = {RateName.BINARY: PrintedRate(Decimal(rate))} if rate else {}
    return Published(measure, cohort, Area(area), People.CHILDREN, more.get("breakdown", ()), *counts, rates, RELEASE)


def codes(cells):
    return [fault.code for fault in published_faults(cells)]


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 3))
def test_a_rate_is_rounded_once_half_up_from_whole_numbers(above, below, places):
    exact = Decimal(above * 10**places * 2 + below) // Decimal(2 * below)  # floor(x + 1/2)
    assert half_up(above, below, places) == exact.scaleb(-places)


@pytest.mark.parametrize(
    ("rate", "found"), [("43", []), ("43.2", []), ("43.22", []), ("43.3", ["reoffending.rate-not-from-counts"])]
)
def test_a_printed_rate_is_held_against_its_counts_at_its_own_precision(rate, found):
    assert codes([cell(118, 51, rate=rate)]) == found


def test_counts_that_cannot_be_are_errors_with_the_cell_of_the_file():
    wrong = replace(cell(10, 11, 5), reoffenders=Count(11, cell="H7"))
    faults = published_faults([wrong])
    assert [fault.code for fault in faults] == ["reoffending.more-than-entries", "reoffending.fewer-reoffences"]
    assert str(faults[0].place) == "t.xlsx [Data]:H7"


def test_a_printed_rate_of_fewer_than_thirty_entries_is_told():
    assert codes([cell(29, 10, rate="34.5")]) == ["reoffending.rate-of-few"]


@pytest.mark.parametrize(("wrong", "found"), [(0, []), (1, ["reoffending.year-not-quarters"])])
def test_a_year_is_the_sum_of_its_four_quarters(wrong, found):
    numbers = (5603, 5353, 4862, 4877)
    quarters = [cell(number, cohort=quarter) for number, quarter in zip(numbers, QUARTERS, strict=True)]
    assert codes([cell(20695 + wrong), *quarters]) == found


def test_a_year_with_a_quarter_that_was_never_published_is_not_held_against_the_other_three():
    quarters = [cell(10, cohort=quarter) for quarter in QUARTERS]
    quarters[2] = replace(quarters[2], entries=Count(None, State.NOT_PUBLISHED))
    assert codes([cell(500), *quarters]) == []


def test_a_twelve_month_year_is_not_the_sum_of_quarters():
    quarters = [cell(10, cohort=quarter, measure="EW-12M") for quarter in QUARTERS]
    assert codes([cell(30, measure="EW-12M"), *quarters]) == []


def test_one_cell_with_two_numbers_is_told_unless_one_is_a_revision():
    assert codes([cell(100), cell(101)]) == ["reoffending.cell-twice"]
    assert codes([cell(100), replace(cell(), entries=Count(101, State.REVISED))]) == []
    assert codes([cell(100), cell(101, breakdown=("Sex", "Boys"))]) == []


def test_what_may_be_quoted_is_the_printed_rate_else_that_of_thirty_entries_or_more():
    assert cell(118, 51, rate="43").quoted() == Decimal(43)
    assert cell(118, 51).quoted() == Decimal("43.2")
    assert cell(29, 10).quoted() is None
    withheld = replace(cell(118, 51), rates={RateName.BINARY: PrintedRate(None, State.WITHHELD)})
    assert withheld.quoted() is None


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 2))
def test_every_pair_that_gives_a_rate_is_found_and_no_other(reoffenders, entries, places):
    rate = half_up(min(reoffenders, entries) * 100, entries, places)
    found = counts_giving(rate, places, 60)
    naive = [(n, d) for d in range(1, 61) for n in range(d + 1) if half_up(n * 100, d, places) == rate]
    assert (list(found.pairs), found.number, found.lowest) == (naive, len(naive), naive[0])


def test_the_rate_of_the_letter_begins_at_56_of_113():
    assert counts_giving(Decimal("49.6"), 1, 260).lowest == (56, 113)


@pytest.mark.parametrize(
    ("rate", "places", "most"), [("100.1", 1, 9), ("-1", 0, 9), ("43.61", 1, 9), ("43", 0, 0), ("43", 0, 10**9)]
)
def test_no_counts_are_looked_for_that_cannot_give_a_rate(rate, places, most):
    with pytest.raises(Faults, match=r"reoffending\.rate-cannot-be"):
        counts_giving(Decimal(rate), places, most)


def test_the_year_before_and_the_national_average_are_of_the_same_measure_and_people():
    own, before, nation = cell(100, 40), cell(100, 35, cohort=BEFORE), cell(1000, 300, area="England and Wales")
    others = [cell(100, 90, cohort=BEFORE, measure="EW-12M"), cell(100, 90, area="England and Wales", measure="EW-12M")]
    assert year_before(own, [*others, before]) is before
    assert national(own, [*others, nation]) is nation
    assert year_before(own, others) is None
    assert difference(own, before).direction == "higher"
    assert difference(own, before).points == Decimal("5.0")


def test_a_difference_and_a_trend_over_two_measures_are_refused_with_both_named():
    own, other = cell(100, 40), cell(100, 40, measure="EW-12M", cohort=BEFORE)
    for attempt in (lambda: difference(own, other), lambda: trend([own, other])):
        with pytest.raises(Faults) as refused:
            attempt()
        assert [fault.code for fault in refused.value] == ["reoffending.measures-mixed"]
        assert "EW-3M" in str(refused.value)
        assert "EW-12M" in str(refused.value)


def test_a_gap_in_a_trend_is_a_gap():
    gap = replace(cell(cohort=BEFORE), entries=Count(None, State.NOT_PUBLISHED))
    assert [rate for _, rate in trend([cell(100, 40), gap])] == [None, Decimal("40.0")]


def test_a_share_of_a_population_says_its_ages_and_its_definition():
    found = share(Population(Area("Westminster"), "QS201EW", 2011, "all ages", 1000, {"White": 617}), "not White")
    assert found.value == Decimal("38.3")
    assert "all ages" in found.says
    assert "not White" in found.says
    with pytest.raises(Faults, match=r"reoffending\.census-group-missing"):
        share(Population(Area("Westminster"), "QS201EW", 2011, "all ages", 1000, {}), "not White British")


def cited(key="rate.a", published=None, **more):
    return Comparator(key, "Testshire", published or cell(rate="43.6"), **more)


def test_the_footnote_is_that_of_the_measure_and_names_cohort_publisher_and_day():
    old = cited(published=cell(rate="43.6", measure="EW-12M")).footnote("en")
    new = cited().footnote("en")
    assert "binary rate" in old
    assert "cohort entries" in new
    assert "children" not in new.replace("a child who", "")
    assert all("2019-20" in note and "Ministry of Justice" in note and "January 2022" in note for note in (old, new))
    assert cited().footnote("cy") == new


def test_a_stated_direction_that_the_rates_deny_is_a_fault():
    before = cited("rate.before", cell(rate="40.0", cohort=BEFORE))
    said = [cited("direction", cell(), direction=word, about=("rate.a",)) for word in ("worse", "better")]
    assert list(cited_faults([cited(), before, said[0]])) == []
    assert [fault.code for fault in cited_faults([cited(), before, said[1]])] == ["reoffending.direction-denied"]
    assert list(cited_faults([cited(), said[1]])) == []  # without the year before nothing can deny it


def test_a_comparator_without_a_rate_cannot_be_quoted():
    few = cited(published=cell(20, 10))
    unknown = cited("direction", cell(), direction="worse", about=("rate.z",))
    assert [fault.code for fault in cited_faults([few, unknown])] == [
        "reoffending.nothing-to-quote",
        "reoffending.unknown-comparator",
    ]
