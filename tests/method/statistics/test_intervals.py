"""Intervals of shares: the reference values, the choice of method, and two other libraries as oracles."""

import json
from collections.abc import Callable
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom
from statsmodels.stats.proportion import proportion_confint

from caselight.method.faults import Faults
from caselight.method.statistics.alternatives import agresti_coull_interval, jeffreys_interval
from caselight.method.statistics.hypergeometric import ListBounds, hypergeometric_interval
from caselight.method.statistics.intervals import Interval, interval_for, interval_method
from caselight.method.statistics.proportions import (
    NO_CASES,
    Bounds,
    Undefined,
    clopper_pearson_interval,
    wilson_finite_interval,
    wilson_interval,
)

REFERENCE = Path(__file__).parents[2] / "reference" / "statistics.json"
ENTRIES = json.loads(REFERENCE.read_text("utf-8"))
FORMULAS: dict[str, Callable[..., Any]] = {
    "wilson_interval": wilson_interval,
    "wilson_finite_interval": wilson_finite_interval,
    "clopper_pearson_interval": clopper_pearson_interval,
    "jeffreys_interval": jeffreys_interval,
    "agresti_coull_interval": agresti_coull_interval,
    "hypergeometric_interval": hypergeometric_interval,
}
OURS = {"k": "sufficient", "n": "relevant", "population": "population", "confidence": "confidence"}
CONFIDENCES = st.sampled_from([0.8, 0.9, 0.95, 0.99])


def given_ids(entries: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(entry, id=entry["id"]) for entry in entries]


@st.composite
def shares(draw: st.DrawFn, most: int = 400) -> tuple[int, int]:
    relevant = draw(st.integers(1, most))
    return draw(st.integers(0, relevant)), relevant


@st.composite
def samples(draw: st.DrawFn, most: int = 60) -> tuple[int, int, int]:
    population = draw(st.integers(1, most))
    relevant = draw(st.integers(1, population))
    return draw(st.integers(0, relevant)), relevant, population


@pytest.mark.parametrize("entry", given_ids([entry for entry in ENTRIES if entry["function"] in FORMULAS]))
def test_every_reference_value_comes_out(entry: dict[str, Any]) -> None:
    inputs = {OURS[name]: value for name, value in entry["inputs"].items()}
    expected = entry["expected"]
    if "error" in expected:
        with pytest.raises(Faults) as caught:
            FORMULAS[entry["function"]](**inputs)
        assert all(fault.code.startswith("figure.") and fault.says and fault.cure for fault in caught.value)
        return
    found = FORMULAS[entry["function"]](**inputs)
    if "status" in expected:
        assert found == Undefined(expected["reason"])
    else:
        assert found._asdict() == pytest.approx(expected, abs=entry["tolerance"])


@pytest.mark.parametrize("entry", given_ids([entry for entry in ENTRIES if entry["function"] == "interval_method"]))
def test_the_method_is_chosen_as_the_reference_says(entry: dict[str, Any]) -> None:
    assert interval_method(entry["inputs"]["n"], entry["inputs"]["population"]) == entry["expected"]["method"]


def test_the_reference_was_not_emptied() -> None:
    assert len(ENTRIES) == 149


# The choice, and its reason --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "method", "said"),
    [
        ({"population": 34}, "none", "Every relevant case"),
        ({"population": 60, "census": True}, "none", "Every relevant case"),
        ({"census": True}, "none", "Every relevant case"),
        ({"population": 60}, "hypergeometric", "34 of the 60 relevant cases"),
        ({}, "wilson", "is not known"),
        ({"sampled": False}, "none", "not drawn at random"),
    ],
)
def test_the_interval_says_which_method_and_why(asked: dict[str, Any], method: str, said: str) -> None:
    interval = interval_for(28, 34, **asked)
    assert (interval.method, said in interval.why) == (method, True)
    assert (interval.low is None, interval.high is None) == (method == "none",) * 2


@pytest.mark.parametrize("population", [None, 0, 60])
def test_without_relevant_cases_a_share_is_undefined_and_never_nought(population: int | None) -> None:
    interval = interval_for(0, 0, population=population)
    assert (interval.method, interval.low, interval.high) == ("undefined", None, None)
    assert interval.why == "No case was relevant, so there is no share."


def test_a_stratified_draw_says_that_strata_are_ignored_but_a_census_does_not() -> None:
    assert "strata are ignored" in interval_for(28, 34, stratified=True).why
    assert "strata are ignored" in interval_for(28, 34, population=60, stratified=True).why
    assert "strata" not in interval_for(28, 34, population=34, stratified=True).why
    assert "strata" not in interval_for(28, 34).why


def test_an_exact_interval_carries_its_ends_and_its_population() -> None:
    interval = interval_for(29, 34, population=60)
    assert interval == Interval("hypergeometric", interval.why, low=0.75, high=55 / 60, confidence=0.95, population=60)


@pytest.mark.parametrize(
    ("counts", "codes"),
    [
        ((5, 4, None), ["figure.more-than-base"]),
        ((-1, 4, None), ["figure.negative-count"]),
        ((0, -4, None), ["figure.negative-count"]),
        ((3, 12, 10), ["figure.sample-larger-than-list"]),
        ((13, 12, 10), ["figure.more-than-base", "figure.sample-larger-than-list"]),
        ((1, 2, -3), ["figure.negative-count"]),
    ],
)
def test_counts_that_cannot_be_are_faults_all_of_them_at_once(
    counts: tuple[int, int, int | None], codes: list[str]
) -> None:
    sufficient, relevant, population = counts
    with pytest.raises(Faults) as caught:
        interval_for(sufficient, relevant, population=population)
    assert [fault.code for fault in caught.value] == codes


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95.0, float("nan"), float("inf")])
@pytest.mark.parametrize("counts", [(3, 4), (0, 0)])
def test_a_confidence_without_meaning_is_refused_by_every_formula(confidence: float, counts: tuple[int, int]) -> None:
    for formula, inputs in [
        (wilson_interval, counts),
        (clopper_pearson_interval, counts),
        (wilson_finite_interval, (*counts, 9)),
        (hypergeometric_interval, (*counts, 9)),
    ]:
        with pytest.raises(Faults) as caught:
            formula(*inputs, confidence)
        assert [fault.code for fault in caught.value] == ["figure.confidence-out-of-range"]


def test_a_confidence_next_to_certainty_still_has_an_interval() -> None:
    assert isinstance(wilson_interval(3, 4, 0.9999999999999999), Bounds)
    assert isinstance(hypergeometric_interval(3, 4, 9, 0.9999999999999999), ListBounds)


# Other libraries as oracles --------------------------------------------------------------------------------------


@settings(deadline=None)
@given(shares(), CONFIDENCES)
def test_wilson_agrees_with_statsmodels(share: tuple[int, int], confidence: float) -> None:
    expected = proportion_confint(*share, alpha=1 - confidence, method="wilson")
    assert wilson_interval(*share, confidence) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(shares(), CONFIDENCES)
def test_clopper_pearson_agrees_with_scipy_and_statsmodels(share: tuple[int, int], confidence: float) -> None:
    found = clopper_pearson_interval(*share, confidence)
    scipys = binomtest(*share).proportion_ci(confidence, method="exact")
    assert found == pytest.approx((scipys.low, scipys.high), abs=1e-9)
    assert found == pytest.approx(proportion_confint(*share, alpha=1 - confidence, method="beta"), abs=1e-9)


@settings(deadline=None)
@given(samples(), CONFIDENCES)
def test_hypergeometric_ends_are_those_of_exact_enumeration(sample: tuple[int, int, int], confidence: float) -> None:
    sufficient, relevant, population = sample
    tail = (1 - Fraction(str(confidence))) / 2

    def chance(marked: int, found: range) -> Fraction:
        ways = sum(comb(marked, x) * comb(population - marked, relevant - x) for x in found)
        return Fraction(ways, comb(population, relevant))

    kept = [
        marked
        for marked in range(population + 1)
        if chance(marked, range(sufficient, relevant + 1)) > tail and chance(marked, range(sufficient + 1)) > tail
    ]
    found = hypergeometric_interval(sufficient, relevant, population, confidence)
    assert isinstance(found, ListBounds)
    assert (found.low_count, found.high_count) == (kept[0], kept[-1])
    assert (found.low, found.high) == (kept[0] / population, kept[-1] / population)


@settings(max_examples=25, deadline=None)
@given(samples(10_000))
def test_hypergeometric_ends_agree_with_scipy_up_to_ten_thousand_cases(sample: tuple[int, int, int]) -> None:
    sufficient, relevant, population = sample
    found = hypergeometric_interval(sufficient, relevant, population)
    assert isinstance(found, ListBounds)

    def this_many_or_more(marked: int) -> float:
        return float(hypergeom.sf(sufficient - 1, population, marked, relevant))

    def this_many_or_fewer(marked: int) -> float:
        return float(hypergeom.cdf(sufficient, population, marked, relevant))

    slack = 1e-7
    assert this_many_or_more(found.low_count) > 0.025 - slack
    assert this_many_or_fewer(found.high_count) > 0.025 - slack
    if found.low_count > sufficient:
        assert this_many_or_more(found.low_count - 1) <= 0.025 + slack
    if found.high_count < population - relevant + sufficient:
        assert this_many_or_fewer(found.high_count + 1) <= 0.025 + slack


def test_a_tail_exactly_at_the_boundary_is_left_out() -> None:
    # With one marked case in forty, the one case drawn is the marked one in exactly 1 of 40 draws: 0.025 is not above
    # 0.025. Two in forty are enough.
    found = hypergeometric_interval(1, 1, 40, 0.95)
    assert isinstance(found, ListBounds)
    assert (found.low_count, found.high_count) == (2, 40)


@settings(deadline=None)
@given(samples(60), CONFIDENCES)
def test_the_share_lies_in_every_interval_and_every_interval_in_nought_to_one(
    sample: tuple[int, int, int], confidence: float
) -> None:
    sufficient, relevant, population = sample
    inside = sufficient / relevant
    for found in (
        wilson_interval(sufficient, relevant, confidence),
        clopper_pearson_interval(sufficient, relevant, confidence),
        wilson_finite_interval(sufficient, relevant, population, confidence),
    ):
        assert isinstance(found, Bounds)
        assert 0 <= found.low <= inside + 1e-12
        assert inside - 1e-12 <= found.high <= 1


@settings(deadline=None)
@given(shares())
def test_failures_have_the_mirrored_interval(share: tuple[int, int]) -> None:
    sufficient, relevant = share
    for formula in (wilson_interval, clopper_pearson_interval):
        straight, mirrored = formula(sufficient, relevant), formula(relevant - sufficient, relevant)
        assert isinstance(straight, Bounds)
        assert isinstance(mirrored, Bounds)
        assert straight == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)


def test_a_finite_interval_of_no_cases_is_undefined() -> None:
    assert wilson_finite_interval(0, 0, 0) is NO_CASES


def test_intervals_of_ten_thousand_cases_hold_their_share() -> None:
    for sufficient in (0, 1, 2_500, 4_999, 5_000):
        for base, found in (
            (5_000, hypergeometric_interval(sufficient, 5_000, 10_000)),
            (10_000, clopper_pearson_interval(sufficient, 10_000)),
        ):
            assert isinstance(found, Bounds | ListBounds)
            assert found.low <= sufficient / base <= found.high
