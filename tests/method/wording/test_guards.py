"""Checked phrases: the author's own words must be true of their figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.english import english

from caselight.method.wording.amounts import Amount, Rate, Refusal, Setting
from caselight.method.wording.guards import agrees

DISAGREE = "letter.words-disagree"
VAGUE = "letter.quantity-without-meaning"


def amount(n: int, d: int, sample: int = 34) -> Amount:
    return Amount(n, d, sample, "case", "cases", key=f"{n}/{d}")


def code(result: Refusal | None) -> str | None:
    return result.code if result else None


@pytest.mark.parametrize(
    ("text", "n", "d", "why"),
    [
        ("28 of 32 relevant cases", 28, 32, None),
        ("28 of 32 relevant cases", 27, 32, DISAGREE),
        ("28 of 32 relevant cases", 28, 33, DISAGREE),
        ("28/32", 28, 32, None),
        ("twenty-eight out of the 32", 28, 32, None),
        ("nine in ten", 27, 30, None),
        ("nine in ten", 28, 30, DISAGREE),
        ("one in 0", 1, 2, DISAGREE),
        ("all 34", 34, 34, None),
        ("all 34", 33, 34, DISAGREE),
        ("all 34", 33, 33, DISAGREE),
        ("all cases", 33, 34, "letter.word-outside-band"),
        ("all the cases", 2, 2, None),
        ("all but three of the sample", 31, 34, None),
        ("all but three of the sample", 30, 33, DISAGREE),
        ("all but three", 30, 33, None),
        ("all but three", 3, 3, DISAGREE),
        ("all but 3 of 22", 19, 22, None),
        ("all but 3 of 22", 19, 23, DISAGREE),
        ("all except one of the reports", 16, 17, None),
        ("all except one of the reports", 15, 17, "letter.word-outside-band"),
        ("the entire sample", 34, 34, None),
        ("the entire sample", 17, 17, DISAGREE),
        ("each of the nine cases", 9, 9, None),
        ("each of the nine cases", 8, 9, DISAGREE),
        ("in every case", 9, 9, None),
        ("both plans", 2, 2, None),
        ("both plans", 3, 3, DISAGREE),
        ("neither of the plans", 0, 2, None),
        ("none of the six", 0, 6, None),
        ("none of the six", 0, 7, DISAGREE),
        ("in no case", 0, 6, None),
        ("in no case", 1, 6, DISAGREE),
        ("the single eligible case", 1, 1, None),
        ("the single eligible case", 1, 2, DISAGREE),
        ("the single eligible case", 0, 1, DISAGREE),
        ("a single case", 1, 9, None),
        ("two cases", 2, 9, None),
        ("two cases", 3, 9, DISAGREE),
        ("a dozen cases", 12, 34, None),
        ("nine of our sample", 9, 34, None),
        ("nine of our sample", 9, 33, DISAGREE),
        ("at least nine", 10, 34, None),
        ("at least nine", 8, 34, DISAGREE),
        ("no more than nine", 9, 34, None),
        ("more than nine", 9, 34, DISAGREE),
        ("fewer than nine", 8, 34, None),
        ("not all cases", 33, 34, None),
        ("not all cases", 34, 34, DISAGREE),
        ("some cases", 1, 9, None),
        ("some cases", 9, 9, DISAGREE),
        ("some cases", 0, 9, DISAGREE),
        ("several cases", 3, 9, None),
        ("several cases", 2, 9, DISAGREE),
        ("almost all cases", 33, 34, None),
        ("almost all cases", 28, 36, "letter.word-outside-band"),
        ("almost all cases", 8, 9, "letter.word-below-minimum"),
        ("in nearly every case", 31, 34, None),
        ("a small number of cases", 3, 22, None),
        ("a small number of cases", 5, 34, "letter.word-outside-band"),
        ("the large majority", 27, 34, None),
        ("half of the plans", 17, 34, None),
        ("half of the plans", 16, 34, "letter.word-outside-band"),
        ("two thirds of plans", 22, 33, None),
        ("about half of the plans", 17, 34, VAGUE),
        ("nearly 30 cases", 29, 34, VAGUE),
        ("many cases", 30, 34, VAGUE),
        ("often", 30, 34, VAGUE),
        ("5.7 percentage points", 3, 34, VAGUE),
        ("good evidence", 30, 34, "letter.no-quantity"),
        ("one another", 30, 34, "letter.no-quantity"),
        ("", 30, 34, "letter.no-quantity"),
        ("28 of 32 cases, almost all of them", 28, 32, "letter.word-outside-band"),
        ("28 of 32 cases, the vast majority", 28, 32, None),
        ("all cases", 0, 0, "letter.no-case-relevant"),
    ],
)
def test_every_quantity_in_the_words_must_be_true(text: str, n: int, d: int, why: str | None) -> None:
    assert code(agrees(text, amount(n, d), english())) == why


@pytest.mark.parametrize(
    ("text", "n", "d", "why"),
    [
        ("82%", 28, 34, None),
        ("82.4 per cent", 28, 34, None),
        ("83%", 28, 34, "letter.impossible-percent"),
        ("85%", 28, 34, DISAGREE),
        ("86%", 33, 39, "letter.impossible-percent"),
        ("56%", 5, 9, "letter.percent-below-minimum"),
        ("100%", 999, 1000, DISAGREE),
    ],
)
def test_a_percentage_must_be_the_one_that_the_numbers_give(text: str, n: int, d: int, why: str | None) -> None:
    assert code(agrees(text, amount(n, d, d), english(), setting=Setting(percentages=True))) == why
    assert code(agrees(text, amount(n, d, d), english())) == "letter.percent-not-allowed"


def test_the_side_decides_which_numbers_are_meant() -> None:
    figure = amount(28, 32)
    assert agrees("the four which did not", figure, english(), side="insufficient") is None
    assert code(agrees("the four which did not", figure, english())) == DISAGREE
    assert agrees("in some cases", figure, english(), side="insufficient") is None


def test_with_several_figures_each_quantity_and_each_figure_is_meant() -> None:
    plans, reviews = amount(28, 32), amount(25, 30)
    assert agrees("28 of 32 plans and 25 of 30 reviews", [plans, reviews], english()) is None
    assert agrees("some plans", [plans, reviews], english(), side="insufficient") is None
    assert code(agrees("28 of 32 plans", [plans, reviews], english())) == "letter.figure-not-meant"
    assert code(agrees("28 of 32 and 24 of 30", [plans, reviews], english())) == DISAGREE
    assert code(agrees("all plans", [], english())) == "letter.unknown-figure"


def test_a_roll_up_is_declared_pooled_and_hides_no_low_figure() -> None:
    figures = [amount(34, 34), amount(7, 9), amount(28, 31)]
    assert agrees("in the vast majority of cases", figures, english(), roll_up=True) is None
    low = [*figures, amount(17, 34)]
    assert code(agrees("in the vast majority of cases", low, english(), roll_up=True)) == (
        "letter.roll-up-hides-a-low-figure"
    )
    assert code(agrees("almost all cases", figures, english(), roll_up=True)) == "letter.word-outside-band"
    assert code(agrees("69 of 74", figures, english(), roll_up=True)) == "letter.number-in-roll-up"
    assert code(agrees("the vast majority", figures[:1], english(), roll_up=True)) == "letter.roll-up-of-one"
    assert code(agrees("the vast majority", figures, english())) == "letter.figure-not-meant"


def test_a_published_rate_agrees_with_its_own_percentage_only() -> None:
    rate = Rate(Decimal("37.9"), "binary", "the average")
    assert agrees("37.9%", rate, english()) is None
    assert code(agrees("37.8%", rate, english())) == DISAGREE
    assert code(agrees("almost all", rate, english())) == DISAGREE


@given(st.text(max_size=120))
def test_any_words_agree_or_are_refused(text: str) -> None:
    result = agrees(text, amount(28, 32), english())
    assert result is None or isinstance(result, Refusal)


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_ratio_in_words_agrees_exactly_with_itself(n: int, d: int) -> None:
    text = f"{english().numbers[min(n, d)]} of {d}"
    assert agrees(text, amount(min(n, d), d, 100), english()) is None
    assert agrees(text, amount(min(n, d), d + 1, 100), english()) is not None
