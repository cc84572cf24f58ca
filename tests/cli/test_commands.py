"""The command line: what each command says, its exit status, its JSON, and that no traceback reaches a user."""

from __future__ import annotations

import json
import shutil
import sys

import click
import pytest
from tests.factories.inspections import made

from caselight.cli.main import COMMANDS, group, main


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command line and give its exit status, what it printed and what it complained about."""

    def _run(*args):
        monkeypatch.setattr(sys, "argv", ["caselight", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return int(ended.value.code or 0), printed.out, printed.err

    return _run


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return made(tmp_path_factory.mktemp("cli") / "inspection", accepted=True)


@pytest.fixture
def inspection(finished, tmp_path):
    """A copy that a test may spoil."""
    return shutil.copytree(finished, tmp_path / "inspection")


def leaves(path=(), command=None):
    """Every command that does something, as it is typed: a group's own commands stand for the group."""
    command = command or group
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    return [
        leaf
        for name in command.list_commands(context)
        for leaf in leaves((*path, name), command.get_command(context, name))
    ]


@pytest.mark.parametrize("command", leaves(), ids=" ".join)
def test_every_command_has_help_and_json(run, command):
    status, out, _ = run(*command, "--help")
    assert status == 0
    assert "--json" in out


def test_every_command_is_listed_with_what_it_does(run):
    status, out, _ = run("--help")
    assert status == 0
    assert all(f"  {name} " in out for name in COMMANDS)


def test_check_of_a_good_inspection_finds_nothing_that_stops_it(run, finished):
    status, out, err = run("check", finished)
    assert (status, err) == (0, "")
    assert out == "Inspection: nothing is wrong.\n"


def test_check_of_a_framework_says_every_fault_with_its_place(run, inspection):
    theme = inspection / "framework" / "themes" / "1-work.yaml"
    theme.write_text(theme.read_text("utf-8").replace("scale: sufficiency", "scale: sufficient"), "utf-8")
    status, _, err = run("check", inspection / "framework")
    assert status == 1
    assert err.count("error framework.") >= 3
    assert "1-work.yaml:" in err


def test_check_as_json_is_one_document(run, inspection):
    (inspection / "answers.csv").write_bytes(b"op_id,tool\n\xff,x\n")
    status, out, _ = run("check", inspection, "--json")
    found = json.loads(out)
    assert status == 1
    assert found["ok"] is False
    assert {"code", "severity", "says", "cure", "file", "line", "column", "where"} <= found["faults"][0].keys()


def test_tally_prints_n_of_d(run, finished):
    status, out, _ = run("tally", finished)
    assert status == 0
    (row,) = [line for line in out.splitlines() if line.startswith("W2 ")]
    assert row.split()[2:7] == ["4", "4", "2", "0", "0"]


def test_tally_of_a_theme(run, finished):
    found = json.loads(run("tally", finished, "--theme", "M", "--json")[1])["figures"]
    assert {figure["theme"] for figure in found} == {"M"}


def test_tally_of_an_unknown_theme_suggests_one(run, finished):
    status, _, err = run("tally", finished, "--theme", "m")
    assert status == 1
    assert "figure.unknown-theme" in err
    assert "Did you mean M?" in err


def test_tally_as_json(run, finished):
    found = {figure["key"]: figure for figure in json.loads(run("tally", finished, "--json")[1])["figures"]}
    assert (found["W1"]["sufficient"], found["W1"]["relevant"]) == (5, 6)
    assert found["W1"]["interval"] == json.loads(run("explain", finished, "W1", "--json")[1])["interval"]


def test_explain_says_why_a_case_is_not_relevant(run, finished):
    status, out, _ = run("explain", finished, "W2")
    assert status == 0
    assert "c5, c6  because no review was due" in out


def test_explain_of_an_unknown_figure_suggests_one(run, finished):
    status, _, err = run("explain", finished, "W22")
    assert status == 1
    assert "figure.unknown" in err
    assert "Did you mean W2" in err


def test_seal_pack_and_unpack_go_round(run, inspection, tmp_path):
    archive, back = tmp_path / "inspection.zip", tmp_path / "back"
    assert run("seal", inspection)[0] == 0
    assert run("pack", inspection, archive)[0] == 0
    assert run("unpack", archive, back)[0] == 0
    assert run("tally", back, "--json")[1] == run("tally", inspection, "--json")[1]
    assert not (back / "private").exists()


def test_pack_names_the_zip_after_the_whole_name_of_the_folder(run, inspection, tmp_path):
    folder = inspection.rename(tmp_path / "west.london")
    assert run("pack", folder)[0] == 0
    assert (tmp_path / "west.london.zip").exists()


@pytest.mark.parametrize("command", ["seal", "pack"])
def test_folder_that_is_no_inspection_is_neither_sealed_nor_packed(command, run, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    status, _, err = run(command, tmp_path / "photos")
    assert status == 1
    assert "package.not-an-inspection" in err
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["photos", "a.jpg"]


def test_check_of_a_zip_looks_inside(run, inspection, tmp_path):
    run("pack", inspection, tmp_path / "i.zip")
    status, out, _ = run("check", tmp_path / "i.zip")
    assert (status, out.split(":")[0]) == (0, "Inspection zip")


def test_unpack_over_something_is_refused(run, inspection, tmp_path):
    run("pack", inspection, tmp_path / "i.zip")
    assert run("unpack", tmp_path / "i.zip", inspection)[0] == 1


def test_link_is_not_packed_along(run, inspection, tmp_path):
    (tmp_path / "elsewhere.csv").write_text("secret", "utf-8")
    (inspection / "more.csv").symlink_to(tmp_path / "elsewhere.csv")
    status, _, err = run("pack", inspection, tmp_path / "i.zip")
    assert status == 1
    assert "more.csv: error package.link" in err
    assert not (tmp_path / "i.zip").exists()


def test_check_looks_at_no_letter_before_there_are_answers(run, inspection):
    for name in ("answers.csv", "accepted.csv"):
        head = (inspection / name).read_text("utf-8").splitlines(keepends=True)[0]
        (inspection / name).write_text(head, "utf-8")
    (inspection / "letter.md").write_text("{W1: of", "utf-8")
    codes = {fault["code"] for fault in json.loads(run("check", inspection, "--json")[1])["faults"]}
    assert "letter.not-yet" in codes
    assert "letter.notation" not in codes


def test_accept_needs_somebody_of_the_team_and_a_day(run, inspection):
    status, _, err = run("accept", inspection, "--by", "nobody", "--on", "2016-13-45")
    assert status == 1
    assert "accept.not-of-the-team" in err
    assert "accept.day" in err


@pytest.mark.parametrize("day", ["2016-W03-3", "20160120", "2016-1-20", "2016-02-30", "2016-01-20T10:00:00Z"])
def test_day_of_acceptance_is_year_month_day(day, run, inspection):
    status, _, err = run("accept", inspection, "--by", "lead", "--on", day)
    assert status == 1
    assert "accept.day" in err


def test_claim_that_is_not_in_the_letter_is_refused_and_nothing_is_accepted(run, inspection):
    before = (inspection / "accepted.csv").read_bytes()
    status, _, err = run("accept", inspection, "--by", "lead", "--on", "2026-02-02", "--claim", "W-W1-off")
    assert status == 1
    assert "accept.unknown-claim" in err
    assert "Did you mean W-W1-of" in err
    assert (inspection / "accepted.csv").read_bytes() == before


def test_letter_refuses_to_publish_and_says_why(run, inspection, tmp_path):
    (inspection / "accepted.csv").write_text(
        (inspection / "accepted.csv").read_text("utf-8").splitlines(keepends=True)[0], "utf-8")  # fmt: skip
    status, _, err = run("letter", inspection, "--out", tmp_path / "out", "--publish")
    assert status == 1
    assert "letter.not-accepted" in err
    assert (tmp_path / "out" / "working" / "letter.pdf").exists()
    assert not (tmp_path / "out" / "open").exists()


def test_letter_in_a_language_that_has_none_is_refused(run, inspection, tmp_path):
    status, _, err = run("letter", inspection, "--out", tmp_path / "out", "--language", "fr")
    assert status == 1
    assert "letter.missing" in err


def test_new_inspection_with_an_unknown_framework_is_refused(run, tmp_path):
    status, _, err = run("new", "inspection", tmp_path / "x", "--framework", "sqqs")
    assert status == 1
    assert "Did you mean sqs?" in err
    assert not (tmp_path / "x").exists()


def test_new_inspection_never_overwrites(run, inspection):
    status, _, err = run("new", "inspection", inspection, "--framework", "sqs")
    assert status == 1
    assert "new.folder-exists" in err


def test_schema_validates_what_it_describes(run):
    status, out, _ = run("schema")
    assert status == 0
    assert json.loads(out)["$schema"].endswith("2020-12/schema")


def test_wrong_usage_is_status_two(run, inspection):
    assert run("tally")[0] == 2
    assert run("nothing")[0] == 2
    assert run("sample", inspection, "--remove", "c1")[0] == 2
    assert run("sample", inspection, "--remove", "c1", "--reason", "x", "--verify")[0] == 2
    assert run("letter", inspection, "--publish", "--language", "en")[0] == 2


def test_broken_file_system_is_said_in_a_sentence(run, monkeypatch, finished):
    def broken(*_given):
        raise OSError(28, "No space left on device", "answers.csv")

    monkeypatch.setattr("caselight.procedures.counting.tallied", broken)
    status, _, err = run("tally", finished)
    assert status == 1
    assert err.startswith("answers.csv could not be used: No space left on device.")


def test_fault_of_our_own_is_said_in_a_sentence(run, monkeypatch, finished):
    def broken(*_given):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("caselight.procedures.counting.tallied", broken)
    status, _, err = run("tally", finished)
    assert status == 1
    assert "failed in a way it should not" in err


def test_pack_never_writes_over_what_is_no_zip_nor_into_its_own_folder(run, inspection, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    for target in (tmp_path / "thesis.txt", inspection / "answers.csv", inspection / "new.zip"):
        before = target.read_bytes() if target.exists() else None
        status, _, err = run("pack", inspection, target)
        assert (status, "zip.target" in err) == (1, True)
        assert (target.read_bytes() if target.exists() else None) == before
