"""How many cases a precision needs: the table of the design, the ends, and what is refused."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.statistics.proportions import z_score
from caselight.method.statistics.sample_size import sample_size

#      N, 80% ±5, 80% ±10, 90% ±10, 95% ±5
TABLE = [
    (10, 10, 9, 9, 10),
    (20, 18, 14, 16, 20),
    (30, 26, 18, 21, 28),
    (50, 39, 23, 29, 45),
    (75, 52, 27, 36, 63),
    (100, 63, 30, 41, 80),
    (150, 79, 33, 47, 109),
    (200, 91, 35, 51, 132),
    (300, 107, 37, 56, 169),
    (500, 124, 39, 60, 218),
    (1000, 142, 40, 64, 278),
    (2000, 152, 41, 66, 323),
]
PRECISIONS = [(0.8, 0.05), (0.8, 0.1), (0.9, 0.1), (0.95, 0.05)]
INSIDE = st.floats(0.01, 0.99)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_the_table_of_the_design_comes_out(row: tuple[int, ...]) -> None:
    population, *sizes = row
    assert [sample_size(population, confidence=c, margin=m) for c, m in PRECISIONS] == sizes


def test_fractions_give_what_decimals_give() -> None:
    exact = sample_size(150, confidence=Fraction(4, 5), margin=Fraction(1, 20), p=Fraction(1, 2))
    assert exact == sample_size(150, confidence=0.8, margin=0.05) == 79


def test_rounding_to_the_nearest_may_give_one_case_less() -> None:
    # 164.2399 / (1 + 163.2399 / 200) = 90.40 cases
    assert sample_size(200, confidence=0.8, margin=0.05, rounding="nearest") == 90
    assert sample_size(200, confidence=0.8, margin=0.05, rounding="up") == 91


@pytest.mark.parametrize("population", [0, 1, 2])
def test_a_list_of_no_or_one_or_two_cases_is_looked_at_whole(population: int) -> None:
    assert sample_size(population, confidence=0.95, margin=0.05) == population


@given(st.integers(1, 10_000), INSIDE, INSIDE, INSIDE, st.sampled_from(["up", "nearest"]))
def test_a_sample_has_at_least_one_case_and_at_most_the_list(population, confidence, margin, p, rounding) -> None:  # type: ignore[no-untyped-def]
    assert 1 <= sample_size(population, confidence=confidence, margin=margin, p=p, rounding=rounding) <= population


@given(st.integers(2, 10_000), st.floats(0.5, 0.99), st.floats(0.02, 0.3))
def test_the_size_keeps_the_margin_and_one_case_fewer_does_not(
    population: int, confidence: float, margin: float
) -> None:
    size = sample_size(population, confidence=confidence, margin=margin)

    def reached(cases: int) -> float:
        return z_score(confidence) * sqrt(0.25 / cases * (population - cases) / (population - 1))

    assert reached(size) <= margin * (1 + 1e-6)
    assert size == 1 or reached(size - 1) >= margin * (1 - 1e-6)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"population": -1}, "sample.negative-population"),
        ({"margin": 0}, "sample.margin-out-of-range"),
        ({"margin": 5}, "sample.margin-out-of-range"),
        ({"margin": float("nan")}, "sample.margin-out-of-range"),
        ({"p": 1.0}, "sample.expected-share-out-of-range"),
        ({"confidence": 95}, "figure.confidence-out-of-range"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(changed: dict[str, float], code: str) -> None:
    with pytest.raises(Faults) as refused:
        sample_size(**{"population": 100, "confidence": 0.8, "margin": 0.05} | changed)  # type: ignore[arg-type]
    assert [fault.code for fault in refused.value] == [code]


def test_everything_impossible_is_said_at_once() -> None:
    with pytest.raises(Faults) as refused:
        sample_size(-1, confidence=0.8, margin=0, p=0)
    assert len(refused.value.faults) == 3
