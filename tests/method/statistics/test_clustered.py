"""Intervals where cases come in clusters: as Wilson's when none does, wider when the same ones are counted again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from caselight.method.faults import Faults
from caselight.method.statistics.proportions import (
    NO_CASES,
    Bounds,
    design_effect,
    wilson_clustered_interval,
    wilson_interval,
)

SINGLE = st.lists(st.tuples(st.integers(0, 1), st.just(1)), min_size=1, max_size=400)
CLUSTERS = st.lists(
    st.integers(1, 6).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))), min_size=1, max_size=100
)
MIXED = CLUSTERS.filter(lambda of: 0 < sum(k for k, _ in of) < sum(n for _, n in of))


def width(found: object) -> float:
    assert isinstance(found, Bounds)
    return found.high - found.low


@given(SINGLE)
def test_clusters_of_one_case_give_wilsons_interval_to_the_last_digit(clusters: list[tuple[int, int]]) -> None:
    k, n = (sum(counts) for counts in zip(*clusters, strict=True))
    assert design_effect(clusters) == 1.0
    assert wilson_clustered_interval(clusters) == wilson_interval(k, n)


@given(SINGLE, st.integers(2, 4))
def test_the_same_cases_counted_again_make_nothing_surer(clusters: list[tuple[int, int]], times: int) -> None:
    """So the interval is that of the cases counted once, and wider than Wilson's of all that was counted."""
    again = [(k * times, n * times) for k, n in clusters]
    k, n = (sum(counts) for counts in zip(*again, strict=True))
    found, once = wilson_clustered_interval(again), wilson_clustered_interval(clusters)
    assert found == pytest.approx(once, abs=1e-12)
    assert width(found) > width(wilson_interval(k, n))


@given(CLUSTERS)
def test_no_clusters_make_an_interval_narrower_than_wilsons(clusters: list[tuple[int, int]]) -> None:
    k, n = (sum(counts) for counts in zip(*clusters, strict=True))
    assert width(wilson_clustered_interval(clusters)) >= width(wilson_interval(k, n)) - 1e-12
    assert design_effect(clusters) == design_effect([(size - of, size) for of, size in clusters])


@given(MIXED)
def test_the_variance_is_that_of_another_library(clusters: list[tuple[int, int]]) -> None:
    """A mean with errors clustered, without its correction for few clusters: statsmodels."""
    cases = [float(place < of) for of, size in clusters for place in range(size)]
    names = [name for name, (_, size) in enumerate(clusters) for _ in range(size)]
    fitted = OLS(cases, np.ones(len(cases))).fit(
        cov_type="cluster", cov_kwds={"groups": names, "use_correction": False}
    )
    share = sum(cases) / len(cases)
    expected = float(fitted.cov_params()[0, 0]) / (share * (1 - share) / len(cases))
    assert design_effect(clusters) == pytest.approx(max(expected, 1.0), rel=1e-9)


def test_it_holds_the_true_share_as_often_as_it_says_where_wilsons_does_not() -> None:
    """Sixty people, each entering one to four cohorts with a leaning of their own; three in ten entries reoffend."""
    rng, plain, clustered = np.random.default_rng(1), 0, 0
    for _ in range(1000):
        sizes, leanings = rng.integers(1, 5, 60), rng.beta(0.6, 1.4, 60)
        clusters = [(int(k), int(n)) for k, n in zip(rng.binomial(sizes, leanings), sizes, strict=True)]
        k, n = (sum(counts) for counts in zip(*clusters, strict=True))
        for found, which in ((wilson_interval(k, n), 0), (wilson_clustered_interval(clusters), 1)):
            assert isinstance(found, Bounds)
            inside = found.low <= 0.3 <= found.high
            plain, clustered = plain + inside * (which == 0), clustered + inside * which
    assert plain < 880
    assert clustered >= 930


def test_where_nothing_varies_a_cluster_says_one_thing() -> None:
    """Nobody of ten reoffended in three cohorts each: no surer than ten, who said it once."""
    assert wilson_clustered_interval([(0, 3)] * 10) == wilson_interval(0, 10)
    assert wilson_clustered_interval([(3, 3)] * 10) == wilson_interval(10, 10)


def test_without_cases_it_is_undefined_and_counts_that_cannot_be_are_refused() -> None:
    assert wilson_clustered_interval([]) is NO_CASES
    assert wilson_clustered_interval([(0, 0)]) is NO_CASES
    assert design_effect([]) == 1.0
    with pytest.raises(Faults, match=r"figure\.more-than-base"):
        wilson_clustered_interval([(2, 1), (0, 5)])
