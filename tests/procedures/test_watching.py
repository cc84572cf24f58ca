"""A watched folder is checked again when something in it was saved, and only what changed is said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from caselight.procedures import watching
from caselight.procedures.beginning_framework import new_framework
from caselight.procedures.watching import Change, watch


class Ended(Exception):  # noqa: N818 - it is no error
    """The test has done all that it wanted to do to the folder."""


@pytest.fixture
def folder(tmp_path):
    new_framework(tmp_path / "ours", "Ours", ())
    return tmp_path / "ours"


def watched(folder: Path, *saves: Callable[[], object]) -> list[Change]:
    """What a watch says while these things are done to a folder, one at a turn."""
    turns = iter(saves)

    def wait() -> None:
        save = next(turns, None)
        if save is None:
            raise Ended
        save()

    changes = []
    with suppress(Ended):
        changes.extend(watch(folder, wait))
    return changes


def nothing() -> None:
    """A turn in which nothing is saved."""


def edit(file: Path, old: str, new: str) -> Callable[[], None]:
    def save() -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        later = file.stat().st_mtime_ns + 1_000_000
        os.utime(file, ns=(later, later))

    return save


def codes(faults):
    return [fault.code for fault in faults]


def test_fault_comes_with_the_save_that_makes_it_and_goes_with_the_one_that_mends_it(folder):
    theme = folder / "themes" / "1-assessment-and-plan.yaml"
    wrong, right = edit(theme, "is: yes}", "is: maybe}"), edit(theme, "is: maybe}", "is: yes}")
    first, broken, mended = watched(folder, wrong, nothing, nothing, right, nothing, nothing)
    assert (first.came, first.went, first.checked.faults) == ((), (), ())
    assert (codes(broken.came), broken.went) == (codes(mended.went), ())
    assert len(broken.came) == 1
    assert (mended.came, mended.checked.faults) == ((), ())


def test_save_that_changes_no_fault_says_nothing(folder):
    assert len(watched(folder, edit(folder / "framework.yaml", "6", "7"), nothing, nothing)) == 1


def test_fault_that_only_moved_to_another_line_is_not_said_again(folder):
    theme = folder / "themes" / "1-assessment-and-plan.yaml"
    edit(theme, "reasons: usual", "reasons: unusual")()
    moved = edit(theme, "themes:", "# a line more\nthemes:")
    (first,) = watched(folder, moved, nothing, nothing)
    assert len(first.came) == 1


def test_nothing_is_checked_while_files_are_still_being_written(folder, monkeypatch):
    checked = []
    real = watching.check_folder
    monkeypatch.setattr(watching, "check_folder", lambda folder: checked.append(1) or real(folder))
    theme = folder / "themes" / "1-assessment-and-plan.yaml"
    halves = [edit(theme, "is: yes}", "is: y"), edit(theme, "is: y", "is: yes}")]
    watched(folder, *halves, nothing, nothing)
    assert len(checked) == 2


@pytest.mark.parametrize("idle", [1, 50])
def test_folder_in_which_nothing_happens_is_checked_once(idle, folder, monkeypatch):
    checked = []
    real = watching.check_folder
    monkeypatch.setattr(watching, "check_folder", lambda folder: checked.append(1) or real(folder))
    watched(folder, *[nothing] * idle)
    assert len(checked) == 1


def test_part_that_is_shared_with_the_pack_beside_it_is_watched_too(folder):
    shared = folder.parent / "english" / "wording.yaml"
    shared.parent.mkdir()
    shutil.move(folder / "wording.yaml", shared)
    edit(folder / "framework.yaml", "- wording.yaml", "- ../english/wording.yaml")()
    first, broken = watched(folder, edit(shared, "  en:", "  fr:"), nothing, nothing)
    assert first.came == ()
    assert "framework.missing-language" in codes(broken.came)


def test_folder_that_goes_away_and_comes_back_is_only_a_fault(folder):
    kept = folder.parent / "kept"
    away = lambda: shutil.move(folder, kept)  # noqa: E731
    back = lambda: shutil.move(kept, folder)  # noqa: E731
    _, gone, again = watched(folder, away, nothing, nothing, back, nothing, nothing)
    assert codes(gone.came)
    assert again.checked.faults == ()


def test_hidden_files_of_an_editor_are_no_save(folder):
    assert len(watched(folder, lambda: (folder / ".framework.yaml.swp").write_text("x", "utf-8"), nothing)) == 1
