"""The comparators of an inspection folder: written and read back with every state, cell and digit; wrong cells are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.comparators import comparator, told
from tests.factories.folders import inspection_folder

from caselight.formats.package.layout import COMPARATORS
from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.writing import write_package, write_tables
from caselight.method.analysis.figures import figures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inspection with two comparators."""
    made = inspection_folder(tmp_path / "inspection")
    package = replace(read_package(made), comparators=(told(), comparator()))
    write_tables(made, package, COMPARATORS)
    return made


def test_comparators_come_back_as_they_were(folder: Path) -> None:
    assert read_package(folder).comparators == (told(), comparator())
    before = (folder / "comparators.csv").read_bytes()
    write_package(read_package(folder), folder)
    assert (folder / "comparators.csv").read_bytes() == before


def test_a_folder_without_comparators_gets_no_file_of_them(tmp_path: Path) -> None:
    made = inspection_folder(tmp_path / "inspection")
    write_package(read_package(made), made)
    assert not (made / "comparators.csv").exists()


def test_a_comparator_is_a_figure_with_the_note_of_its_measure(folder: Path) -> None:
    found = figures(read_package(folder))
    rate, direction = found["rate.testshire"], found["direction.testshire"]
    assert (rate.kind, str(rate.value), rate.measure, rate.source) == (
        "external",
        "43.0",
        "EW-3M",
        "Ministry of Justice",
    )
    assert "cohort entries" in rate.text["footnote"]
    assert (direction.kind, direction.direction, direction.text["footnote"]) == (
        "stated_direction",
        "worse",
        "As they reported it.",
    )


WRONG = [
    ("2019-04-01", "1 April", "reoffending.bad-cell"),
    (",children,", ",somebody,", "reoffending.bad-cell"),
    (",100,", ",many,", "reoffending.bad-cell"),
    (",100,", ",40,", "reoffending.more-than-entries"),
    ("43.0", "44.0", "reoffending.rate-not-from-counts"),
    (",worse,", ",sideways,", "package.unknown-direction"),
    ("rate.testshire,Testshire,", "rate.a,Testshire,", "package.key-taken"),
]


@pytest.mark.parametrize(("old", "new", "code"), WRONG)
def test_what_is_wrong_in_a_comparator_is_told_with_its_row(folder: Path, old: str, new: str, code: str) -> None:
    path = folder / "comparators.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    faults = [fault for fault in package_faults(folder)[1] if fault.place and fault.place.file == "comparators.csv"]
    assert {fault.code for fault in faults} >= {code}
    assert all(fault.place and fault.place.line in (2, 3) for fault in faults if fault.code == code)
