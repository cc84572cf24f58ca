"""A local audit from a new folder to the board, as the how-to page tells it: every command as shown, and the hand count kept.

The page takes ten cases out as workbooks, fills them in cell by cell, and reads them back. What is counted then equals
the count by hand of the finished example, whose answers never went through a workbook.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.repository.console import Ran, fits, run_page
from tests.repository.pages import ROOT, text_of

from caselight.formats.package.reading import read_package
from caselight.method.analysis.figures import figures

PAGE = "docs/how-to/run-a-local-audit.md"
EXAMPLE = ROOT / "examples" / "local-audit"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Ran]]]:
    """The folder in which the page was followed from its top, and what each command printed."""
    folder = tmp_path_factory.mktemp("audit")
    with pytest.MonkeyPatch.context() as patch:
        yield folder, run_page(text_of(PAGE), folder, patch)


def test_every_command_prints_what_the_page_shows(followed: tuple[Path, list[Ran]]) -> None:
    for step in followed[1]:
        assert fits(step.said, step.printed), "\n".join([f"$ {step.command}", *step.printed])


def test_the_figures_equal_the_count_by_hand(followed: tuple[Path, list[Ran]]) -> None:
    computed = figures(read_package(followed[0] / "february"))
    with (EXAMPLE / "expected.csv").open(encoding="utf-8", newline="") as file:
        counted = {row["key"]: row["result"] for row in csv.DictReader(file) if row["kind"] == "share"}
    assert len(counted) > 30
    assert {key: f"{computed[key].sufficient} of {computed[key].relevant}" for key in counted} == counted
    overall = computed["OVERALL"].reached
    assert overall is not None
    assert overall.grade == "mixed"


def test_the_report_says_the_same_as_that_of_the_finished_example(followed: tuple[Path, list[Ran]]) -> None:
    page = (followed[0] / "february" / "out" / "board-report.html").read_text("utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for said in (
        "Overall: Mixed",
        "36 of 49 answers good enough",
        "Judged as a whole by Philippa Okonjo-Reeve, audit lead",
    ):
        assert said in words
    assert "Draft" not in words


def test_actions_came_in_beside_the_answers(followed: tuple[Path, list[Ran]]) -> None:
    actions = read_package(followed[0] / "february").actions
    beside = [action for action in actions if action.subject_kind == "case"]
    assert len(beside) == 5
    assert all(action.question_id and action.owner and action.due for action in beside)
