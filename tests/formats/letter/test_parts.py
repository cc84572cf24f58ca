"""The parts of a figure as text: shares only where the base bears them, and hidden parts that no subtraction gives back."""

import pytest
from tests.factories.traced_letter import divide, figures

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.parts import Parts, percent
from caselight.method.analysis.figure import Figure

FIGURES = figures()
MANY = tuple(f"N{number}" for number in range(200))
NOTHING: frozenset[str] = frozenset()


def parts(key: str, *hidden: str) -> Parts:
    return Parts(FIGURES[key], Labels({}), frozenset(hidden))


def of(*counts: int) -> Parts:
    return Parts(Figure("X", "share", "X", cells=divide(MANY, *counts)), Labels({}), NOTHING)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("A1", "20 of 20 cases (100%)"),
        ("A2", "9 of 13 relevant cases (69%)"),
        ("A3", "3 of 4 relevant cases"),
        ("B2", "No case was relevant"),
        ("M1", "7 of 8 case managers"),
        ("CUSTODY", "4 of 20 cases"),
        ("rate.north", "41.2%"),
    ],
)
def test_the_result_says_relevant_and_percent_only_where_they_mean_something(key: str, words: str) -> None:
    assert parts(key).result() == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [((199, 1), "199 of 200 cases (99%)"), ((1, 199), "1 of 200 cases (1%)"), ((0, 10), "0 of 10 cases (0%)"),
     ((1, 0), "1 of 1 case"), ((25, 175), "25 of 200 cases (13%)")],
)  # fmt: skip
def test_all_and_none_are_never_reached_by_rounding(counts: tuple[int, ...], words: str) -> None:
    assert of(*counts).result() == words


def test_a_hidden_number_prints_as_shorthand_and_takes_share_and_range_with_it() -> None:
    hidden = parts("A2", "insufficient")
    assert hidden.result() == "[c] of 13 relevant cases"
    assert hidden.interval() == ""
    assert hidden.interval_short() == "[c]"
    assert hidden.number("not_relevant") == "7"


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        ("A1", "Between 88% and 100% of all relevant cases (95% confidence; exact, from"),
        ("A2", "Between 42% and 87% of all relevant cases (95% confidence; Wilson’s method). Only the cases"),
        ("A3", "No range is printed, because fewer than 10 cases were relevant."),
        ("M1", ""),
    ],
)
def test_the_range_says_how_it_was_found_or_why_there_is_none(key: str, begins: str) -> None:
    assert parts(key).interval().startswith(begins)


@pytest.mark.parametrize(("share", "words"), [(0.125, "13"), (0.005, "1"), (0.0049, "0"), (1.0, "100"), (0.95, "95")])
def test_half_a_percent_rounds_up(share: float, words: str) -> None:
    assert percent(share) == words
