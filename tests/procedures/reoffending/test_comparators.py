"""Published figures chosen and kept: with what they are compared with, under keys that a letter can name, never changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.factories.comparators import comparator
from tests.factories.folders import inspection_folder
from tests.factories.moving import AT
from tests.factories.store import seeded
from xlsxwriter import Workbook

from caselight.formats.letter.notation import KEY
from caselight.formats.package.reading import read_package
from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.reading import Read, read_published
from caselight.method.faults import Faults
from caselight.method.reoffending.published import People
from caselight.procedures.reoffending.comparators import Choice, keep_in_folder, keep_in_store, to_keep
from caselight.store.reports.comparators import comparators_of

HEADER = ("Adult / Juvenile", "Cohort", "Geography", "Category", "Offenders", "Reoffenders")
ROWS = [
    ("Juvenile", "Jul 2016 to Jun 2017", "Hammersmith & Fulham", "UTLA total", 118, 51),
    ("Juvenile", "Jul 2015 to Jun 2016", "Hammersmith & Fulham", "UTLA total", 120, 50),
    ("Juvenile", "Jul 2016 to Jun 2017", "England and Wales", "UTLA total", 30000, 12000),
    ("Adult", "Jul 2016 to Jun 2017", "Hammersmith & Fulham", "UTLA total", 1904, 593),
    ("Juvenile", "Jul 2016 to Jun 2017", "Rutland", "UTLA total", 12, 5),
]


@pytest.fixture
def release(tmp_path: Path) -> Read:
    """The geographical data tool of an invented year."""
    book = Workbook(tmp_path / "geography.xlsx")
    sheet = book.add_worksheet("Data")
    for number, row in enumerate([HEADER, *ROWS]):
        sheet.write_row(number, 0, row)
    book.close()
    return read_published(tmp_path / "geography.xlsx", About(date(2019, 4, 25)))


OWN = Choice(("hammersmith & fulham",), ("Jul 2016 to Jun 2017",), People.CHILDREN)


def test_a_choice_brings_the_year_before_and_the_national_figure(release: Read) -> None:
    kept = to_keep(release, OWN)
    assert [(one.label, one.cell.cohort.first.year, str(one.value)) for one in kept] == [
        ("Hammersmith & Fulham", 2016, "43.2"),
        ("Hammersmith & Fulham", 2015, "41.7"),
        ("the England and Wales average", 2016, "40.0"),
    ]


def test_every_key_is_one_that_a_letter_can_name_and_stands_once(release: Read) -> None:
    keys = [one.key for one in to_keep(release, Choice())]
    assert all(KEY.fullmatch(key) for key in keys)
    assert len(set(keys)) == len(keys) == 4  # not that of twelve entries, which may not be quoted
    assert keys[0] == "rate.hammersmith-and-fulham.2016-07.EW-3M"


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice(("Hammersmith",)), "no area “Hammersmith”"),
        (Choice(("Rutland",)), "No published rate"),
        (replace(OWN, cohorts=("2016-17",)), "no cohort “2016-17”"),
        (replace(OWN, group="Boys"), "No published rate"),
    ],
)
def test_a_choice_of_nothing_says_what_there_is(release: Read, choice: Choice, says: str) -> None:
    with pytest.raises(Faults, match=re.escape(says)):
        to_keep(release, choice)


def test_a_folder_keeps_them_once_and_never_changes_one(tmp_path: Path, release: Read) -> None:
    folder = inspection_folder(tmp_path / "inspection")
    kept = to_keep(release, OWN)
    assert (keep_in_folder(folder, kept), keep_in_folder(folder, kept)) == (3, 0)
    assert len(read_package(folder).comparators) == 3
    before = (folder / "comparators.csv").read_bytes()
    with pytest.raises(Faults, match=r"store\.comparator-differs"):
        keep_in_folder(folder, [replace(kept[0], label="Elsewhere"), comparator()])
    assert (folder / "comparators.csv").read_bytes() == before


def test_a_key_that_the_folder_has_otherwise_is_refused(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "inspection")
    with pytest.raises(Faults, match=r"package\.key-taken"):
        keep_in_folder(folder, [comparator("rate.a")])
    assert not (folder / "comparators.csv").exists()


def test_what_a_folder_keeps_can_be_imported_elsewhere_as_it_is(tmp_path: Path, release: Read) -> None:
    folder = inspection_folder(tmp_path / "inspection")
    kept = to_keep(release, OWN)
    keep_in_folder(folder, kept)
    again = to_keep(read_published(folder / "comparators.csv", About()), Choice())
    assert sorted(again, key=lambda one: one.key) == sorted(kept, key=lambda one: one.key)


@pytest.mark.django_db
def test_the_store_keeps_them_too(release: Read) -> None:
    seeded()
    assert keep_in_store("testshire", to_keep(release, OWN), by="lead", at=AT) == 3
    assert {one.cell.measure for one in comparators_of("testshire")} == {"EW-3M"}
