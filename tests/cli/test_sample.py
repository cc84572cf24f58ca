"""caselight sample: a plan draws nothing, a draw says every size and why, and options that do not go together are refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from caselight.cli.main import main
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.inspection.package import CaseloadCase
from caselight.procedures.beginning import new_inspection

SPECIMEN = Path(__file__).parents[1] / "specimens" / "sampling"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def _run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["caselight", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return _run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty cases at court, and two designs."""
    made = tmp_path / "inspection"
    new_inspection(made, str(SPECIMEN), "Testshire")
    cases = (
        CaseloadCase(f"c{n:02}", True, "", {"at_court": "yes", "sex": "male" if n % 3 else "female"}) for n in range(60)
    )
    write_package(replace(read_package(made), caseload=tuple(cases)), made)
    data = yaml.safe_load((made / "inspection.yaml").read_text("utf-8"))
    del data["sample"]
    data["dates"] = {name: str(day) for name, day in data["dates"].items()}
    data["samples"] = [{"design": "at-court", "seed": "s"}, {"design": "everybody", "seed": "s"}]
    (made / "inspection.yaml").write_text(yaml.safe_dump(data), "utf-8")
    return made


def test_a_plan_says_size_parts_and_precision_and_draws_nothing(run: Run, folder: Path) -> None:
    status, out, _ = run("sample", folder, "--plan", "--design", "at-court", "--share", "85%")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert status == 0
    assert lines[0] == "at-court: 20 of 60 cases would be drawn, with 0 reserves. Nothing is drawn yet."
    assert "(the whole) BY_RULE 12 by_percentage" in lines
    assert "(the whole) RAISED_TO_MINIMUM 20" in lines
    assert "50% 80% ±11.8 points" in lines
    assert "85% 80% ±8.4 points" in lines
    assert read_package(folder).sample == ()


def test_designs_are_drawn_together_and_shared_cases_counted(run: Run, folder: Path) -> None:
    status, out, _ = run("sample", folder)
    assert status == 0
    assert out.startswith("80 sheets about 60 cases; 20 in more than one design.\n")
    assert "at-court and everybody      20" in out
    assert "census" in out
    assert run("sample", folder, "--verify")[0] == 0


def test_one_design_is_drawn_alone_and_reported_as_json(run: Run, folder: Path) -> None:
    status, out, _ = run("sample", folder, "--design", "at-court", "--json")
    report = json.loads(out)
    assert status == 0
    assert {row["design"] for row in report["sample"]} == {"at-court"}
    assert [step["reason"] for step in report["sizes"]] == ["LISTED", "BY_RULE", "RAISED_TO_MINIMUM", "INITIAL"]
    assert "3 to be assessed twice" in report["says"]


@pytest.mark.parametrize(
    "options",
    [("--plan", "--verify"), ("--plan", "--remove", "c01", "--reason", "x"), ("--share", "120"), ("--share", "some")],
)
def test_options_that_do_not_go_together_are_wrong_usage(run: Run, folder: Path, options: tuple[str, ...]) -> None:
    assert run("sample", folder, *options)[0] == 2


def test_a_design_that_nobody_knows_is_said(run: Run, folder: Path) -> None:
    status, _, err = run("sample", folder, "--design", "at-curt")
    assert status == 1
    assert "sample.unknown-design" in err
    assert "Did you mean at-court?" in err
