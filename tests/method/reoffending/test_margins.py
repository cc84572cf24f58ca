"""Every sum that an attacker could use is in the list: breakdowns, pooled years, what is left over, earlier releases."""

import pytest

from caselight.method.faults import Faults
from caselight.method.reoffending.margins import ALL, Margins, Released, key_of, margins

QUARTERS = {"2019": ("Q1", "Q2", "Q3", "Q4")}


def sums(found: Margins) -> set[tuple[str, tuple[str, ...]]]:
    return {(item.total, item.parts) for item in found.sums}


def test_a_breakdown_adds_up_to_its_total_for_each_count() -> None:
    rows = [
        Released(("Q1", ALL), 50, 20, 40),
        Released(("Q1", "boys"), 40, 17, 35),
        Released(("Q1", "girls"), 10, 3, 5),
    ]
    found = margins(rows, pooled={})
    for count in ("entries", "reoffenders", "reoffences"):
        parts = (key_of(("Q1", "boys"), count), key_of(("Q1", "girls"), count))
        assert (key_of(("Q1", ALL), count), parts) in sums(found)


def test_those_who_did_not_reoffend_are_a_number_that_nobody_prints() -> None:
    found = margins([Released(("Q1", ALL), 50, 48)], pooled={})
    others = found.numbers[key_of(("Q1", ALL), "not reoffending")]
    assert (others.value, others.printed, others.describes) == (2, False, True)


def test_the_year_is_its_quarters_and_the_missing_quarter_is_left_over() -> None:
    rows = [Released(("2019",), 100, 40), *(Released((f"Q{n}",), 24, 10) for n in (1, 2, 3))]
    found = margins(rows, pooled=QUARTERS)
    left = [n for n in found.numbers.values() if not n.printed and "rest" in n.key and n.key.endswith("entries")]
    assert [number.value for number in left] == [28]


def test_a_total_without_the_totals_between_is_the_sum_of_the_cells() -> None:
    """Areas by sex and a grand total, and neither the areas' nor the sexes' totals."""
    cells = [Released(("Q1", area, sex), 20, 9) for area in "AB" for sex in ("boys", "girls")]
    found = margins([Released(("Q1", ALL, ALL), 80, 36), *cells], pooled={})
    assert (key_of(("Q1", ALL, ALL), "entries"), tuple(key_of(cell.at, "entries") for cell in cells)) in sums(found)


def test_an_earlier_release_makes_a_number_public_and_a_revision_shows_its_change() -> None:
    found = margins([Released(("Q1",), 50, 21)], pooled={}, earlier=[Released(("Q1",), 50, 20)])
    assert found.numbers[key_of(("Q1",), "entries")].public
    assert not found.numbers[key_of(("Q1",), "reoffenders")].public
    change = found.numbers[key_of(("Q1",), "reoffenders") + " (change)"]
    assert (change.value, change.printed, change.describes) == (1, False, True)


def test_an_earlier_line_that_is_not_repeated_still_adds_up() -> None:
    earlier = [Released(("Q1", "boys"), 44, 20)]
    found = margins([Released(("Q1", ALL), 50, 21)], pooled={}, earlier=earlier)
    left = next(n for n in found.numbers.values() if "rest" in n.key and n.key.endswith("entries"))
    assert left.value == 6


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([Released(("Q1",), 5, 2), Released(("Q1",), 5, 2)], "reoffending.row-twice"),
        ([Released(("Q1",), 5, 6)], "reoffending.impossible-counts"),
        ([Released(("Q1",), 5, 2, 1)], "reoffending.impossible-counts"),
        ([Released(("Q1",), 5, None)], "reoffending.impossible-counts"),
        ([Released(("Q1", ALL), 5, 2), Released(("Q1", "boys"), 6, 2)], "reoffending.impossible-counts"),
    ],
)
def test_counts_that_cannot_be_are_refused(rows: list[Released], code: str) -> None:
    with pytest.raises(Faults) as refused:
        margins(rows, pooled={})
    assert code in {fault.code for fault in refused.value}
