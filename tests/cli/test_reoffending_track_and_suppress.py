"""``caselight reoffending track`` and ``suppress``: what a service sees of a delivery, and what may be released."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caselight.cli.main import group
from caselight.engines.suppression import suppressing
from caselight.engines.suppression.searching import Choice

HEAD = "person,occasion,offence,offence_date,proven_date,kind\n"
EVENTS = HEAD + "".join(
    [
        "a,a1,1,2022-01-02,2022-02-01,caution\n",
        "a,a2,2,2022-06-02,2022-09-01,court_non_custodial\n",
        "b,b1,1,2022-01-05,2022-03-01,caution\n",
        "b,b2,2,2022-05-05,,charged\n",
        "c,c1,1,2022-02-31,2022-03-01,caution\n",
    ]
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["reoffending", *map(str, arguments)])


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, "utf-8")
    return path


def track(events: Path, *more: object) -> Result:
    return run("track", events, "--from", "2022-01-01", "--to", "2022-03-31", "--delivered", "2022-12-01", *more)


def test_proven_stands_apart_from_charged_and_every_row_is_accounted_for(events: Path) -> None:
    said = json.loads(track(events, "--json").stdout)
    assert (said["rows"], said["kept"], said["set_aside"], said["repeats"]) == (5, 5, 0, 0)
    assert [fault["code"] for fault in said["faults"]] == ["reoffending.event-date"]
    assert (said["together"]["entries"], said["together"]["reoffenders"], said["together"]["charged_only"]) == (3, 1, 1)
    assert (said["together"]["binary"], said["together"]["state"]) == ("[u]", "interim")


def test_a_past_day_is_rebuilt(events: Path) -> None:
    said = json.loads(track(events, "--as-of", "2022-08-31", "--json").stdout)
    assert said["together"]["reoffenders"] == 0


def test_the_table_says_the_concentration_and_a_person_has_a_timeline(events: Path) -> None:
    assert "the first 1: 100.0% of reoffences" in track(events).stdout
    days = track(events, "--person", "b").stdout
    assert "charged, not yet proven" in days
    assert "last day of follow-up" in days


def test_the_gap_to_a_published_figure_has_its_reasons(events: Path) -> None:
    said = json.loads(track(events, "--published", "4,2,5", "--extract", "2024-01-01", "--json").stdout)
    assert [reason["reason"] for reason in said["reasons"]] == ["measure", "censoring", "coverage"]
    assert track(events, "--published", "4,2").exit_code == 2


RELEASE = (
    "period,sex,entries,reoffenders,reoffences\n"
    "Q1,all,120,52,130\nQ1,boys,80,34,90\nQ1,girls,40,18,40\n"
    "Q2,all,110,40,100\nQ2,boys,85,36,92\nQ2,girls,25,4,8\n"
    "H1,all,230,92,230\nH1,boys,165,70,182\nH1,girls,65,22,48\n"
)


def test_a_release_is_written_without_what_shows_a_small_count(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(RELEASE, "utf-8")
    said = json.loads(run("suppress", source, out, "--pooled", "H1=Q1,Q2", "--bounds", "--json").stdout)
    lines = out.read_text("utf-8-sig").splitlines()
    assert said["held_back"]["Q2 / girls: reoffenders"] == "small"
    assert len(said["held_back"]) >= 4
    assert (said["least"], said["gap"]) == (True, 0)
    assert all(one["lowest"] < one["value"] or one["highest"] > one["value"] for one in said["bounds"])
    girls = next(line for line in lines if line.startswith("Q2,girls")).split(",")
    assert girls[3] == "[c]"
    assert girls[5] == "[c]"  # the rate goes with its count


def test_out_of_time_it_is_said_by_how_much_more_may_be_held_back_than_needed(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(RELEASE, "utf-8")
    said = run("suppress", source, out, "--pooled", "H1=Q1,Q2", "--seconds", "0").stdout
    assert "more than the least" in said.replace("\n", " ")
    assert out.exists()


def test_what_the_attack_works_out_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault is planted in the search: it holds back the small numbers alone."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(RELEASE, "utf-8")
    monkeypatch.setattr(suppressing, "search", lambda part, *_: Choice(part.hidden_first, 0, 0))
    failed = run("suppress", source, out, "--pooled", "H1=Q1,Q2")
    assert "reoffending.suppression-unsafe" in str(failed.exception)
    assert not out.exists()


def test_a_release_that_cannot_be_read_or_protected_writes_nothing(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("period,entries,reoffenders\nQ1,forty,2\n", "utf-8")
    failed = run("suppress", source, out)
    assert "reoffending.bad-release" in str(failed.exception)
    assert not out.exists()
