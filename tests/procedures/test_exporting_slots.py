"""A timetable that was planned in the store leaves with the package, beside what the folder brought."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded
from tests.factories.timetable import KEY, put, with_workers

from caselight.method.inspection.package import Table
from caselight.procedures.exporting import export_package
from caselight.store.inspections.actions import carry_tables
from caselight.store.samples.timetable.placing import take_off

pytestmark = pytest.mark.django_db
FILE = "interviews.csv"


def exported(folder: Path) -> list[dict[str, str]]:
    export_package(KEY, folder, by="lead", at=AT)
    with (folder / FILE).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_slots_leave_with_the_package_by_the_keys_of_the_team(tmp_path: Path) -> None:
    seeded()
    with_workers()
    put("C1", "i1")
    put("w1", "i2")
    gone = put("C2", "i1")
    take_off(by="lead", inspection=KEY, slots=[gone.slot], at=AT)
    rows = exported(tmp_path / "out")
    assert [(row["date"], row["inspector"], row["subject_key"], row["case_manager"], row["half"]) for row in rows] == [
        ("2015-12-14", "i1", "C1", "w1", "am"),
        ("2015-12-14", "i2", "w1", "w1", "am"),
    ]


def test_rows_that_the_folder_brought_stay_where_the_store_has_no_slot_about_the_same(tmp_path: Path) -> None:
    seeded()
    came = Table(("date", "inspector", "kind", "subject_key", "remark"), (
        ("2015-12-15", "x", "case", "C1", "old"), ("2015-12-15", "x", "case", "C3", "kept"),
    ))  # fmt: skip
    carry_tables(by="lead", inspection=KEY, tables={FILE: came}, beside=False, at=AT)
    assert [row["remark"] for row in exported(tmp_path / "before")] == ["old", "kept"]
    put("C1", "i1")
    rows = exported(tmp_path / "after")
    assert [(row["subject_key"], row["inspector"], row["remark"]) for row in rows] == [
        ("C3", "x", "kept"),
        ("C1", "i1", ""),
    ]
