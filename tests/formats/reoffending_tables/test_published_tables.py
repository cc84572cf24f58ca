"""What was really published: each year is the sum of its quarters, and each printed rate is that of its counts.

The facts stand in tests/reference/reoffending, with their source and licence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.census import read_census
from caselight.formats.reoffending_tables.reading import read_published
from caselight.method.reoffending.checking import published_faults, years_against_quarters
from caselight.method.reoffending.population import share
from caselight.method.reoffending.published import People, RateName

REFERENCE = Path(__file__).parents[2] / "reference" / "reoffending"
TABLES = {"disposal": 51, "gender": 6, "offence": 39, "prevoffences": 15, "timetoreoffence": 12}
RELEASED = About(date(2022, 1, 27))


def cells(name, about=RELEASED):
    return read_published(REFERENCE / f"published-{name}.csv", about).cells


@pytest.mark.parametrize("table", TABLES)
def test_the_year_2019_20_is_the_sum_of_its_four_quarters(table):
    rows = list(years_against_quarters(cells(f"2019-20-{table}")))
    assert len(rows) == TABLES[table]
    assert [row for row in rows if row[3] != sum(row[4])] == []


def test_in_all_five_tables_123_rows_were_held_against_their_quarters():
    assert sum(len(list(years_against_quarters(cells(f"2019-20-{table}")))) for table in TABLES) == 123


def test_the_whole_of_2019_20_is_what_was_published():
    boys_and_girls = [one for one in cells("2019-20-gender") if one.cohort.months == 12]
    totals = [
        sum(one.counts[name].value for one in boys_and_girls) for name in ("entries", "reoffenders", "reoffences")
    ]
    assert totals == [20695, 7079, 25830]


def test_every_published_rate_with_both_counts_is_that_of_its_counts_at_its_printed_precision():
    found = cells("comparators", About())
    both = [one for one in found if RateName.BINARY in one.rates and one.recomputed(RateName.BINARY) is not None]
    assert len(both) == 6
    for one in both:
        printed = one.rates[RateName.BINARY]
        assert one.recomputed(RateName.BINARY, printed.places) == printed.value
    assert published_faults(found) == []


def test_the_comparators_keep_their_measures_and_their_sources_apart():
    found = cells("comparators", About())
    assert {one.measure for one in found} == {"EW-12M", "EW-3M"}
    assert all(one.provenance.source for one in found)
    assert [one.people for one in found if one.area.name == "Westminster"] == [
        People.CHILDREN,
        People.ALL_AGES,
        People.CHILDREN,
    ]


def test_two_definitions_of_one_population_are_up_to_thirty_points_apart_and_both_are_stated():
    areas = {
        one.area.name: one
        for one in read_census(REFERENCE / "census-2011-three-boroughs.csv", table="QS201EW", ages="all ages")
    }
    wanted = ("Westminster", "Hammersmith and Fulham", "Kensington and Chelsea")
    assert [share(areas[name], "not White").value for name in wanted] == [Decimal(n) for n in ("38.3", "31.9", "29.4")]
    assert [share(areas[name], "not White British").value for name in wanted] == [
        Decimal(n) for n in ("64.8", "55.1", "60.7")
    ]
