"""What holds of every measure of agreement: who comes first, what categories are called, perfect agreement, bounds."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as their_fleiss

from caselight.method.faults import Faults
from caselight.method.statistics.agreement.alpha import METRICS, krippendorff_alpha
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.paired import paired_agreement
from caselight.method.statistics.agreement.ratings import Ratings, ratings_of, ratings_of_counts, ratings_of_table
from caselight.method.statistics.agreement.several_raters import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    percent_agreement,
)
from caselight.method.statistics.agreement.two_raters import cohen_kappa, pabak, scott_pi, weighted_kappa
from caselight.method.statistics.agreement.weights import weight_matrix

Measure = Callable[[Ratings], Coefficient]
Rows = list[tuple[int | None, ...]]

SEVERAL: dict[str, Measure] = {
    "percent": percent_agreement,
    "brennan_prediger": brennan_prediger,
    "fleiss": fleiss_kappa,
    "conger": conger_kappa,
    "ac1": gwet_ac1,
    "ac2 linear": lambda ratings: gwet_ac2(ratings, "linear"),
    "ac2 quadratic": lambda ratings: gwet_ac2(ratings, "quadratic"),
    **{f"alpha {metric}": lambda ratings, m=metric: krippendorff_alpha(ratings, m) for metric in METRICS},  # type: ignore[misc]
}
TWO: dict[str, Measure] = {
    "cohen": cohen_kappa,
    "weighted linear": lambda ratings: weighted_kappa(ratings, "linear"),
    "weighted quadratic": lambda ratings: weighted_kappa(ratings, "quadratic"),
    "scott": scott_pi,
}
NOMINAL = ["percent", "brennan_prediger", "fleiss", "conger", "ac1", "alpha nominal", "cohen", "scott"]
ALL = SEVERAL | TWO
FEW = 25  # for each measure


@st.composite
def rows(draw: st.DrawFn, raters: int | None = None, categories: int = 3, *, gaps: bool = True) -> Rows:
    count = raters or draw(st.integers(2, 4))
    mark = st.integers(0, categories - 1)
    return draw(st.lists(st.tuples(*[(st.none() | mark) if gaps else mark] * count), max_size=8))


def told(found: Rows, categories: int = 3) -> Ratings:
    return ratings_of([list(rater) for rater in zip(*found, strict=True)] or [[], []], range(categories))


def rows_for(name: str) -> st.SearchStrategy[Rows]:
    return rows(2 if name in TWO else None)


def result(found: Coefficient) -> tuple[object, object]:
    # A standard error is the root of an exact number, so it too is the same to the last digit.
    return found.value, found.se


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=FEW)
@given(data=st.data())
def test_the_order_of_cases_and_of_raters_changes_nothing(name: str, data: st.DataObject) -> None:
    found = data.draw(rows_for(name))
    order = data.draw(st.permutations(found))
    raters = data.draw(st.permutations(range(len(found[0])))) if found else ()
    turned = [tuple(row[g] for g in raters) for row in order]
    assert result(ALL[name](told(found))) == result(ALL[name](told(turned)))


@pytest.mark.parametrize("name", NOMINAL)
@settings(max_examples=FEW)
@given(data=st.data())
def test_what_the_categories_are_called_changes_nothing(name: str, data: st.DataObject) -> None:
    found = data.draw(rows_for(name))
    new = data.draw(st.permutations(range(3)))
    renamed = [tuple(None if mark is None else new[mark] for mark in row) for row in found]
    assert result(ALL[name](told(found))) == result(ALL[name](told(renamed)))


@pytest.mark.parametrize("name", [name for name in ALL if name not in NOMINAL])
@settings(max_examples=FEW)
@given(data=st.data())
def test_counting_an_ordered_scale_from_its_other_end_changes_nothing(name: str, data: st.DataObject) -> None:
    found = data.draw(rows_for(name))
    turned = [tuple(None if mark is None else 2 - mark for mark in row) for row in found]
    if name != "alpha ratio":  # a ratio is measured from nought
        assert result(ALL[name](told(found))) == result(ALL[name](told(turned)))


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=FEW)
@given(data=st.data())
def test_perfect_agreement_is_one_or_undefined_and_never_anything_else(name: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.integers(0, 2), max_size=8))
    found = ALL[name](told([(mark, mark) for mark in marks]))
    if not marks:
        assert found.undefined == "no unit rated twice"
    elif found.undefined:
        assert (found.undefined, len(set(marks))) == ("no variation", 1)
    else:
        assert found.value == 1
        assert found.se is None
        assert ("no disagreement" in found.flags) == (name != "percent")


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=FEW)
@given(data=st.data())
def test_a_coefficient_is_at_most_one_and_is_one_only_when_all_agree(name: str, data: st.DataObject) -> None:
    ratings = told(data.draw(rows_for(name)))
    found = ALL[name](ratings)
    if not found.undefined:
        assert isinstance(found.value, float)
        assert found.value <= 1
        assert (found.value == 1) == (ratings.disagreed == 0)
        assert found.se is None or found.se > 0
    assert found.units == ratings.paired


@pytest.mark.parametrize("name", NOMINAL)
@settings(max_examples=FEW)
@given(data=st.data())
def test_without_gaps_and_weights_a_coefficient_is_at_least_minus_one(name: str, data: st.DataObject) -> None:
    found = ALL[name](told(data.draw(rows(2 if name in TWO else None, gaps=False))))
    if not found.undefined:
        assert isinstance(found.value, float)
        assert found.value >= (0 if name == "percent" else -1)


@given(rows(gaps=True))
def test_observed_agreement_is_the_naive_mean_over_pairs(found: Rows) -> None:
    shares = []
    for row in found:
        marks = [mark for mark in row if mark is not None]
        pairs = [a == b for i, a in enumerate(marks) for b in marks[i + 1 :]]
        if pairs:
            shares.append(Fraction(sum(pairs), len(pairs)))
    value = percent_agreement(told(found)).value
    assert value == (float(sum(shares) / len(shares)) if shares else percent_agreement(told([])).value)


@given(rows(2, gaps=False))
def test_cohen_agrees_with_statsmodels_with_and_without_weights(found: Rows) -> None:
    ratings = told(found)
    for weights, theirs in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
        ours = weighted_kappa(ratings, weights) if theirs else cohen_kappa(ratings)  # type: ignore[arg-type]
        if ours.undefined or ours.se is None or ours.se_null is None:
            continue
        other = cohens_kappa(ratings.table(), wt=theirs)
        assert ours.value == pytest.approx(other.kappa, abs=1e-9)
        assert ours.se == pytest.approx(other.std_kappa, abs=1e-7)
        assert ours.se_null == pytest.approx(other.std_kappa0, abs=1e-7)


@given(rows(gaps=False))
def test_fleiss_agrees_with_statsmodels(found: Rows) -> None:
    ratings = told(found)
    ours = fleiss_kappa(ratings)
    if not ours.undefined:
        counts = [counts for _, counts, times in ratings.counted for _ in range(times)]
        assert ours.value == pytest.approx(their_fleiss(counts), abs=1e-9)


@given(rows(2, 2, gaps=False))
def test_with_two_raters_the_general_forms_are_the_simple_ones(found: Rows) -> None:
    ratings = told(found, 2)
    assert conger_kappa(ratings).value == cohen_kappa(ratings).value
    assert scott_pi(ratings).value == fleiss_kappa(ratings).value
    assert pabak(ratings).value == brennan_prediger(ratings).value
    assert gwet_ac1(ratings).value == gwet_ac2(ratings, "none").value


@given(rows(2, 2))
def test_units_that_one_of_two_raters_left_out_do_not_touch_kappa(found: Rows) -> None:
    whole = [row for row in found if None not in row]
    assert cohen_kappa(told(found, 2)) == cohen_kappa(told(whole, 2))
    assert scott_pi(told(found, 2)) == scott_pi(told(whole, 2))


def test_a_case_that_one_person_rated_still_counts_towards_the_chance_term_of_ac1() -> None:
    alone = [(0, 0), (1, 1), (0, 1), (2, None)]
    assert gwet_ac1(told(alone)).value != gwet_ac1(told(alone[:3])).value
    assert krippendorff_alpha(told(alone)).value == krippendorff_alpha(told(alone[:3])).value


def test_a_category_that_nobody_used_counts_where_it_is_declared_and_not_in_kappa() -> None:
    marks: Rows = [(0, 0), (1, 1), (0, 1), (1, 1)]
    for measure, differs in ((gwet_ac1, True), (brennan_prediger, True), (cohen_kappa, False), (fleiss_kappa, False)):
        assert (measure(told(marks, 2)).value != measure(told(marks, 3)).value) is differs


def test_pabak_is_for_two_categories() -> None:
    assert pabak(told([(0, 0), (1, 2)])).undefined == "more than two categories"
    assert pabak(told([])).undefined == "no unit rated twice"


def test_the_ordinal_metric_is_not_a_set_of_ordinal_weights() -> None:
    marks = told([(0, 1), (1, 2), (0, 0), (2, 2), (1, 1), (0, 2)])
    assert krippendorff_alpha(marks, "ordinal").value != pytest.approx(gwet_ac2(marks, "linear").value)
    assert krippendorff_alpha(marks, "ordinal").weights == "ordinal"
    assert gwet_ac2(marks, "linear").weights == "linear"


def test_one_unit_has_no_standard_error() -> None:
    assert gwet_ac1(told([(0, 1)])).se is None


def test_weights_are_one_on_the_diagonal_and_nought_at_the_far_ends() -> None:
    for weights in ("none", "linear", "quadratic"):
        matrix = weight_matrix(weights, 4)
        assert [matrix[i][i] for i in range(4)] == [1] * 4
        assert matrix[0][3] == 0
    assert weight_matrix("linear", 4)[1] == (Fraction(2, 3), 1, Fraction(2, 3), Fraction(1, 3))


# What is refused -------------------------------------------------------------------------------------------------

COUNTS = ratings_of_counts([[2, 1], [0, 3]])
THREE = ratings_of([[0, 1], [0, 1], [1, 1]], [0, 1])
WORDS = ratings_of([["a", "b"], ["b", "a"]], ["a", "b"])
BELOW = ratings_of([[-1, 1], [1, 1]], [-1, 1])


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: ratings_of([["y"], ["y", "n"]], ["y", "n"]), "agreement.lists-differ"),
        (lambda: ratings_of([["y"], ["x"]], ["y", "n"]), "agreement.undeclared-category"),
        (lambda: ratings_of([["y"], ["y"]], ["y", "y"]), "agreement.category-twice"),
        (lambda: ratings_of_table([[1, 2]]), "agreement.bad-table"),
        (lambda: ratings_of_table([[1, 2], [3, -1]]), "agreement.bad-table"),
        (lambda: ratings_of_table([[1, 2], [3, 1]], ["a"]), "agreement.bad-table"),
        (lambda: ratings_of_counts([[1, 2], [3]]), "agreement.bad-table"),
        (lambda: cohen_kappa(THREE), "agreement.not-two-raters"),
        (lambda: scott_pi(COUNTS), "agreement.not-two-raters"),
        (lambda: conger_kappa(COUNTS), "agreement.raters-not-known"),
        (lambda: gwet_ac2(THREE, "cubic"), "agreement.unknown-weights"),  # type: ignore[arg-type]
        (lambda: krippendorff_alpha(THREE, "polar"), "agreement.unknown-metric"),  # type: ignore[arg-type]
        (lambda: krippendorff_alpha(WORDS, "interval"), "agreement.category-not-a-number"),
        (lambda: krippendorff_alpha(BELOW, "ratio"), "agreement.ratio-below-0"),
        (lambda: paired_agreement(["Y"], ["Y", "N"], "NA", ["Y", "N"]), "agreement.lists-differ"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(call: Callable[[], object], code: str) -> None:
    with pytest.raises(Faults) as refused:
        call()
    assert {fault.code for fault in refused.value} == {code}
    assert all(fault.says.endswith(".") and fault.cure for fault in refused.value)


# Two figures from one pair of marks --------------------------------------------------------------------------------

MARKS = st.lists(st.sampled_from(["Y", "N", "NA", None]), max_size=12)


@given(st.lists(st.tuples(*[st.sampled_from(["Y", "N", "NA", None])] * 2), max_size=8))
def test_only_cases_that_both_thought_relevant_are_judged(pairs: Sequence[tuple[str | None, str | None]]) -> None:
    applies, judged = paired_agreement([a for a, _ in pairs], [b for _, b in pairs], "NA", ["Y", "N"])
    both = [pair for pair in pairs if None not in pair]
    assert applies.n == len(both)
    assert judged.n == sum("NA" not in pair for pair in both)
