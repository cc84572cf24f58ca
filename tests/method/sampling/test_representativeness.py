"""Sample beside caseload, in cases."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.sampling.design import Caseload
from caselight.method.sampling.representativeness import compare

# 20 cases: 15 male, 4 female, 1 not known; ages 9 to 17.
CASELOAD: Caseload = {
    f"c{n:02}": {"sex": "male" if n < 15 else "female" if n < 19 else None, "age": 9 + n % 9} for n in range(20)
}


def test_each_value_is_shown_in_cases_of_caseload_sample_and_fair_number() -> None:
    rows = compare(CASELOAD, [f"c{n:02}" for n in range(8)], {"sex": ("female", "male")})
    assert [
        (row.value, row.caseload_n, row.caseload_share, row.sample_n, row.expected, row.difference, row.off)
        for row in rows
    ] == [
        ("female", 4, Fraction(1, 5), 0, Fraction(8, 5), Fraction(-8, 5), False),
        ("male", 15, Fraction(3, 4), 8, Fraction(6), Fraction(2), False),
        ("", 1, Fraction(1, 20), 0, Fraction(2, 5), Fraction(-2, 5), False),
    ]
    assert [row.sample_share for row in rows] == [0, 1, 0]


def test_a_group_is_off_by_more_than_two_cases_and_not_by_two() -> None:
    # Nine cases of which 6.75 should be male; all nine are.
    rows = compare(CASELOAD, [f"c{n:02}" for n in range(9)], {"sex": ()})
    assert [(row.value, row.off) for row in rows] == [("female", False), ("male", True), ("", False)]
    # 1.6 of eight should be female; four are.
    rows = compare(CASELOAD, [f"c{n:02}" for n in range(11, 19)], {"sex": ()})
    assert [(row.value, row.off) for row in rows if row.off] == [("female", True)]
    # Exactly two more than the fair number is still fair.
    rows = compare(CASELOAD, [f"c{n:02}" for n in range(8)], {"sex": ()})
    assert not any(row.off for row in rows)


def test_values_stand_in_the_order_of_the_framework_then_numbers_by_size_then_text() -> None:
    listed = compare(CASELOAD, [], {"sex": ("other", "male")})
    assert [row.value for row in listed] == ["other", "male", "female", ""]
    ages = compare(CASELOAD, [], {"age": ()})
    assert [row.value for row in ages] == [str(age) for age in range(9, 18)]


def test_an_empty_sample_has_no_share_and_is_no_crash() -> None:
    assert {row.sample_share for row in compare(CASELOAD, [], {"sex": ()})} == {None}
    assert compare({}, [], {"sex": ()}) == ()
    assert [row.caseload_share for row in compare({}, [], {"sex": ("male",)})] == [0]


def test_a_sampled_case_outside_the_caseload_is_a_fault() -> None:
    with pytest.raises(Faults) as caught:
        compare(CASELOAD, ["c01", "zz", "yy"], {"sex": ()})
    assert [(fault.code, fault.where) for fault in caught.value] == [
        ("sample.case-not-in-caseload", ("sample", "yy")),
        ("sample.case-not-in-caseload", ("sample", "zz")),
    ]


@settings(deadline=None)
@given(st.sets(st.integers(0, 19)))
def test_columns_add_up_and_differences_cancel(chosen: set[int]) -> None:
    keys = [f"c{n:02}" for n in chosen]
    for name in ("sex", "age"):
        rows = compare(CASELOAD, keys, {name: ()})
        assert sum(row.caseload_n for row in rows) == 20
        assert sum(row.sample_n for row in rows) == len(keys)
        assert sum(row.difference for row in rows) == 0
        assert all(row.expected == Fraction(row.caseload_n * len(keys), 20) for row in rows)


def test_a_whole_caseload_differs_nowhere() -> None:
    assert {row.difference for row in compare(CASELOAD, list(CASELOAD), {"sex": (), "age": ()})} == {0}
