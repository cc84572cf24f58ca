"""Open data hold back measures about a small group of children, what is made of them, and what ratings say of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.factories.letters import COUNTS, LETTER, english
from tests.factories.rated import measure, number, rated_context, rating
from tests.factories.small import framework

from caselight.method.analysis.figure import Cell, Figure
from caselight.method.framework.definition import Framework
from caselight.method.report.open_data import hidden_parts
from caselight.method.report.open_measures import NUMBER, REACHED

CUSTODY = {"fact": "custodial", "is": "yes"}


def adopted(*measures: dict[str, object]) -> Framework:
    """The small framework with measures: a label and a mark are added."""
    full = [{"label": "M", "provenance": "own-design", **item} for item in measures]
    return framework(wording={"en": english()}, letter=LETTER, counts=COUNTS, measures=full)


def hidden(figures: dict[str, Figure], *measures: dict[str, object]) -> dict[str, frozenset[str]]:
    """What is held back of these measures and ratings, beside the small inspection's own figures."""
    parts = hidden_parts(rated_context(figures).figures, adopted(*measures))
    return {key: parts[key] for key in figures if key in parts}


def children(figure: Figure) -> Figure:
    return replace(figure, describes=True)


def few() -> Figure:
    """C about three children of the twenty."""
    figures = rated_context().figures
    keys = [key for keys in figures["A"].cells.values() for key in keys]
    cells = {
        Cell.SUFFICIENT: tuple(keys[:2]),
        Cell.INSUFFICIENT: (keys[2],),
        Cell.NOT_RELEVANT_BY_RULE: tuple(keys[3:]),
    }
    return replace(figures["C"], cells=cells, describes=True)


@pytest.mark.parametrize(("base", "held_back"), [(0, False), (1, True), (7, True), (8, False)])
def test_a_measure_about_one_to_seven_children_is_held_back(base: int, held_back: bool) -> None:
    found = hidden({"M": children(measure("M", "Contact", base // 2, base))})
    assert (found == {"M": {NUMBER}}) is held_back


def test_a_measure_about_practice_is_printed_however_small_its_base() -> None:
    assert hidden({"M": measure("M", "Plans", 2, 3)}) == {}


def test_what_is_made_of_a_hidden_measure_is_hidden_however_long_the_chain() -> None:
    made = {
        "M": children(measure("M", "Contact", 2, 3)),
        "TWICE": number("TWICE", "Twice", Fraction(4, 3), "sum", of=("M", "M")),
        "STEP": number("STEP", "Step", Fraction(10), "steps", of=("TWICE",)),
        "OTHER": measure("OTHER", "Plans", 20, 30),
    }
    assert hidden(made) == {key: {NUMBER} for key in ("M", "TWICE", "STEP")}


def test_a_rating_keeps_its_grade_and_hides_what_would_tell_the_number() -> None:
    made = {
        "M": children(measure("M", "Contact", 2, 3)),
        "S": rating("S", "Contact", "cut", "good", parts=("M",), deciding=("M",), measure="M", value=Fraction(2, 3)),
        "T": rating("T", "Plans", "cut", "good", measure="K1", value=Fraction(2, 3)),
    }
    assert hidden(made) == {"M": {NUMBER}, "S": {REACHED}}


def test_a_measure_of_a_question_that_is_held_back_is_held_back_with_it() -> None:
    small = few()
    made = {"C": small, "M": measure("M", "The same again", small.sufficient, small.relevant)}
    assert hidden(made, {"id": "M", "share": {"question": "C"}})["M"] == {NUMBER}


def test_a_measure_over_some_cases_leaves_no_small_rest_to_subtract() -> None:
    whole = replace(rated_context().figures["A"], describes=True)
    made = {"A": whole, "M": measure("M", "Without custody", whole.sufficient - 1, whole.relevant - 3)}
    asked = {"id": "M", "share": {"question": "A", "where": {"not": CUSTODY}}}
    assert hidden(made, asked)["M"] == {NUMBER}
    assert "M" not in hidden({"A": replace(whole, describes=False), "M": made["M"]}, asked)


def test_points_and_means_of_a_hidden_question_are_hidden() -> None:
    made = {
        "C": few(),
        "P": number("P", "Points", Fraction(2, 3), "points", n=Fraction(2), d=Fraction(3)),
        "Q": number("Q", "Points of the theme", Fraction(2, 3), "points", n=Fraction(2), d=Fraction(3)),
        "N": number("N", "Mean", Fraction(2, 3), "mean"),
        "B2": number("B2", "Points of another", Fraction(2, 3), "points", n=Fraction(2), d=Fraction(3)),
    }
    asked = (
        {"id": "P", "points": {"questions": ["C"]}},
        {"id": "Q", "points": {"themes": ["T"]}},
        {"id": "N", "mean": {"question": "C"}},
        {"id": "B2", "points": {"questions": ["B"]}},
    )
    assert {key for key, parts in hidden(made, *asked).items() if parts == {NUMBER}} == {"P", "Q", "N"}
