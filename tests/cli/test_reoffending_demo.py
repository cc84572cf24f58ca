"""``caselight reoffending demo``: everything once through, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from caselight.cli.main import group
from caselight.method.faults import Faults
from caselight.procedures.reoffending import demonstrating
from caselight.procedures.reoffending.demonstrating import demonstrate


def test_the_demonstration_makes_every_file(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    said = CliRunner().invoke(group, ["reoffending", "demo", str(folder), "--people", "30000", "--json"])
    assert said.exit_code == 0, said.output
    made = json.loads(said.stdout)
    names = {path.name for path in folder.iterdir()}
    assert {"events.parquet", "charges.parquet", "tracker.json", "service-for-release.csv", "trend.svg", "funnel.svg",
            "time.svg", "concentration.svg", "what-was-left-out.txt"} <= names  # fmt: skip
    assert 100_000 < made["rows"] < 250_000
    shown = (folder / "service-for-release.csv").read_text("utf-8-sig")
    assert ("[c]" in shown) == (made["held_back"] > 0)


def test_a_run_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demonstrating, "_drawn", broken)
    with pytest.raises(KeyboardInterrupt):
        demonstrate(tmp_path / "demo", people=2_000)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(Faults, match=r"reoffending\.folder-taken"):
        demonstrate(tmp_path)
