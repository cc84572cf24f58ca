"""The made-up local audit: made again byte for byte, without a fault, and its figures equal a count by hand.

The hand count stands here as literal numbers, in expected.csv, and again as a plain loop over answers.csv that knows
nothing of applicability, heads or figures: an answer is a row, and a moderated one takes the place of the first.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from examples.generate.local_audit.build import local_audit

from caselight.formats.package.reading import read_package
from caselight.method.analysis.figure import Figure
from caselight.method.analysis.figures import figures
from caselight.method.inspection.actions import state_of
from caselight.method.inspection.package import Package
from caselight.procedures.checking import check_folder

FOLDER = Path(__file__).parents[2] / "examples" / "local-audit"
BY_HAND = ("letter.md", "README.md", "accepted.csv", "expected.csv")

# n of d, counted by hand from the ten cases.
COUNTED = {
    "W1": (8, 10), "W2": (7, 10), "W3": (4, 5), "W4": (3, 4), "W5": (8, 10), "W6": (3, 6), "W7": (3, 4),
    "S1": (8, 10), "S2": (4, 7), "S3": (7, 10), "S4": (3, 7), "S5": (2, 3), "S6": (7, 10),
    "V1": (3, 7), "V2": (4, 7), "V3": (3, 7),
    "C1": (10, 10), "C2": (9, 10), "C3": (9, 10), "C4": (8, 9), "C5": (8, 9),
    "O1": (7, 10), "O2": (6, 10), "O3": (2, 7), "O4": (2, 4),
}  # fmt: skip
TIMED = {"W1t": (6, 9), "W4t": (3, 4), "V1t": (3, 5)}
GRADED = {"strong": 2, "good": 3, "mixed": 2, "weak": 3}


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package(FOLDER, private=True)


@pytest.fixture(scope="module")
def computed(package: Package) -> Mapping[str, Figure]:
    return figures(package)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_generator_makes_the_same_bytes_again(tmp_path: Path) -> None:
    for name in BY_HAND:
        shutil.copyfile(FOLDER / name, tmp_path / name)
    local_audit(tmp_path)
    made, committed = files(tmp_path), files(FOLDER)
    assert sorted(made) == sorted(committed)
    different = [name for name in made if made[name] != committed[name]]
    assert different == [], "Run: python -m examples.generate local-audit"


def test_nothing_is_wrong_with_it() -> None:
    assert check_folder(FOLDER).faults == ()


def test_ten_cases_were_audited_and_one_was_swapped(package: Package) -> None:
    assert package.inspection.kind == "local_audit"
    statuses = sorted(case.status for case in package.sample)
    assert statuses == ["drawn"] * 9 + ["removed"] + ["replacement"] + ["reserve"] * 3


@pytest.mark.parametrize(("question", "counted"), (COUNTED | TIMED).items())
def test_a_figure_equals_the_count_by_hand(
    question: str, counted: tuple[int, int], computed: Mapping[str, Figure]
) -> None:
    figure = computed[question]
    assert (figure.sufficient, figure.relevant) == counted


@pytest.mark.parametrize("question", COUNTED)
def test_a_plain_loop_over_the_answers_counts_the_same(question: str) -> None:
    stands: dict[str, str] = {}
    for row in sorted(rows("answers.csv"), key=lambda row: row["pass"] == "moderated"):
        if row["question_id"] == question:
            stands[row["subject_key"]] = row["value"]
    said = [value for value in stands.values() if value in ("yes", "no")]
    assert (said.count("yes"), len(said)) == COUNTED[question]


def test_the_grades_of_the_cases_are_those_that_auditors_gave(computed: Mapping[str, Figure]) -> None:
    given = [row["value"] for row in rows("answers.csv") if row["question_id"] == "G1"]
    assert {grade: given.count(grade) for grade in GRADED} == GRADED
    assert {grade: computed[f"CASES-{grade.upper()}"].sufficient for grade in GRADED} == GRADED


def test_every_line_of_the_expected_results_is_what_is_computed(computed: Mapping[str, Figure]) -> None:
    assert {row["key"]: row["result"] for row in rows("expected.csv")} == {
        key: result for key, figure in computed.items() if (result := in_a_line(figure))
    }


def in_a_line(figure: Figure) -> str:
    if figure.reached is not None:
        return figure.reached.grade
    if figure.number is not None:
        return str(figure.number.value)
    if figure.kind == "share":
        return f"{figure.sufficient} of {figure.relevant}"
    return str(figure.sufficient) if figure.kind == "count" else ""


def test_the_overall_grade_is_the_judgement_of_the_audit_lead(computed: Mapping[str, Figure]) -> None:
    (given,) = [row for row in rows("answers.csv") if row["question_id"] == "OVERALL.grade"]
    reached = computed["OVERALL"].reached
    assert reached is not None
    assert (reached.way, reached.grade, given["value"], given["actor"]) == ("judged", "mixed", "mixed", "lead")


def test_what_was_first_answered_and_first_supplied_is_still_there(package: Package) -> None:
    answers = [row for row in rows("answers.csv") if row["question_id"] == "S4"]
    moderated = [row["subject_key"] for row in answers if row["pass"] == "moderated"]
    assert [(r["pass"], r["value"]) for r in answers if [r["subject_key"]] == moderated] == [
        ("first", "yes"),
        ("moderated", "no"),
    ]
    corrected = [s for s in package.subjects if s.kind == "case" and s.facts["report"] != s.supplied["report"]]
    assert [subject.label for subject in corrected] == ["Case 04"]


def test_the_actions_as_of_the_board_meeting(package: Package) -> None:
    states = [state_of(action, date(2026, 3, 12)) for action in package.actions]
    assert {state: states.count(state) for state in states} == {"done": 4, "late": 3, "open": 6, "dropped": 1}
