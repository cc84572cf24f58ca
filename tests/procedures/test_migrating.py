"""An inspection moved to another framework: what is taken over, what is not and why, and that nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caselight.formats.files import read_bytes
from caselight.formats.framework_yaml import copy_framework
from caselight.formats.package.reading import package_faults, read_package
from caselight.method.analysis.figures import figures
from caselight.method.faults import Faults, Severity
from caselight.method.inspection.migration import WHY
from caselight.procedures.accepting import accept_claims
from caselight.procedures.migrating import By, migrate

HERE = Path(__file__).parents[2]
BY = By("lead", "2016-01-22", "The question on oversight was split.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(HERE / "examples" / "west-london", tmp_path / "inspection")


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The SQS pack, one version on: another question takes the place of P9."""
    pack = tmp_path / "pack"
    copy_framework(HERE / "packs" / "sqs", pack)
    change(pack / "framework.yaml", 'version: "1.0"', 'version: "1.1"')
    change(pack / "framework.yaml", "{outcome: P9, is", "{outcome: P10, is")
    change(
        pack / "themes" / "2-protecting-the-public.yaml",
        "      - id: P9\n",
        "      - id: P10\n        replaces: [P9]\n",
    )
    return pack


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def counted(folder: Path) -> dict[str, tuple[int, int]]:
    found = figures(read_package(folder))
    return {key: (f.sufficient, f.relevant) for key, f in found.items() if f.kind in ("share", "people", "count")}


def test_answers_are_taken_over_and_figures_stay(folder: Path, newer: Path) -> None:
    before, old = counted(folder), read_package(folder)
    found = migrate(folder, str(newer), BY)
    after, new = counted(folder), read_package(folder)
    assert {key: after[key] for key in before if key != "P9"} == {k: v for k, v in before.items() if k != "P9"}
    assert after["P10"] == (0, 0)
    assert set(old.events) < set(new.events)
    assert len(new.events) == len(old.events) + len(found.taken)
    authors = {event.op_id: event.actor for event in new.events}
    assert {authors[row.op_id] == authors[row.migrated_from] for row in new.migrated} == {True}


def test_what_is_not_taken_over_is_listed_with_its_reason(folder: Path, newer: Path) -> None:
    left = migrate(folder, str(newer), BY, only_try=True).left
    assert {(one.event.question_id, one.why, one.about) for one in left} == {("P9", "replaced", "P10")}
    assert {one.why for one in left} <= set(WHY)


def test_trying_writes_nothing(folder: Path, newer: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    migrate(folder, str(newer), BY, only_try=True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_framework_of_before_and_who_moved_it_are_kept(folder: Path, newer: Path) -> None:
    main = read_bytes(folder / "framework" / "framework.yaml", "framework.yaml")
    migrate(folder, str(newer), BY)
    assert (folder / "former" / "sqs-1.0" / "framework.yaml").read_bytes() == main
    (said,) = read_package(folder).inspection.migrations
    assert (said.id, said.version, said.by, said.reason) == ("sqs", "1.0", "lead", BY.reason)
    assert read_package(folder).inspection.framework.version == "1.1"


def test_the_moved_folder_has_no_error_and_its_claims_are_void(folder: Path, newer: Path) -> None:
    migrate(folder, str(newer), BY)
    package, faults = package_faults(folder)
    assert package is not None
    assert [fault for fault in faults if fault.severity is Severity.ERROR] == []
    with pytest.raises(Faults) as refusal:
        accept_claims(folder, "lead", "2016-01-23")
    stale = sum(fault.code == "letter.stale" for fault in refusal.value)
    assert stale > len(package.accepted) * 3 / 4  # but for those that print no figure, and those of the one that went
    assert "letter.unknown-figure" in {fault.code for fault in refusal.value}


def test_a_second_migration_is_no_different_from_the_first(folder: Path, newer: Path, tmp_path: Path) -> None:
    again = shutil.copytree(folder, tmp_path / "again")
    migrate(folder, str(newer), BY)
    migrate(again, str(newer), BY)
    assert (folder / "answers.csv").read_bytes() == (again / "answers.csv").read_bytes()


@pytest.mark.parametrize(
    ("by", "pack", "codes"),
    [
        (By("nobody", "2016-01-22", "why"), "newer", {"migrate.not-of-the-team"}),
        (By("lead", "2016-02-30", " "), "newer", {"migrate.day", "migrate.no-reason"}),
        (BY, "packs/sqs", {"migrate.same-framework"}),
        (BY, "packs/youth-2018-25", {"migrate.same-version"}),
    ],
)
def test_what_cannot_be_is_refused_whole(folder: Path, newer: Path, by: By, pack: str, codes: set[str]) -> None:
    before = (folder / "answers.csv").read_bytes()
    with pytest.raises(Faults) as refusal:
        migrate(folder, str(newer if pack == "newer" else HERE / pack), by)
    assert {fault.code for fault in refusal.value} == codes
    assert (folder / "answers.csv").read_bytes() == before
    assert not (folder / "former").exists()
