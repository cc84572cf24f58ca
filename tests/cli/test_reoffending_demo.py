"""``caselight reoffending demo``: everything once through, whole or not at all."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.missing import missing

from caselight.cli.main import group
from caselight.method.faults import Faults
from caselight.procedures.reoffending import demonstrating, demonstrating_people
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
    merged, looked = made["two_ids"]
    assert "came under two ids" in merged
    assert (folder / "two-ids.txt").read_text("utf-8") == f"{merged}\n{looked}\n"
    assert "linkage found" in looked or "obody looked for them" in looked


def test_two_ids_of_one_person_are_merged_and_move_the_rate(tmp_path: Path) -> None:
    made = demonstrate(tmp_path / "demo", people=60_000)
    two = made.two_ids
    assert two.ids > 400
    assert two.merged == made.national
    assert two.apart.reoffences < two.merged.reoffences  # an offence under another id is nobody's reoffence
    assert two.apart.reoffenders / two.apart.entries < two.merged.reoffenders / two.merged.entries
    ids = {
        line.split(",")[0] for line in (tmp_path / "demo" / "service-children.csv").read_text("utf-8-sig").splitlines()
    }
    second = {str(row["person"]) for row in pq.read_table(tmp_path / "demo" / "two-ids.parquet").to_pylist()}
    assert not ids & second


def test_without_splink_it_is_said_that_nobody_looked_for_them_in_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstrating_people, "find_spec", lambda _: None)
    made = demonstrate(tmp_path / "demo", people=5_000)
    assert made.two_ids.looked.startswith("Splink is not installed")
    assert not (tmp_path / "demo" / "linked.csv").exists()


def test_linkage_finds_second_ids_in_invented_records_and_shows_the_rate_at_both_thresholds(tmp_path: Path) -> None:
    if find_spec("splink") is None:
        missing("Splink is not installed (requirements.spark.lock), so nothing was linked with it.")
    made = demonstrate(tmp_path / "demo", people=150_000)
    said = json.loads((tmp_path / "demo" / "linkage.json").read_text("utf-8"))
    assert said["found"] > said["second_ids"] / 2 > 5
    assert said["wrongly_linked"] <= said["records"] / 500
    assert "at the upper threshold" in made.two_ids.looked


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
