"""A round of local audits as an audit lead runs it with a spreadsheet alone: workbook out, filled in, workbook in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from tests.factories.workbooks import contents

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.formats.workbook.writing.cells.marked import Marked
from caselight.formats.workbook.writing.workbook import workbook_bytes
from caselight.method.analysis.figures import figures
from caselight.method.inspection.package import Action, Package
from caselight.procedures.workbooks.reading_in import read_workbooks
from caselight.procedures.workbooks.writing_out import Wish, write_workbooks

EXAMPLES = Path(__file__).parents[3] / "examples"


def counted(package: Package) -> dict[str, tuple[object, ...]]:
    """Every figure that counts subjects, with the subjects in each of its cells and the reasons."""
    found = figures(package)
    return {key: (f.cells, f.reasons) for key, f in found.items() if f.kind in ("share", "people", "count")}


def test_ten_audits_filled_in_a_workbook_count_as_those_that_were_recorded(tmp_path: Path) -> None:
    """The answers of the example, typed into an empty workbook, give the example's figures."""
    example = read_package(EXAMPLES / "local-audit")
    examined = [row.case_key for row in example.sample if row.examined]
    assert len(examined) >= 10
    folder = tmp_path / "audit"
    shutil.copytree(EXAMPLES / "local-audit", folder)
    empty = replace(example, events=(), locators=(), actions=())
    write_package(empty, folder)
    full, blank = contents(example).book(), contents(read_package(folder)).book()
    typed = {
        (record.address, item, name): Marked(text)
        for record in full.records
        for item, entry in record.entries.items()
        for name, text in entry.texts.items()
    }
    (tmp_path / "audit.xlsx").write_bytes(workbook_bytes(contents(read_package(folder)), blank, typed))
    auditor = example.inspection.team[0].key
    read = read_workbooks(folder, [tmp_path / "audit.xlsx"], auditor, "2027-01-01T00:00:00Z")
    assert read.contested == 0
    assert read.files[0].answers > 200
    assert counted(read_package(folder)) == counted(example)
    wanted = {said(action) for action in example.actions if action.status == "open" and action.subject_key}
    assert {said(action) for action in read_package(folder).actions} == wanted


def said(action: Action) -> tuple[object, ...]:
    """What an action says, but for its id."""
    return action.subject_key, action.question_id, action.text, action.owner, action.due, action.status


def test_every_example_goes_out_and_comes_back_without_an_answer(tmp_path: Path) -> None:
    for example in sorted(path.parent for path in EXAMPLES.glob("*/inspection.yaml")):
        folder = tmp_path / example.name
        shutil.copytree(example, folder)
        before = (folder / "answers.csv").read_bytes()
        write_workbooks(folder, tmp_path / f"{example.name}.xlsx", Wish())
        team = read_package(folder).inspection.team
        by = team[0].key if team else "somebody"
        read = read_workbooks(folder, [tmp_path / f"{example.name}.xlsx"], by, "2027-01-01T00:00:00Z")
        assert (read.files[0].answers, read.files[0].actions, read.faults) == (0, 0, ())
        assert (folder / "answers.csv").read_bytes() == before


def test_a_workbook_for_each_worker_holds_that_workers_cases(tmp_path: Path) -> None:
    written = write_workbooks(EXAMPLES / "west-london", tmp_path / "wl.xlsx", Wish(by_worker=True))
    assert len(written) == 16
    assert sum(one.subjects for one in written) == 34 + 16
    assert {one.file.name for one in written} >= {"wl-m-qy36xq.xlsx"}
