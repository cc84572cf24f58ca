"""Jeffreys and Agresti-Coull beside two libraries, and the beta distribution that carries the first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc
from statsmodels.stats.proportion import proportion_confint

from caselight.method.faults import Faults
from caselight.method.statistics.alternatives import agresti_coull_interval, jeffreys_interval
from caselight.method.statistics.beta import beta_below, beta_quantile
from caselight.method.statistics.proportions import NO_CASES, Bounds, Undefined

PARAMETERS = st.floats(0.5, 2000)


@st.composite
def shares(draw: st.DrawFn, most: int = 400) -> tuple[int, int]:
    relevant = draw(st.integers(1, most))
    return draw(st.integers(0, relevant)), relevant


def bounds(found: Bounds | Undefined) -> Bounds:
    assert isinstance(found, Bounds)
    return found


@given(PARAMETERS, PARAMETERS, st.floats(0, 1))
def test_the_beta_distribution_is_good_to_ten_digits(a: float, b: float, share: float) -> None:
    assert beta_below(share, a, b) == pytest.approx(betainc(a, b, share), abs=1e-10)


@given(PARAMETERS, PARAMETERS, st.floats(0.001, 0.999))
def test_a_quantile_has_its_part_below_it(a: float, b: float, part: float) -> None:
    assert betainc(a, b, beta_quantile(part, a, b)) == pytest.approx(part, abs=1e-9)


@pytest.mark.parametrize(("share", "below"), [(-1, 0.0), (0, 0.0), (1, 1.0), (2, 1.0)])
def test_nothing_lies_below_0_and_everything_below_1(share: float, below: float) -> None:
    assert beta_below(share, 2, 3) == below


@given(shares(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_both_agree_with_statsmodels(share: tuple[int, int], confidence: float) -> None:
    for ours, name in ((jeffreys_interval, "jeffreys"), (agresti_coull_interval, "agresti_coull")):
        theirs = proportion_confint(*share, alpha=1 - confidence, method=name)
        assert ours(*share, confidence) == pytest.approx(theirs, abs=1e-9)


@given(shares(), st.sampled_from([jeffreys_interval, agresti_coull_interval]))
def test_counting_the_other_side_turns_the_interval_round(share: tuple[int, int], interval) -> None:  # type: ignore[no-untyped-def]
    sufficient, relevant = share
    there, back = bounds(interval(*share)), bounds(interval(relevant - sufficient, relevant))
    assert (1 - back.high, 1 - back.low) == pytest.approx(there, abs=1e-12)
    assert 0 <= there.low <= sufficient / relevant + 1e-12 or sufficient == 0
    assert there.high <= 1


@pytest.mark.parametrize("interval", [jeffreys_interval, agresti_coull_interval])
def test_counts_that_cannot_be_are_refused_and_no_cases_are_undefined(interval) -> None:  # type: ignore[no-untyped-def]
    assert interval(0, 0) == NO_CASES
    for counts in ((5, 4), (-1, 4), (0, -1)):
        with pytest.raises(Faults):
            interval(*counts)
    with pytest.raises(Faults):
        interval(1, 2, 1.0)
