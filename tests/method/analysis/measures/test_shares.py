"""Shares: their base, sub-samples by the inspector's own answer, strata, several measures as one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.scored import answers, counted, inspected, measure, number, scored, share, yes_of

LOW_LEFT_OUT = {"answer": "CONCERN", "is": "yes"}
POOLED = [share("M1"), share("M2"), measure("P", pooled={"of": ["M1", "M2"]})]
WEIGHTED = measure("W", weighted={"question": "K1", "strata": ["team"]})


@pytest.mark.parametrize(
    ("yes", "of", "value", "percent"),
    [(62, 65, Fraction(62, 65), 95.4), (61, 65, Fraction(61, 65), 93.8), (13, 20, Fraction(13, 20), 65.0)],
)
def test_share_is_exact(yes, of, value, percent):
    found = number(inspected(scored([share("M1")]), yes_of("K1", yes, of)))
    assert (found.value, found.n, found.d, found.percent) == (value, yes, of, True)
    assert round(float(value * 100), 1) == percent


def test_without_a_base_there_is_no_value_and_it_is_neither_0_nor_1():
    found = number(inspected(scored([share("M1")]), answers("K1", "-", "-")))
    assert (found.value, found.n, found.d, found.why) == (None, 0, 0, "no_base")


def test_what_is_not_relevant_leaves_the_base_and_what_is_open_stays_beside_it():
    figure = counted(inspected(scored([share("M1")]), answers("K1", "yes", "no", "-", ""), cases=4))["M1"]
    assert figure.number is not None
    assert (figure.number.n, figure.number.d) == (1, 2)
    assert (figure.relevant, figure.not_relevant, figure.unanswered) == (2, 1, 1)


def test_a_sub_sample_goes_by_the_answer_of_the_inspector_and_a_case_without_it_is_unanswered():
    made = scored([share("M1", where=LOW_LEFT_OUT)])
    figure = counted(
        inspected(made, answers("CONCERN", "yes", "no", "", "yes"), answers("K1", "yes", "no", "yes", "no"))
    )["M1"]
    assert figure.cells == {"sufficient": ("c1",), "insufficient": ("c4",), "unanswered": ("c3",)}


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_pooled_cases_are_added_and_not_their_shares(yes1, no1, yes2, no2):
    found = number(inspected(scored(POOLED), yes_of("K1", yes1, yes1 + no1), yes_of("K2", yes2, yes2 + no2)), "P")
    d = yes1 + no1 + yes2 + no2
    assert (found.n, found.d) == (yes1 + yes2, d)
    assert found.value == (Fraction(yes1 + yes2, d) if d else None)


def strata(counts: str) -> list[dict[str, str]]:
    return [{"team": letter} for letter in counts]


def test_weighted_counts_each_stratum_by_what_it_holds_in_the_caseload():
    # Of six cases in team a two were examined, one sufficient; of two in team b two, both sufficient: 6·½ + 2·1 of 8.
    made = inspected(scored([WEIGHTED]), answers("K1", "yes", "no", "yes", "yes"), caseload=8, facts=strata("aabbaaaa"))
    assert number(made, "W").value == Fraction(5, 8)
    assert (number(made, "W").n, number(made, "W").d) == (3, 4)


def test_weighted_lets_a_case_that_is_not_relevant_stand_for_such_cases():
    # Team a: 4 in the caseload, 2 examined, one of them relevant and sufficient. Team b: 2, both relevant, none sufficient.
    made = inspected(scored([WEIGHTED]), answers("K1", "yes", "-", "no", "no"), caseload=6, facts=strata("aabbaa"))
    assert number(made, "W").value == Fraction(2, 4)


def test_weighted_lets_a_case_that_nobody_answered_for_stand_for_nobody():
    # Team a: 4 in the caseload, 3 examined, one not answered; the other two, one sufficient, stand for all four.
    events = answers("K1", "yes", "no", "", "yes", "yes")
    made = inspected(scored([WEIGHTED]), events, caseload=6, facts=strata("aaabba"))
    assert number(made, "W").value == Fraction(2 + 2, 6)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"caseload": 5, "facts": strata("aabbc")}, "empty_stratum"),
        ({}, "no_caseload"),
        ({"caseload": 3, "facts": strata("aabc")}, "unknown_stratum"),
    ],
)
def test_weighted_has_no_value_where_a_stratum_says_nothing(said, why):
    made = inspected(scored([WEIGHTED]), answers("K1", "yes", "no", "yes", "yes"), cases=4, **said)
    assert (number(made, "W").value, number(made, "W").why) == (None, why)


def test_weighted_equals_the_share_when_every_case_was_examined():
    made = inspected(
        scored([WEIGHTED, share("M1")]), answers("K1", "yes", "no", "-", "yes"), caseload=4, facts=strata("abab")
    )
    assert number(made, "W").value == number(made, "M1").value == Fraction(2, 3)


def test_share_keeps_its_interval_and_its_cases():
    figure = counted(inspected(scored([share("M1")]), yes_of("K1", 3, 5), caseload=9))["M1"]
    assert figure.interval is not None
    assert (figure.kind, figure.interval.method, figure.interval.population) == ("score", "hypergeometric", 9)
