"""How many cases: every rule of size, its bounds, and the precision that a number gives."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.framework.sampling import WAYS, Quota, SampleDesign, Size
from caselight.method.sampling.sizes import SIZE_RULES, margin, percentage, size_changes

BANDS = [{"to": 20, "all": True}, {"from": 21, "to": 100, "number": 20}, {"from": 101, "share": "20%"}]


def design(quotas: tuple[Quota, ...] = (), **size: Any) -> SampleDesign:
    return SampleDesign(id="d", title="D", size=Size.model_validate(size), quotas=quotas, provenance="own-design")


def steps(population: int, chosen: int | None = None, **size: Any) -> list[tuple[str, int]]:
    return [(str(change.why), change.size) for change in size_changes(design(**size), population, chosen)]


# The table of frameworks.md, section 3: N, then 80% ±5, 80% ±10, 90% ±10, 95% ±5.
TABLE = [
    (10, 10, 9, 9, 10), (20, 18, 14, 16, 20), (30, 26, 18, 21, 28), (50, 39, 23, 29, 45), (75, 52, 27, 36, 63),
    (100, 63, 30, 41, 80), (150, 79, 33, 47, 109), (200, 91, 35, 51, 132), (300, 107, 37, 56, 169),
    (500, 124, 39, 60, 218), (1000, 142, 40, 64, 278), (2000, 152, 41, 66, 323),
]  # fmt: skip
PRECISIONS = (("80%", "5%"), ("80%", "10%"), ("90%", "10%"), ("95%", "5%"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"N={row[0]}")
def test_size_by_precision_is_the_table_of_the_scheme(row: tuple[int, ...]) -> None:
    population, *wanted = row
    found = [
        steps(population, by_precision={"confidence": confidence, "margin": margin})[-1][1]
        for confidence, margin in PRECISIONS
    ]
    assert found == wanted


def test_rounding_to_the_nearest_is_a_setting() -> None:
    nearest = {"confidence": "80%", "margin": "5%", "rounding": "nearest"}
    assert steps(300, by_precision=nearest) == [("BY_RULE", 106)]
    assert steps(300, by_precision=nearest | {"rounding": "up"}) == [("BY_RULE", 107)]


def test_an_expected_share_other_than_half_needs_fewer_cases() -> None:
    expected = {"confidence": "80%", "margin": "5%", "expected": "90%"}
    assert steps(1000, by_precision=expected)[-1][1] < 142


@pytest.mark.parametrize(
    ("population", "size"), [(0, 0), (12, 12), (20, 20), (60, 20), (100, 20), (101, 21), (500, 100)]
)
def test_a_fifth_and_twenty_at_least_where_there_are_as_many(population: int, size: int) -> None:
    assert steps(population, by_percentage="20%", at_least=20)[-1][1] == size
    assert size == min(population, max(20, -(-population // 5)))


@pytest.mark.parametrize(
    ("population", "share", "size"), [(60, "1/5", 12), (20, "13/20", 13), (7, "1/3", 3), (3, "1/3", 1), (0, "1/3", 0)]
)
def test_percentages_are_exact(population: int, share: str, size: int) -> None:
    assert percentage(Fraction(share), population) == size


@pytest.mark.parametrize(
    ("population", "size"), [(0, 0), (1, 1), (20, 20), (21, 20), (100, 20), (101, 21), (500, 60), (300, 60)]
)
def test_size_by_band_has_a_maximum_where_the_design_has_one(population: int, size: int) -> None:
    assert steps(population, by_band=BANDS, at_most=60)[-1][1] == size


def test_a_population_between_bands_is_a_fault() -> None:
    with pytest.raises(Faults) as refused:
        steps(50, by_band=[{"to": 20, "all": True}])
    assert [fault.code for fault in refused.value] == ["sample.no-band"]


def test_a_size_of_quotas_is_their_sum_and_clusters_are_within_it() -> None:
    quotas = (
        Quota(stratum="foster", exactly=40),
        Quota(stratum="home", exactly=25),
        Quota(each_cluster=True, at_least=5),
    )
    assert size_changes(design(quotas, by_quotas=True), 500)[-1].size == 65


@pytest.mark.parametrize(
    ("population", "chosen", "size", "told"),
    [
        (500, None, {"fixed": 30}, [("BY_RULE", 30)]),
        (20, None, {"fixed": 30}, [("BY_RULE", 30), ("LOWERED_TO_POPULATION", 20)]),
        (500, 44, {"fixed": 30}, [("BY_RULE", 30), ("CHOSEN", 44)]),
        (40, 44, {"fixed": 30}, [("BY_RULE", 30), ("CHOSEN", 44), ("LOWERED_TO_POPULATION", 40)]),
        (500, None, {"all": True, "at_most": 91}, [("BY_RULE", 500), ("LOWERED_TO_MAXIMUM", 91)]),
        (60, None, {"by_percentage": "20%", "at_least": 20}, [("BY_RULE", 12), ("RAISED_TO_MINIMUM", 20)]),
    ],
)
def test_every_change_of_the_size_is_kept_with_its_reason(
    population: int, chosen: int | None, size: dict[str, Any], told: list[tuple[str, int]]
) -> None:
    assert steps(population, chosen, **size) == told


def test_every_rule_that_a_framework_may_write_is_registered() -> None:
    assert set(SIZE_RULES) == set(WAYS)


@settings(deadline=None)
@given(
    st.integers(1, 3000),
    st.sampled_from([0.8, 0.9, 0.95]),
    st.sampled_from([0.05, 0.1, 0.2]),
    st.sampled_from([0.5, 0.8]),
)
def test_the_margin_of_the_size_is_the_one_asked_for_and_of_one_case_fewer_it_is_not(
    population: int, confidence: float, wanted: float, share: float
) -> None:
    asked = {"confidence": f"{confidence:.0%}", "margin": f"{wanted:.0%}", "expected": f"{share:.0%}"}
    size = steps(population, by_precision=asked)[-1][1]
    reached = margin(size, population, confidence=confidence, share=share)
    assert reached is not None
    assert reached <= wanted + 1e-9
    one_fewer = margin(size - 1, population, confidence=confidence, share=share)
    assert one_fewer is None or one_fewer > wanted


def test_a_census_has_no_margin_and_no_case_has_none_to_give() -> None:
    assert margin(30, 30) == 0.0
    assert margin(0, 30) is None
