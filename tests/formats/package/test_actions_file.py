"""``actions.csv`` as a file: read and written back, unknown columns kept, and files of before left as they are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.factories.folders import inspection_folder

from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.writing import write_package
from caselight.method.inspection.package import Action

HEAD = "action_id,subject_kind,subject_key,question_id,text,owner,due,status"
ROW = "a1,case,k1,A1,Write it again.,Team manager,2016-01-29,open"


def told(folder: Path) -> list[tuple[str, str]]:
    return [(fault.code, str(fault.place)) for fault in package_faults(folder)[1]]


def test_an_action_is_read_with_its_day(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path, {"actions.csv": f"{HEAD}\n{ROW}\n"})
    due = date(2016, 1, 29)
    assert read_package(folder).actions == (
        Action("a1", "case", "k1", "A1", "Write it again.", "Team manager", due, "open"),
    )
    assert told(folder) == []


def test_actions_come_back_with_columns_that_nobody_knows(tmp_path: Path) -> None:
    text = f"colour,{HEAD}\nred,{ROW}\n"
    folder = inspection_folder(tmp_path / "a", {"actions.csv": text})
    for target in (folder, tmp_path / "b"):
        write_package(read_package(folder), target)
        assert (target / "actions.csv").read_text() == f"{HEAD},colour\n{ROW},red\n"


def test_a_day_that_cannot_be_is_said_at_its_cell(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path, {"actions.csv": f"{HEAD}\n{ROW.replace('2016-01-29', '2016-02-30')}\n"})
    assert told(folder) == [
        ("package.bad-date", "actions.csv:2:due"),
        ("package.action-without-day", "actions.csv:2:due"),
    ]


def test_a_file_of_before_is_kept_as_it_is_and_said_to_be_not_read(tmp_path: Path) -> None:
    text = "what,who\nread,me\n"
    folder = inspection_folder(tmp_path / "a", {"actions.csv": text})
    package = read_package(folder)
    assert package.actions == ()
    for target in (folder, tmp_path / "b"):
        write_package(package, target)
        assert (target / "actions.csv").read_text() == text
    assert [code for code, _ in told(folder)] == ["package.actions-not-read"]


def test_a_folder_without_actions_gets_no_file_of_them(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path)
    write_package(read_package(folder), folder)
    assert not (folder / "actions.csv").exists()


def test_the_last_action_taken_out_leaves_an_empty_table(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path, {"actions.csv": f"{HEAD}\n{ROW}\n"})
    write_package(replace(read_package(folder), actions=()), folder)
    assert (folder / "actions.csv").read_text() == f"{HEAD}\n"
