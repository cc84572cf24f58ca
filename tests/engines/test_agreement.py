"""Resampled intervals: every fast formula is the exact one, seeds repeat, and what cannot be drawn is undefined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multinomial

from caselight.engines.agreement.bootstrap import Resampled, resampled
from caselight.engines.agreement.many_draws import MANY, OF_TWO, Patterns
from caselight.method.faults import Faults
from caselight.method.statistics.agreement.alpha import METRICS, krippendorff_alpha
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.ratings import Ratings, ratings_of, ratings_of_table
from caselight.method.statistics.agreement.several_raters import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    percent_agreement,
)
from caselight.method.statistics.agreement.two_raters import cohen_kappa, pabak, scott_pi, weighted_kappa
from caselight.method.statistics.proportions import Undefined

EXACT = {
    "percent": percent_agreement,
    "bp": brennan_prediger,
    "bp quadratic": lambda r: brennan_prediger(r, "quadratic"),
    "ac1": gwet_ac1,
    "ac2": lambda r: gwet_ac2(r, "linear"),
    "fleiss": fleiss_kappa,
    "fleiss linear": lambda r: fleiss_kappa(r, "linear"),
    "conger": conger_kappa,
    "conger quadratic": lambda r: conger_kappa(r, "quadratic"),
    "cohen": cohen_kappa,
    "weighted": lambda r: weighted_kappa(r, "linear"),
    "scott": scott_pi,
    "pabak": pabak,
    **{f"alpha {metric}": lambda r, m=metric: krippendorff_alpha(r, m) for metric in METRICS},  # type: ignore[misc]
}
PAIRED = ("cohen", "weighted", "scott", "pabak")
TABLE = ratings_of_table([[40, 9], [6, 45]])


@st.composite
def ratings(draw: st.DrawFn, raters: int, categories: int) -> Ratings:
    mark = st.none() | st.integers(0, categories - 1)
    found = draw(st.lists(st.tuples(*[mark] * raters), max_size=9))
    return ratings_of([list(rater) for rater in zip(*found, strict=True)] or [[]] * raters, range(categories))


def fast(found: Ratings, coefficient: Coefficient) -> float:
    used = found.of_two() if coefficient.name in OF_TWO else found
    patterns = Patterns(used, coefficient.weights)
    (value,) = MANY[coefficient.name](patterns, patterns.units[None].astype(np.float64))
    return float(value)


@pytest.mark.parametrize("name", EXACT)
@settings(max_examples=40)
@given(data=st.data())
def test_the_fast_formula_is_the_exact_one(name: str, data: st.DataObject) -> None:
    two = name in PAIRED
    found = data.draw(ratings(2 if two else data.draw(st.integers(2, 4)), 2 if name == "pabak" else 3))
    exact = EXACT[name](found)
    if exact.undefined == "no unit rated twice":
        return
    value = fast(found, exact)
    if exact.undefined:
        assert np.isnan(value)
    else:
        assert value == pytest.approx(exact.value, abs=1e-9)


def test_every_measure_with_a_fast_formula_is_held_against_its_exact_one() -> None:
    assert {EXACT[name](TABLE).name for name in EXACT} == set(MANY)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    one, again, other = (resampled(TABLE, gwet_ac1(TABLE), seed=seed) for seed in (7, 7, 8))
    assert one == again
    assert one != other


def test_an_interval_once_printed_comes_out_for_ever() -> None:
    found = resampled(TABLE, gwet_ac1(TABLE), seed=20161, resamples=500)
    assert isinstance(found, Resampled)
    assert (round(found.low, 6), round(found.high, 6), found.undefined) == (0.551524, 0.840332, 0)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = resampled(TABLE, cohen_kappa(TABLE), seed=3)
    monkeypatch.setattr("caselight.engines.agreement.bootstrap.CELLS_AT_ONCE", 64)
    assert resampled(TABLE, cohen_kappa(TABLE), seed=3) == whole


def test_the_interval_of_percent_agreement_is_that_of_the_binomial_it_draws_from() -> None:
    found = resampled(TABLE, percent_agreement(TABLE), seed=1, resamples=50_000)
    assert isinstance(found, Resampled)
    cells = np.array([40, 9, 6, 45]) / 100
    agreed = multinomial.rvs(100, cells, size=200_000, random_state=5)[:, [0, 3]].sum(axis=1) / 100
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(agreed, [0.025, 0.975])), abs=0.011)


def test_the_interval_is_about_as_wide_as_the_standard_error_says() -> None:
    for measure in (gwet_ac1, cohen_kappa, brennan_prediger, fleiss_kappa, conger_kappa):
        exact = measure(TABLE)
        found = resampled(TABLE, exact, seed=11, resamples=5000)
        assert isinstance(found, Resampled)
        assert exact.se is not None
        assert found.high - found.low == pytest.approx(2 * 1.96 * exact.se, rel=0.12)


def test_without_a_single_disagreement_there_is_no_interval() -> None:
    agreed = ratings_of_table([[10, 0], [0, 10]])
    assert resampled(agreed, gwet_ac1(agreed), seed=1) == Undefined("no disagreement")


def test_an_undefined_coefficient_has_no_interval_for_the_same_reason() -> None:
    alike = ratings_of_table([[10, 0], [0, 0]])
    assert resampled(alike, cohen_kappa(alike), seed=1) == Undefined("no variation")
    nothing = ratings_of([[], []], ["y", "n"])
    assert resampled(nothing, gwet_ac1(nothing), seed=1) == Undefined("no unit rated twice")


def test_resamples_without_variation_are_left_out_and_counted() -> None:
    rare = ratings_of_table([[20, 1], [0, 0]])
    found = resampled(rare, krippendorff_alpha(rare), seed=1)
    assert isinstance(found, Resampled)
    assert 0.25 < found.undefined / found.resamples < 0.5


def test_an_interval_from_less_than_half_of_the_resamples_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ratings_of([[0, 0, 1], [0, 0, None]], [0, 1])
    lone = Coefficient("krippendorff_alpha", 0.5, 2)
    disagreeing = ratings_of_table([[1, 1], [0, 0]])
    assert resampled(one, lone, seed=1) == Undefined("no disagreement")
    monkeypatch.setitem(MANY, "krippendorff_alpha", lambda patterns, draws: np.full(len(draws), np.nan))  # type: ignore[arg-type]
    assert resampled(disagreeing, lone, seed=1) == Undefined("undefined in too many resamples")


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seed": 2**32}, {"resamples": 99}, {"resamples": 10**7}])
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(Faults) as refused:
        resampled(TABLE, gwet_ac1(TABLE), **{"seed": 1} | wrong)
    assert [fault.code for fault in refused.value] == ["agreement.bad-resampling"]
