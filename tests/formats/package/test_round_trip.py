"""What is read is written back: every value, comments, unknown columns and files; whole or not at all."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import minimal
from tests.factories.folders import INSPECTION, TABLES, answers, event, inspection_folder, op

from caselight.formats.files import whole_folder
from caselight.formats.package import reading, writing
from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.writing import write_accepted, write_package
from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.faults import Faults
from caselight.method.inspection.package import Accepted, Identity, Package

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ITEMS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0|"), min_size=1), max_size=3)
QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@st.composite
def any_event(draw: st.DrawFn, number: int = 0) -> AnswerEvent:
    """An event with any text anywhere: what it says may be wrong, and is kept."""
    made = event(
        number,
        value=draw(TEXT),
        note=draw(TEXT),
        reasons=tuple(draw(ITEMS)),
        themes=tuple(draw(ITEMS)),
        device=draw(TEXT),
        resolves_reason=draw(TEXT),
        base_op_ids=tuple(draw(ITEMS)),
        notable=draw(st.booleans()),
        withdrawn=draw(st.booleans()),
    )
    return made._replace(payload_sha256=payload_digest(made))


@QUICK
@given(events=st.lists(any_event(), max_size=3))
def test_any_text_comes_back_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: list[AnswerEvent]
) -> None:
    for room in (reading, writing):  # reading it again for every example would take most of the time
        monkeypatch.setattr(room, "framework_faults", lambda *_, **__: (minimal(), []))
    package = read_package(inspection_folder(tmp_path))
    numbered = [made._replace(op_id=op(number)) for number, made in enumerate(events)]
    numbered = [made._replace(payload_sha256=payload_digest(made)) for made in numbered]
    write_package(replace(package, events=tuple(numbered)), tmp_path)
    again, _ = package_faults(tmp_path)
    assert again is not None
    assert again.events == tuple(numbered)


def test_a_package_written_to_a_new_folder_reads_back_the_same_and_is_the_same_bytes_again(tmp_path: Path) -> None:
    package = read_package(inspection_folder(tmp_path / "a"))
    write_package(package, tmp_path / "b")
    assert read_package(tmp_path / "b") == package
    first = bytes_of(tmp_path / "b")
    write_package(read_package(tmp_path / "b"), tmp_path / "b")
    assert bytes_of(tmp_path / "b") == first
    write_package(package, tmp_path / "c")
    assert bytes_of(tmp_path / "c") == first


def test_the_order_of_rows_does_not_reach_the_bytes(tmp_path: Path) -> None:
    shuffled = {
        name: "\n".join([*text.splitlines()[:1], *text.splitlines()[:0:-1], ""]) for name, text in TABLES.items()
    }
    for name, files in (("a", {}), ("b", shuffled)):
        folder = inspection_folder(tmp_path / name, files)
        write_package(read_package(folder), folder)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_the_order_within_a_package_does_not_reach_the_bytes(tmp_path: Path) -> None:
    package = read_package(inspection_folder(tmp_path / "a"))
    parts = ("subjects", "caseload", "sample", "events", "external")
    write_package(package, tmp_path / "b")
    write_package(replace(package, **{part: getattr(package, part)[::-1] for part in parts}), tmp_path / "c")
    assert bytes_of(tmp_path / "b") == bytes_of(tmp_path / "c")


def test_unknown_columns_and_files_survive(tmp_path: Path) -> None:
    files = {
        "subjects.csv": "colour,subject_kind,subject_key,label,managed_by\nred,case,k1,Case 1,w1\n,worker,w1,W,\n,case,k2,Case 2,\n",
        "notes/minutes.txt": "kept",
        "interviews.csv": "what,who\nread,me\n",
    }
    folder = inspection_folder(tmp_path / "a", files)
    for target in (tmp_path / "a", tmp_path / "b"):
        write_package(read_package(folder), target)
        assert (target / "subjects.csv").read_text().splitlines()[:2] == [
            "subject_kind,subject_key,label,managed_by,colour",
            "case,k1,Case 1,w1,red",
        ]
        assert (target / "interviews.csv").read_text() == files["interviews.csv"]
        assert "2015-12-25,Christmas Day" in (target / "holidays.csv").read_text()
    assert (tmp_path / "a/notes/minutes.txt").read_text() == "kept"
    assert [(f.code, f.severity.value) for f in package_faults(folder)[1]] == [("package.unknown-column", "hint")]


def test_unknown_columns_survive_a_package_that_does_not_know_them(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path)
    package = read_package(folder)
    (folder / "subjects.csv").write_text("subject_kind,subject_key,label,managed_by,colour\ncase,k1,Case 1,w1,red\n")
    write_package(package, folder)
    assert "case,k1,Case 1,w1,red\ncase,k2,Case 2,,\n" in (folder / "subjects.csv").read_text()


def test_what_somebody_wrote_by_hand_is_kept_while_it_says_the_same(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path)
    package = read_package(folder)
    framework = (folder / "framework/framework.yaml").read_bytes()
    write_package(package, folder)
    assert (folder / "inspection.yaml").read_text() == INSPECTION
    assert (folder / "framework/framework.yaml").read_bytes() == framework
    changed = replace(package, inspection=package.inspection.model_copy(update={"title": "no: 012 “x”\n2015-01-01"}))
    write_package(changed, folder)
    assert read_package(folder).inspection == changed.inspection


def test_the_framework_can_be_copied_from_a_folder(tmp_path: Path) -> None:
    source = inspection_folder(tmp_path / "a")
    write_package(read_package(source), tmp_path / "b", framework_from=source / "framework")
    assert (tmp_path / "b/framework/framework.yaml").read_bytes() == (source / "framework/framework.yaml").read_bytes()


def test_names_go_into_the_private_folder_only(tmp_path: Path) -> None:
    package = read_package(inspection_folder(tmp_path))
    write_package(replace(package, identities=(Identity("k1", "Ann Ock", ("Annie", "Nan")),)), tmp_path)
    assert read_package(tmp_path).identities == ()
    assert read_package(tmp_path, private=True).identities[0].nicknames == ("Annie", "Nan")
    assert [name for name, data in bytes_of(tmp_path).items() if b"Ann Ock" in data] == ["private/identities.csv"]


def test_accepting_writes_one_file(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path)
    before = bytes_of(folder)
    claim = Accepted("1.1", "A sentence, with “words”.", ("A1",), ("1 of 2",), "0" * 64, "i1", "2016-01-20")
    write_accepted(folder, replace(read_package(folder), accepted=(claim,)))
    after = bytes_of(folder)
    assert read_package(folder).accepted == (claim,)
    assert {name: data for name, data in after.items() if name != "accepted.csv"} == before


@pytest.mark.parametrize(
    "wrong", [{"note": "a\0b"}, {"note": "\ud800"}, {"themes": ("a|b",)}, {"note": "x" * 1_000_001}]
)
def test_a_value_that_would_not_come_back_is_refused_and_nothing_changes(tmp_path: Path, wrong: dict) -> None:
    package = read_package(inspection_folder(tmp_path))
    before = bytes_of(tmp_path)
    with pytest.raises(Faults, match=r"package\.unwritable-value"):
        write_package(replace(package, events=(event(1, **wrong),)), tmp_path)
    assert bytes_of(tmp_path) == before


def test_a_write_that_fails_half_way_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = inspection_folder(tmp_path / "a")
    package = read_package(folder)
    before = bytes_of(folder)
    synced = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 4:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Faults, match="No space left"):
        write_package(package, folder)
    assert bytes_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_cannot_be_put_in_place_gives_the_former_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/old").write_text("old")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(Faults, match=r"file\.unwritable"), whole_folder(tmp_path / "a") as beside:
        (beside / "new").write_text("new")
    assert bytes_of(tmp_path) == {"a/old": b"old"}


def test_reading_leaves_every_input_as_it_was(tmp_path: Path) -> None:
    def state() -> list[tuple[str, str, int]]:
        return [
            (path.name, hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in sorted(tmp_path.rglob("*"))
            if path.is_file()
        ]

    folder = inspection_folder(tmp_path, {"answers.csv": answers([event(1, value="perhaps")])})
    before = state()
    package_faults(folder, private=True)
    assert state() == before


def test_two_packages_are_equal_by_content(tmp_path: Path) -> None:
    assert isinstance(read_package(inspection_folder(tmp_path)), Package)
    assert read_package(tmp_path) == read_package(tmp_path)
