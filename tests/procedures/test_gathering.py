"""The files of the pages are gathered once a version, whole or not at all, and no script imports one that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import override_settings

from caselight.method.faults import Faults
from caselight.procedures.serving import gathering

HASHED = {**settings.STORAGES, "staticfiles": {"BACKEND": "caselight.config.static_files.Hashed"}}


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    with override_settings(STATIC_ROOT=tmp_path / "data" / "static", STORAGES=HASHED, STATIC_URL="/static/"):
        yield tmp_path / "data" / "static"


def test_files_are_gathered_once_named_by_what_they_hold_and_compressed(root: Path) -> None:
    assert gathering.gather()
    style = json.loads((root / "staticfiles.json").read_text("utf-8"))["paths"]["built/main.css"]
    assert re.fullmatch(r"built/main\.[0-9a-f]{12}\.css", style)
    assert (root / f"{style}.br").stat().st_size < (root / style).stat().st_size / 4
    assert (root / f"{style}.gz").is_file()
    before = (root / style).stat().st_mtime_ns
    assert not gathering.gather()
    assert (root / style).stat().st_mtime_ns == before
    assert [path.name for path in root.parent.iterdir()] == ["static"], "nothing half-made is left"


def test_scripts_import_files_by_their_new_names(root: Path) -> None:
    gathering.gather()
    imports = 0
    for script in root.rglob("*.js"):
        for name in re.findall(r"""^import [^"']*["'](\.[^"']+)["']""", script.read_text("utf-8"), re.MULTILINE):
            assert re.search(r"\.[0-9a-f]{12}\.js$", name), (script.name, name)
            assert (script.parent / name).resolve().is_file(), (script.name, name)
            imports += 1
    assert imports >= 5


def test_what_changed_is_gathered_again(root: Path) -> None:
    gathering.gather()
    (root / gathering.STAMP).write_text("of an older version")
    (root / "left-over.txt").write_text("x")
    assert gathering.gather()
    assert not (root / "left-over.txt").exists()


def test_a_file_that_cannot_be_made_ready_leaves_what_was_there(root: Path) -> None:
    gathering.gather()
    (root / gathering.STAMP).write_text("of an older version")
    with patch.object(gathering, "STAMP", "no/such/folder"), pytest.raises(Faults, match="no-static-files"):
        gathering.gather()
    assert (root / "staticfiles.json").is_file()
    assert [path.name for path in root.parent.iterdir()] == ["static"]


def test_where_files_are_served_from_where_they_are_nothing_is_gathered(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path / "static"):
        assert not gathering.gather()
    assert not (tmp_path / "static").exists()
