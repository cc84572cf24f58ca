"""What another sample would show, against the enumeration of every caseload and every sample."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.statistics.proportions import NO_CASES
from caselight.method.statistics.resampling import another_sample, lowest_of

SIXTHS = [Fraction(n, 6) for n in range(7)]


def enumerated(k: int, n: int, size: int) -> list[Fraction]:
    """Every K that may be, every sample that may be drawn, counted one by one."""
    weights = [Fraction(0)] * (n + 1)
    for marked in range(size + 1):
        samples = [sum(case < marked for case in sample) for sample in combinations(range(size), n)]
        likelihood = Fraction(samples.count(k), len(samples))
        for found in samples:
            weights[found] += likelihood / len(samples)
    return [weight / sum(weights) for weight in weights]


def predicted(k: int, n: int) -> list[Fraction]:
    """Beta-binomial with a uniform prior: C(n,j) B(k+j+1, 2n-k-j+1) / B(k+1, n-k+1), in whole numbers."""
    return [Fraction(comb(n, j) * (n + 1) * comb(n, k), (2 * n + 1) * comb(2 * n, k + j)) for j in range(n + 1)]


@pytest.mark.parametrize(
    ("k", "n", "size"),
    [(k, n, size) for size in range(2, 9) for n in range(1, size + 1) for k in range(n + 1)],
)
def test_known_caseload_equals_the_enumeration(k, n, size):
    assert list(another_sample(k, n, size)) == pytest.approx([float(x) for x in enumerated(k, n, size)], abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (3, 7), (14, 28), (40, 55), (0, 30), (30, 30)])
def test_unknown_caseload_is_beta_binomial(k, n):
    assert list(another_sample(k, n)) == pytest.approx([float(x) for x in predicted(k, n)], abs=1e-12)


def test_a_large_known_caseload_comes_near_the_unknown_one():
    assert another_sample(14, 28, 5000) == pytest.approx(another_sample(14, 28), abs=2e-3)


@given(st.data())
def test_chances_add_up_to_one(data):
    size = data.draw(st.integers(1, 400))
    n = data.draw(st.integers(1, size))
    k = data.draw(st.integers(0, n))
    for chances in (another_sample(k, n, size), another_sample(k, n)):
        assert sum(chances) == pytest.approx(1)
        assert len(chances) == n + 1
        assert min(chances) >= 0


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_turning_the_question_round_turns_the_chances_round(n, k, more):
    k = min(k, n)
    assert another_sample(k, n, n + more) == pytest.approx(another_sample(n - k, n, n + more)[::-1], abs=1e-12)


def below(k, n, size, boundary):
    return sum(another_sample(k, n, size)[:boundary])


@pytest.mark.parametrize("size", [60, 200, None])
def test_the_chance_to_fall_below_a_boundary_falls_with_the_distance_from_it(size):
    chances = [below(k, 40, size, 20) for k in range(20, 41)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.3
    assert chances[-1] < 0.001


def test_a_census_would_be_the_same_again():
    assert another_sample(3, 5, 5) == (0, 0, 0, 1, 0, 0)


def test_the_more_of_the_caseload_was_seen_the_surer_it_is():
    chances = [below(22, 40, size, 20) for size in (41, 50, 80, 200)]
    assert chances == sorted(chances)


def test_without_cases_it_is_undefined():
    assert another_sample(0, 0, 10) is NO_CASES


def test_counts_that_cannot_be_are_faults():
    with pytest.raises(Faults):
        another_sample(3, 2)
    with pytest.raises(Faults):
        another_sample(1, 5, 4)


def test_five_thousand_cases_add_up_to_one():
    for k, n in ((1250, 2500), (30, 60), (250, 500)):
        assert sum(another_sample(k, n, 5000)) == pytest.approx(1)


@given(st.lists(st.dictionaries(st.sampled_from(SIXTHS), st.integers(1, 9), min_size=1), min_size=1, max_size=3))
def test_lowest_of_equals_the_enumeration(weights):
    spreads = [{value: weight / sum(each.values()) for value, weight in each.items()} for each in weights]
    expected: dict[Fraction, float] = {}
    joint = [((), 1.0)]
    for spread in spreads:
        joint = [((*values, value), chance * one) for values, chance in joint for value, one in spread.items()]
    for values, chance in joint:
        expected[min(values)] = expected.get(min(values), 0) + chance
    found = lowest_of(spreads)
    assert {value: found.get(value, 0.0) for value in expected} == pytest.approx(expected)
    assert sum(found.values()) == pytest.approx(1)
