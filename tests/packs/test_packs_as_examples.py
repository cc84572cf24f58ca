"""Every example gives the results that stand beside it, and is what its plan makes of it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from examples.generate.plain.build import PLANS, plain, result

from caselight.formats.package.reading import package_faults, read_package
from caselight.method.analysis.figures import figures
from caselight.method.faults import Severity

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANNED = sorted(path.name for path in PLANS.iterdir())


@pytest.mark.parametrize("name", PLANNED)
def test_the_figures_of_an_example_are_those_that_stand_beside_it(name: str) -> None:
    with (EXAMPLES / name / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["key"]: row["result"] for row in csv.DictReader(file)}
    found = figures(read_package(EXAMPLES / name))
    assert {key: result(figure) for key, figure in found.items() if result(figure)} == expected


@pytest.mark.parametrize("name", PLANNED)
def test_an_example_has_no_error_and_states_no_figure_that_nobody_answered(name: str) -> None:
    package, faults = package_faults(EXAMPLES / name)
    assert package is not None
    assert [str(fault) for fault in faults if fault.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", ["youth-rated", "national-standards"])
def test_shares_are_what_a_naive_count_of_the_rows_gives(name: str) -> None:
    with (EXAMPLES / name / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"] in ("yes", "no")]
    yes = Counter(row["question_id"] for row in rows if row["value"] == "yes")
    both = Counter(row["question_id"] for row in rows)
    found = figures(read_package(EXAMPLES / name))
    shares = {key: (figure.sufficient, figure.relevant) for key, figure in found.items() if figure.kind == "share"}
    assert shares == {key: (yes[key], both[key]) for key in shares}


@pytest.mark.parametrize("name", PLANNED)
def test_an_example_is_made_anew_with_the_same_bytes(name: str, tmp_path: Path) -> None:
    plain(name, tmp_path / name)
    made = {path.name: path.read_bytes() for path in (tmp_path / name).glob("*.csv") if path.name != "accepted.csv"}
    assert {file: (EXAMPLES / name / file).read_bytes() for file in made} == made
