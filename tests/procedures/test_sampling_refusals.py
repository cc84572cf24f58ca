"""Samples and designs that do not fit the inspection or its caseload are found, and nothing is drawn from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.factories.specimen import choosing, history, specimen_folder

from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.writing import write_package
from caselight.method.faults import Faults
from caselight.procedures.sample_report import plan_report
from caselight.procedures.sampling import draw_sample, verify_sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inspection with 300 cases and no sample."""
    return specimen_folder(tmp_path / "inspection")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("sampling.csv", "BY_RULE", "CHOSEN", "sample.history-differs"),
        ("sample.csv", ",at-court,yes", ",at-court,no", "sample.second-not-as-drawn"),
        ("sample.csv", "all,drawn", "all,reserve", "sample.not-as-drawn"),
    ],
)
def test_a_stored_sample_that_was_touched_does_not_verify(
    folder: Path, file: str, old: str, new: str, code: str
) -> None:
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    text = (folder / file).read_text("utf-8")
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Faults) as refused:
        verify_sample(folder)
    assert code in {fault.code for fault in refused.value}


def test_a_named_design_without_its_history_does_not_verify(folder: Path) -> None:
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    (folder / "sampling.csv").unlink()
    with pytest.raises(Faults) as refused:
        verify_sample(folder)
    assert {fault.code for fault in refused.value} == {"sample.history-differs"}


def test_a_design_written_out_draws_as_before_and_its_history_is_kept_too(folder: Path) -> None:
    draw_sample(folder)
    assert (folder / "sample.csv").read_text("utf-8").splitlines()[0].endswith("replaced_by,note")
    told = [row for row in history(folder, "") if not row[0]]
    assert told == [("", "LISTED", 300), ("", "CHOSEN", 30)]
    (folder / "sampling.csv").unlink()  # as in a folder that was drawn before there were histories
    verify_sample(folder)


@pytest.mark.parametrize(
    ("designs", "codes"),
    [
        ([{"design": "at-curt"}], {"package.unknown-design"}),
        ([{"design": "at-court"}, {"design": "at-court"}], {"package.unknown-design"}),
    ],
)
def test_a_design_that_cannot_be_is_found_before_anything_is_drawn(
    folder: Path, designs: list[dict[str, Any]], codes: set[str]
) -> None:
    choosing(folder, *designs)
    with pytest.raises(Faults) as refused:
        draw_sample(folder)
    assert {fault.code for fault in refused.value if fault.severity == "error"} == codes


def test_a_design_that_the_inspection_did_not_choose_may_be_planned_and_not_drawn(folder: Path) -> None:
    choosing(folder, {"design": "at-court"})
    assert plan_report(folder, "precise")["precision"]
    with pytest.raises(Faults) as refused:
        draw_sample(folder, "precise")
    assert [fault.code for fault in refused.value] == ["sample.unknown-design"]
    assert read_package(folder).sample == ()


def test_a_population_of_nobody_gives_a_sample_of_nobody_and_says_so(folder: Path) -> None:
    package = read_package(folder)
    cases = tuple(replace(row, facts={**row.facts, "at_court": "no"}) for row in package.caseload)
    write_package(replace(package, caseload=cases), folder)
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    verify_sample(folder)
    assert history(folder, "at-court")[-1] == ("", "LOWERED_TO_POPULATION", 0)


def test_rows_of_a_design_that_was_taken_out_of_the_inspection_are_found(folder: Path) -> None:
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    choosing(folder, {"design": "everybody"})
    _, faults = package_faults(folder)
    assert [fault.code for fault in faults if fault.code.startswith("package.design")] == [
        "package.design-not-chosen"
    ] * 2
