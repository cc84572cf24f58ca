"""The parts of a figure as text: shares only where the base bears them, and hidden parts that no subtraction gives back."""

from typing import Any

import pytest
from tests.factories.traced_letter import divide, figures

from caselight.formats.letter.labels import ENGLISH, Labels
from caselight.formats.letter.parts import Parts, percent
from caselight.method.analysis.figure import Figure
from caselight.method.statistics.intervals import interval_for

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
        ("A2", "Between 42% and 87% of all relevant cases (95% confidence; Wilson’s method). How many cases"),
        ("A3", "No range is printed, because fewer than 10 cases were relevant."),
        ("M1", ""),
    ],
)
def test_the_range_says_how_it_was_found_or_why_there_is_none(key: str, begins: str) -> None:
    assert parts(key).interval().startswith(begins)


@pytest.mark.parametrize(
    ("counts", "how"),
    [
        ((8, 4), {}),
        ((8, 4), {"stratified": True}),
        ((8, 4), {"population": 40}),
        ((8, 4), {"population": 12}),
        ((8, 4), {"census": True}),
        ((8, 4), {"sampled": False}),
        ((0, 0), {}),
    ],
)
def test_the_reason_for_a_range_is_said_in_the_words_of_the_letter_and_by_default_in_those_of_the_statistics(
    counts: tuple[int, int], how: dict[str, Any]
) -> None:
    found = interval_for(counts[0], sum(counts), **how)
    kind = "share" if how.get("sampled", True) else "people"
    figure = Figure("X", kind, "X", cells=divide(MANY, *counts), interval=found)
    assert Parts(figure, Labels({}), NOTHING).interval().endswith(found.why)
    welsh = Labels({key: f"[CY] {text}" for key, text in ENGLISH.items()})
    said = Parts(figure, welsh, NOTHING).interval()
    assert said.count("[CY]") >= said.count(". ") + 1
    assert all(f"[CY] {sentence[:12]}" in said for sentence in found.why.split(". "))


@pytest.mark.parametrize(("share", "words"), [(0.125, "13"), (0.005, "1"), (0.0049, "0"), (1.0, "100"), (0.95, "95")])
def test_half_a_percent_rounds_up(share: float, words: str) -> None:
    assert percent(share) == words
