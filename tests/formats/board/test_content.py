"""What stands on the two pages: marks, held-back rows, which words come before the themes, actions as counts."""

from __future__ import annotations

import pytest

from caselight.formats.board.content import Promises, marks, single_said
from caselight.formats.board.words import board_words

WORDS = board_words({})


@pytest.mark.parametrize(
    ("n", "d", "shown"),
    [
        (0, 3, "○○○"),
        (2, 3, "●●○"),
        (20, 20, "●" * 20),
        (199, 200, "●" * 19 + "○"),
        (1, 200, "●" + "○" * 19),
        (0, 200, "○" * 20),
        (200, 200, "●" * 20),
        (50, 100, "●" * 10 + "○" * 10),
    ],
)
def test_marks_are_cases_or_twentieths_and_never_full_with_an_exception(n: int, d: int, shown: str) -> None:
    assert marks(n, d) == shown


@pytest.mark.parametrize(
    ("single", "said"),
    [
        ({}, ""),
        ({"late": 0, "open": 0}, ""),
        ({"late": 1}, "Beside these there is one action about a single case (1 late)."),
        ({"late": 2, "open": 0, "done": 3}, "Beside these there are 5 actions about single cases (2 late, 3 done)."),
    ],
)
def test_actions_about_single_cases_are_counted_and_not_shown(single: dict[str, int], said: str) -> None:
    assert single_said(Promises(single=single), WORDS).partition(" Managers")[0] == said


def test_a_framework_may_put_the_words_of_the_report_in_its_own() -> None:
    assert board_words({"board.actions": "Camau"})("board.actions") == "Camau"
    assert WORDS("figure.of", n=1, d=2, unit="") == "1 of 2 "
