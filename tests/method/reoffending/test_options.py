"""Each option of a measure changes exactly the cases that it should, and no other."""

from dataclasses import replace
from typing import Any

import pytest
from tests.method.reoffending.cases import CASES as OURS
from tests.method.reoffending.cases import EXPECTED
from tests.method.reoffending.histories import Case, in_short, reference_cases, year_and_quarters

from caselight.method.faults import Faults
from caselight.method.reoffending.events import Kind
from caselight.method.reoffending.measures import Measure, measure
from caselight.method.reoffending.months import MonthAdd
from caselight.method.reoffending.options import (
    AgeAt,
    AreaAt,
    Clock,
    Counted,
    Missing,
    Options,
    TieBreak,
    band,
    band_label,
)

CASES = {**reference_cases(), **OURS}
DEFAULT = measure("EW-12M")

CHANGED: list[tuple[dict[str, Any], str]] = [
    ({"follow_months": 13}, "T11 T28 A15 T10 A02"),  # and the wait ends a month later too
    ({"wait_months": 7}, "T10 A02"),
    ({"wait_months": 0}, "T09 T12 A15 C04"),
    ({"follow_end_day": False}, "T12"),
    ({"index_day_counts": True}, "A01"),
    ({"month_add": MonthAdd.CARRY}, "T28 A02"),
    (
        {"clock": Clock.PROVEN},
        "T02 T03 T04 T05 T06 T09 T12 T22 T24 T25 A01 A09 A13 A14 A15 C01 C02 C03 C04 D01 D06 D08",
    ),
    ({"counted": Counted.OCCASIONS}, "A14"),
    ({"tie_break": TieBreak.OCCASION}, "A03"),
    ({"breach_counts": True}, "A04"),
    ({"breach_makes_entry": False}, "A05"),
    ({"recall_release_is_index": True}, "A06"),
    ({"tic_counts": True}, "A07"),
    ({"drug_test_is_entry": True}, "A08"),
    ({"missing_offence_date": Missing.DROP}, "A09 D01"),
    ({"missing_offence_date": Missing.PROVEN_DATE}, "A09 D01 D08"),
    ({"age_at": AgeAt.WINDOW_START}, "A10"),
    ({"area_at": AreaAt.HOME}, "A11"),
    ({"area_at": AreaAt.POLICE}, "A03 A12 C02"),
    ({"serious": (3,)}, "A13"),
]


@pytest.mark.parametrize("id_", OURS)
def test_a_case_of_ours_comes_to_what_the_table_says(id_: str) -> None:
    """With the default options."""
    assert " | ".join(in_short(year_and_quarters(OURS[id_]))) == EXPECTED[id_], OURS[id_].shows


@pytest.mark.parametrize(
    ("changed", "cases"), CHANGED, ids=lambda value: value if isinstance(value, str) else str(value)
)
def test_an_option_changes_exactly_the_cases_that_it_should(changed: dict[str, Any], cases: str) -> None:
    """Over all reference cases and ours, everything that a row says compared."""
    how = DEFAULT.with_options(**changed)

    assert {id_ for id_, case in CASES.items() if _rows(case, how) != _rows(case, DEFAULT)} == set(cases.split())


def _rows(case: Case, how: Measure) -> list[object]:
    """What a case comes to; severe not known counts as not severe, so that only what is found is a change."""
    return [row and replace(row, severe=bool(row.severe)) for row in year_and_quarters(case, how)]


def test_every_option_is_in_the_table() -> None:
    """Or is tested by name below."""
    by_name = {"kinds", "age_bands", "previous_bands"}

    assert {name for changed, _ in CHANGED for name in changed} == set(Options.__dataclass_fields__) - by_name


def test_a_kind_that_a_measure_does_not_count_neither_enters_nor_counts() -> None:
    """Courts only: the caution of T02 is no entry, so its conviction is."""
    courts = DEFAULT.with_options(kinds=(Kind.COURT, Kind.CUSTODY))

    assert in_short(year_and_quarters(CASES["T01"], courts)) == ["-"] * 5
    assert in_short(year_and_quarters(CASES["T02"], courts)) == ["01 Sep 0/0", "-", "-", "01 Sep 0/0", "-"]


def test_bands_begin_at_their_lowest_number() -> None:
    """Ten and eleven are one band; below the first nothing is known."""
    ages = Options().age_bands

    assert [band_label(band(age, ages), ages) for age in (9, 10, 11, 12, 17, 18, 50, 99, None)] == [
        "not known", "10-11", "10-11", "12-14", "15-17", "18-20", "50+", "50+", "not known",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"follow_months": 0},
        {"wait_months": -1},
        {"kinds": ()},
        {"kinds": (Kind.RECALL,)},
        {"age_bands": (12, 10)},
        {"previous_bands": (1, 3)},
        {"missing_offence_date": "drop"},
        {"tic_counts": 1},
    ],
    ids=str,
)
def test_options_that_mean_nothing_are_refused(wrong: dict[str, Any]) -> None:
    """With what they may be."""
    with pytest.raises(Faults, match=r"reoffending\.bad-options"):
        Options(**wrong)


def test_equal_options_have_one_fingerprint_and_others_another() -> None:
    """It names the set of options in results."""
    assert Options().fingerprint == Options(wait_months=6).fingerprint != Options(wait_months=5).fingerprint
