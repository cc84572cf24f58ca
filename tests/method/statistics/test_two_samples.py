"""Two shares side by side: beside scipy and statsmodels, by enumeration, and when nothing can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats import fisher_exact as scipy_fisher
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from caselight.method.faults import Faults
from caselight.method.statistics.proportions import NO_CASES, Undefined
from caselight.method.statistics.two_samples import Counted, benjamini_hochberg, fisher_exact, newcombe_difference


@st.composite
def counted(draw: st.DrawFn, most: int = 60) -> Counted:
    relevant = draw(st.integers(1, most))
    return Counted(draw(st.integers(0, relevant)), relevant)


def table(one: Counted, other: Counted) -> list[list[int]]:
    return [[side.sufficient, side.relevant - side.sufficient] for side in (one, other)]


@given(counted(), counted())
def test_the_exact_test_agrees_with_scipy(one: Counted, other: Counted) -> None:
    assert fisher_exact(one, other) == pytest.approx(scipy_fisher(table(one, other)).pvalue, abs=1e-9)


@given(counted(), counted())
def test_which_side_comes_first_changes_no_chance_and_turns_the_difference_round(one: Counted, other: Counted) -> None:
    assert fisher_exact(one, other) == fisher_exact(other, one)
    there, back = newcombe_difference(one, other), newcombe_difference(other, one)
    assert not isinstance(there, Undefined)
    assert not isinstance(back, Undefined)
    assert (-back.high, -back.low) == pytest.approx(there)


@given(counted(), counted())
def test_the_difference_agrees_with_statsmodels_and_holds_what_was_seen(one: Counted, other: Counted) -> None:
    found = newcombe_difference(one, other)
    assert not isinstance(found, Undefined)
    theirs = confint_proportions_2indep(*one, *other, compare="diff", method="newcomb")
    assert found == pytest.approx(theirs, abs=1e-9)
    assert found.low <= one.sufficient / one.relevant - other.sufficient / other.relevant <= found.high


def test_equal_shares_are_never_called_different() -> None:
    assert fisher_exact(Counted(5, 10), Counted(10, 20)) == 1.0


@pytest.mark.parametrize(("n", "m"), [(6, 6), (8, 5), (10, 10)])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.83])
def test_when_nothing_differs_the_test_says_so_at_most_as_often_as_promised(n: int, m: int, share: float) -> None:
    wrong = sum(
        binom.pmf(x, n, share) * binom.pmf(y, m, share)
        for x in range(n + 1)
        for y in range(m + 1)
        if fisher_exact(Counted(x, n), Counted(y, m)) <= 0.05  # type: ignore[operator]
    )
    assert wrong <= 0.05


@pytest.mark.parametrize(("n", "m"), [(15, 15), (20, 10)])
@pytest.mark.parametrize(("p", "q"), [(0.5, 0.5), (0.8, 0.6), (0.9, 0.85)])
def test_the_interval_of_a_difference_covers_it_about_as_often_as_it_says(n: int, m: int, p: float, q: float) -> None:
    covered = 0.0
    for x in range(n + 1):
        for y in range(m + 1):
            found = newcombe_difference(Counted(x, n), Counted(y, m))
            assert not isinstance(found, Undefined)
            covered += binom.pmf(x, n, p) * binom.pmf(y, m, q) * (found.low <= p - q <= found.high)
    assert 0.93 <= covered <= 1


def test_a_side_without_cases_is_undefined() -> None:
    assert fisher_exact(Counted(0, 0), Counted(1, 2)) == NO_CASES
    assert newcombe_difference(Counted(1, 2), Counted(0, 0)) == NO_CASES


def test_counts_that_cannot_be_are_refused() -> None:
    for call in (fisher_exact, newcombe_difference):
        with pytest.raises(Faults):
            call(Counted(3, 2), Counted(1, 2))


def test_thousands_of_cases_are_compared_exactly() -> None:
    assert fisher_exact(Counted(900, 2000), Counted(1000, 2000)) == pytest.approx(
        scipy_fisher(table(Counted(900, 2000), Counted(1000, 2000))).pvalue
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_adjustment_is_that_of_benjamini_and_hochberg(chances: list[float]) -> None:
    found = benjamini_hochberg(chances)
    assert found == pytest.approx(multipletests(chances, method="fdr_bh")[1])
    assert all(adjusted >= chance for adjusted, chance in zip(found, chances, strict=True))


def test_nothing_to_adjust_is_nothing_and_no_chance_is_refused() -> None:
    assert benjamini_hochberg([]) == []
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(Faults):
            benjamini_hochberg([wrong])
