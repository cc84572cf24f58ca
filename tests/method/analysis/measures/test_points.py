"""Means, points with what is not relevant taken out, and lookup tables: what each subject gave, added up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.scored import answers, counted, inspected, measure, number, scored, share

RANKS = measure("M1", mean={"question": "CODE", "values": {"three": 1, "two": 2, "none": 3}})
POINTS = measure("M1", points={"questions": ["K1", "K2", "CRIT"]})


def test_c22_mean_rank_leaves_out_what_is_not_relevant():
    found = number(inspected(scored([RANKS]), answers("CODE", "three", "three", "two", "none", "-")))
    assert (found.value, found.n, found.d, found.percent) == (Fraction(7, 4), 7, 4, False)


def test_mean_takes_the_points_of_options_and_leaves_out_answers_without_a_number():
    figure = counted(
        inspected(scored([measure("M1", mean={"question": "CODE"})]), answers("CODE", "three", "two", "unsure", "none"))
    )["M1"]
    assert figure.number is not None
    assert figure.number.value == Fraction(5, 3)
    assert figure.why == {"c1": "3", "c2": "2", "c4": "0"}
    assert figure.cells == {"not_relevant_by_inspector": ("c3",)}


def test_mean_of_nobody_has_no_value():
    assert number(inspected(scored([RANKS]), answers("CODE", "-"))).why == "no_base"


def test_points_scored_over_points_possible_with_what_is_not_relevant_on_neither_side():
    made = inspected(
        scored([POINTS]), answers("K1", "yes", "no"), answers("K2", "-", "yes"), answers("CRIT", "yes", "no")
    )
    found = number(made)
    assert (found.n, found.d, found.value) == (1 + 1 + 4, (1 + 4) + (1 + 1 + 4), Fraction(6, 11))


def test_points_can_be_a_sum_and_a_theme_gives_its_questions_that_count():
    theme = measure("M1", points={"themes": ["T"], "as": "sum"})
    made = inspected(
        scored([theme]), answers("K1", "yes"), answers("K2", "yes"), answers("K3", "no"), answers("CRIT", "yes")
    )
    assert (number(made).value, number(made).d, number(made).percent) == (6, 7, False)


def test_when_everything_is_not_relevant_there_is_no_score():
    made = inspected(scored([POINTS]), answers("K1", "-"), answers("K2", "-"), answers("CRIT", "-"))
    assert (number(made).value, number(made).why) == (None, "no_base")


def test_a_subject_with_an_open_question_keeps_the_points_from_being_complete():
    figure = counted(
        inspected(scored([POINTS]), answers("K1", "yes", "yes"), answers("K2", "yes", ""), answers("CRIT", "-", "-"))
    )["M1"]
    assert figure.cells == {"unanswered": ("c2",)}


@given(st.lists(st.sampled_from(["yes", "no", "-"]), min_size=1, max_size=12))
def test_points_of_one_question_are_its_share(values):
    made = scored([measure("M1", points={"questions": ["K1"]}), share("M2", "K1")])
    found = inspected(made, answers("K1", *values))
    assert number(found, "M1").value == number(found, "M2").value


TABLE = measure(
    "M1",
    lookup={
        "subject": "case",
        "rows": [
            {"when": {"all": [{"answer": "K1", "is": "yes"}, {"answer": "K2", "is": "yes"}]}, "gives": 20},
            {"when": {"answer": "K1", "is": "yes"}, "gives": 7.5},
            {"when": {"answer": "K2", "is": "yes"}, "gives": 5},
        ],
    },
)


def test_the_first_row_that_holds_gives_the_points_and_they_are_added_up():
    made = inspected(scored([TABLE]), answers("K1", "yes", "yes", "no", "no"), answers("K2", "yes", "no", "yes", "no"))
    figure = counted(made)["M1"]
    assert figure.number is not None
    assert (figure.number.value, figure.number.d) == (Fraction(65, 2), 3)
    assert figure.cells == {"not_relevant_by_rule": ("c4",)}
    assert figure.why == {"c1": "20", "c2": "15/2", "c3": "5"}


@pytest.mark.parametrize(("second", "cells"), [("", {"unanswered": ("c1",)}), ("no", {})])
def test_a_row_that_is_not_known_hides_those_after_it(second, cells):
    assert counted(inspected(scored([TABLE]), answers("K1", "yes"), answers("K2", second)))["M1"].cells == cells
