"""The workbook on the command line: what it says, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories.folders import inspection_folder
from tests.factories.workbooks import cell, fill

from caselight.cli.workbook import workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return inspection_folder(tmp_path / "inspection")


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(workbook, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_out_and_in_say_what_was_done(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.xlsx"
    assert run("out", folder, file) == (0, f"{file}: 3 sheets.\n")
    data = file.read_bytes()
    file.write_bytes(fill(data, {("Case 2", cell(data, "Case 2", "A2.due", "answer")): "No"}))
    assert run("in", folder, file, "--by", "i1") == (0, "audit.xlsx: 1 answer and no actions by i1.\n")
    status, said = run("in", folder, file, "--by", "i1", "--json")
    assert (status, json.loads(said)["files"][0]["answers"]) == (0, 0)


def test_faults_name_file_sheet_and_cell_and_the_copy(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.xlsx"
    run("out", folder, file)
    data = file.read_bytes()
    file.write_bytes(fill(data, {("Case 2", "E17"): "Perhaps"}))
    status, said = run("in", folder, file, "--by", "i1")
    assert status == 1
    assert "audit.xlsx [Case 2]:E17: error workbook.not-in-list" in said
    assert "Nothing was read in." in said
    assert f"{tmp_path / 'audit.faults.xlsx'} shows it beside the cells" in said
    status, said = run("in", folder, file, "--by", "i1", "--json")
    assert json.loads(said)["copies"] == [str(tmp_path / "audit.faults.xlsx")]


def test_a_wish_that_cannot_be_met_is_refused(folder: Path, tmp_path: Path) -> None:
    for arguments in (
        ("a.csv",),
        ("a.xlsx", "--case", "k9"),
        ("a.xlsx", "--pass", "third"),
        ("a.xlsx", "--language", "cy"),
    ):
        result = CliRunner().invoke(workbook, ["out", str(folder), str(tmp_path / arguments[0]), *arguments[1:]])
        assert {fault.code.partition(".")[0] for fault in result.exception.faults} == {"workbook"}  # type: ignore[union-attr]
    assert [path.name for path in tmp_path.iterdir()] == ["inspection"]
