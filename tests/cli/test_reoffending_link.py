"""``caselight reoffending link``: records in, persons out, whole or absent; what is wrong is said by row, never by value."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.engines.linkage.invented import again, person, records
from tests.missing import missing

from caselight.cli.main import group
from caselight.method.reoffending.linking import Record
from caselight.method.reoffending.weighing import BEGINNING, Purpose

HEAD = ("record_id", "forename", "surname", "born", "sex", "postcode", "local_id")
ON = ("--on", "2024-05-01")


@pytest.fixture
def _splink() -> None:
    """Without Splink a test is skipped on a laptop and fails in continuous integration."""
    if find_spec("splink") is None:
        missing("Splink is not installed (requirements.spark.lock), so nothing was linked with it.")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model that was kept: our own beginning."""
    path = tmp_path / "model.json"
    path.write_text(BEGINNING[Purpose.RECORDS].as_json(), "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["reoffending", "link", *map(str, arguments)])


def told(found: Result) -> str:
    """Everything that was said, with the refusal."""
    return f"{found.output}\n{found.exception or ''}"


def written(path: Path, given: list[Record]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        rows.writerows([r.id, r.forename, r.surname, r.born or "", r.sex, r.postcode, r.local_id] for r in given)
    return path


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("_splink")
def test_records_are_linked_at_two_thresholds_and_the_effect_on_the_rates_is_shown(tmp_path: Path) -> None:
    given = records(300)
    source, out, kept = written(tmp_path / "records.csv", given), tmp_path / "out.csv", tmp_path / "model.json"
    events = tmp_path / "events.csv"
    lines = [
        f"{r.id},{r.id},1,2013-0{month}-02,2013-0{month}-20,caution"
        for r in given
        for month in [3 if r.id[0] == "s" else 1]
    ]
    events.write_text("person,occasion,offence,offence_date,proven_date,kind\n" + "\n".join(lines), "utf-8")
    asked = (
        "--upper",
        "0.9999",
        "--events",
        events,
        "--from",
        "2013-01-01",
        "--to",
        "2013-12-31",
        "--as-of",
        "2016-01-01",
    )
    found = run(source, out, *ON, "--keep-model", kept, "--undecided", tmp_path / "grey.csv", *asked, "--json")
    assert found.exit_code == 0, found.output
    said = json.loads(found.stdout)
    assert 300 <= said["persons_lower"] < said["persons_upper"] < 340
    by = {row["number"]: row for row in said["effect"]}
    assert by["persons"]["upper"] == said["persons_upper"]
    assert by["entries"]["difference"] == said["persons_lower"] - said["persons_upper"]
    assert by["reoffenders"]["difference"] == -by["entries"]["difference"]
    assert float(by["binary"]["difference"]) > 1
    rows = cells(out)
    assert [row["threshold"] for row in rows] == ["0.9999"] * 400 + ["0.5"] * 400
    assert {(row["model"], row["linked_on"]) for row in rows} == {(said["model"], "2024-05-01")}
    assert {row["why"] for row in cells(tmp_path / "grey.csv")} == {"between the thresholds"}

    words = run(source, tmp_path / "again.csv", *ON, "--model", kept, *asked)
    assert "Linkage moves the binary rate by" in words.stdout
    assert (tmp_path / "again.csv").read_bytes() == out.read_bytes()


@pytest.mark.usefixtures("_splink")
def test_a_history_in_another_file_is_found(tmp_path: Path) -> None:
    children = [replace(person(n), local_id="") for n in range(150)]
    source = written(tmp_path / "children.csv", children)
    care = written(tmp_path / "care.csv", [again(child, n) for n, child in enumerate(children) if n % 2])
    found = run(source, tmp_path / "out.csv", "--history", care, *ON, "--json")
    said = json.loads(found.stdout)
    assert (said["records"], said["joined"] > 50) == (75, True)
    assert all(row["record"][1:] == row["person"][1:] for row in cells(tmp_path / "out.csv"))
    twice = run(source, tmp_path / "no.csv", "--history", source)
    assert "reoffending.record-repeated" in told(twice)
    assert not (tmp_path / "no.csv").exists()


def test_new_records_stand_beside_known_ones_which_stay_as_they_were(tmp_path: Path, model: Path) -> None:
    known = [person(n) for n in range(20)]
    former = tmp_path / "former.csv"
    lines = [f"{one.id},p{n},old,0.95,2023-01-01" for n, one in enumerate(known)]
    former.write_text("record,person,model,threshold,linked_on\n" + "\n".join(lines), "utf-8")
    twin = replace(known[4], id="twin", local_id="", postcode="", forename="zed")
    new = [replace(known[3], id="same"), replace(person(900), id="else"), twin]
    source = written(tmp_path / "records.csv", [*known, *new])
    found = run(
        source, tmp_path / "out.csv", "--known", former, "--model", model, *ON, "--undecided", tmp_path / "g.csv"
    )
    assert found.exit_code == 0, found.output
    assert "3 new records: 1 joined a known person, 1 new persons begin; a person must decide about 1" in found.stdout
    rows = {row["record"]: row for row in cells(tmp_path / "out.csv")}
    assert all(rows[one.id] == dict(zip(rows[one.id], line.split(","), strict=True)) for one, line in zip(known, lines, strict=True))  # fmt: skip
    assert (rows["same"]["person"], rows["else"]["person"], "twin" in rows) == ("p3", "else", False)
    (waits,) = cells(tmp_path / "g.csv")
    assert (waits["record"], waits["why"], waits["persons"]) == ("twin", "between the thresholds", "p4")


def test_known_records_that_are_not_given_are_said(tmp_path: Path, model: Path) -> None:
    former = tmp_path / "former.csv"
    former.write_text("record,person,model,threshold,linked_on\na,p,old,0.95,2023-01-01\n", "utf-8")
    found = run(written(tmp_path / "r.csv", [person(1)]), tmp_path / "out.csv", "--known", former, "--model", model)
    assert found.exit_code == 0
    assert "reoffending.known-missing" in told(found)
    assert "Of the known records, 1 " in told(found)
    assert [row["person"] for row in cells(tmp_path / "out.csv")] == ["p", person(1).id]


def test_faults_name_rows_and_never_what_stands_in_them(tmp_path: Path, model: Path) -> None:
    secret = replace(person(1), forename="Hidden", surname="Namely", local_id="9988776")
    source = written(tmp_path / "records.csv", [secret, secret, replace(secret, id="")])
    with source.open("a", encoding="utf-8") as file:
        file.write("x,Hidden,Namely,2003-02-31,f,W1 1AA,9988776\n")
    found = run(source, tmp_path / "out.csv", "--model", model)
    assert found.exit_code == 1
    for said in (
        "records.csv:3",
        "record-repeated",
        "records.csv:4",
        "record-nameless",
        "records.csv:5",
        "record-date",
    ):
        assert said in told(found)
    for value in ("Hidden", "Namely", "9988776", "02-31", secret.id):
        assert value not in told(found)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("head", "row", "code"),
    [
        ("record,person,model,threshold", "a,b,m,0.95", "no-column"),
        ("record,person,model,threshold,linked_on", "a,b,m,0.5,2023-01-01", "bad-linked"),
        ("record,person,model,threshold,linked_on", "a,b,m,x,2023-01-01", "bad-linked"),
        ("record,person,model,threshold,linked_on", "a,,m,0.95,2023-01-01", "bad-linked"),
        ("record,person,model,threshold,linked_on", 'a,"b', "bad-csv"),
    ],
)
def test_what_is_no_former_result_is_refused(tmp_path: Path, model: Path, head: str, row: str, code: str) -> None:
    former = tmp_path / "former.csv"
    former.write_text(f"{head}\n{row}", "utf-8")
    source = written(tmp_path / "records.csv", [person(1)])
    found = run(source, tmp_path / "out.csv", "--known", former, "--model", model)
    assert f"reoffending.{code}" in told(found)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--lower", "0.9", "--upper", "0.8"), "reoffending.bad-thresholds"),
        (("--events", "{source}"), "needs --from, --to and --as-of"),
        (("--events", "{source}", "--history", "{source}"), "leave out --known and --history"),
        (("--model", "{source}"), "reoffending.bad-model"),
    ],
)
def test_what_cannot_be_asked_is_said(tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    source = written(tmp_path / "records.csv", [person(1)])
    found = run(source, tmp_path / "out.csv", *(word.format(source=source) for word in more))
    assert found.exit_code != 0
    assert says in told(found)
    assert not (tmp_path / "out.csv").exists()


def test_without_splink_the_command_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caselight.engines.reoffending.packages.find_spec", lambda name: None)
    found = run(written(tmp_path / "records.csv", records(100)), tmp_path / "out.csv")
    assert "reoffending.extra-missing" in told(found)
    assert 'pip install "caselight[linkage]"' in told(found)
    assert not (tmp_path / "out.csv").exists()
