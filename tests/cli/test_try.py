"""``caselight try`` as a person and as a pipe use it: what is asked, what is said, and the sheet at the end."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.cli.main import main
from caselight.procedures.beginning_framework import new_framework

ROOT = Path(__file__).parents[2]
BILINGUAL = ROOT / "tests" / "specimens" / "bilingual"
CRIMES = ROOT / "tests" / "specimens" / "crime-files"


@pytest.fixture
def ours(tmp_path):
    new_framework(tmp_path / "ours", "Ours", ())
    return tmp_path / "ours"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run ``try`` with these lines typed; gives the exit status, what was printed, and what was complained about."""

    def _run(*args, typed=""):
        monkeypatch.setattr(sys, "argv", ["caselight", "try", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return int(ended.value.code or 0), printed.out, printed.err

    return _run


def sheet(out):
    return {line["question"]: line for line in json.loads(out)["sheet"]}


def test_whole_case_is_filled_in_and_its_sheet_printed(run, ours):
    status, out, _ = run(ours, typed="no\n1\n\nyes\nno\nlate\n")
    assert status == 0
    assert "Not asked: A3, because no report was prepared." in out
    assert "A2        review of the assessment  answered      No (not sufficient)  Done too late to help" in out
    assert out.endswith("3 answered, 1 not relevant.\n")


def test_question_mark_shows_the_guidance_and_asks_again(run, ours):
    _, out, _ = run(ours, "--facts", "report=no", typed="?\nquit\n")
    assert "Good enough for the needs" in out
    assert "  - Does it say what happened, and why?" in out
    assert out.count("Is the assessment good enough?") == 2


def test_back_takes_the_last_answer_away(run, ours):
    _, out, _ = run(ours, "--json", typed="yes\n1\n\nback\nno\nlate\nquit\n")
    assert (sheet(out)["A1"]["shown"], sheet(out)["A1"]["why"]) == ("No (not sufficient)", ["Done too late to help"])


@pytest.mark.parametrize("typed", ["", "quit\n", "yes\nquit\n"])
def test_the_end_of_what_is_typed_is_the_end(typed, run, ours):
    status, out, _ = run(ours, typed=typed)
    assert status == 0
    assert "not yet answered" in out.splitlines()[-1]


def test_what_is_no_answer_is_said_and_asked_again(run, ours):
    _, out, _ = run(ours, "--facts", "report=no", typed="perhaps\nyes\n")
    assert "“perhaps” is not an answer to A1." in out
    assert out.count("Is the assessment good enough?") == 2


def test_a_check_across_questions_is_said_with_its_cure(run, ours):
    _, out, _ = run(ours, typed="no\nno\nlate\nyes\nyes\n\n")
    assert "warning plan-without-assessment: " in out


def test_in_another_language(run):
    _, out, _ = run(BILINGUAL, "--language", "cy", "--facts", "report=no", typed="1\n")
    assert "[CY] A yw'r asesiad yn ddigon da?" in out
    assert "because [CY] nid oedd adroddiad" not in out  # what stands after the next question is not said yet


def test_for_a_program_only_the_sheet_is_on_the_output(run, ours):
    _, out, err = run(ours, "--json", typed="no\nyes\n\nno\n")
    assert json.loads(out)["complete"] is True
    assert "Is the assessment good enough?" in err


def test_answers_from_a_file(run, ours, tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(
        "facts: {report: yes}\nanswers:\n  A1: {value: no, reasons: [other], note: Nobody read it.}\n  A2.due: no\n",
        "utf-8",
    )
    _, out, err = run(ours, "--answers", file, "--json", typed="1\n\n")
    assert "A1 " not in err
    assert [line["standing"] for line in sheet(out).values()] == ["answered", "answered", "not relevant", "answered"]
    assert sheet(out)["A1"]["note"] == "Nobody read it."


def test_rows_from_a_file(run, tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("rows: {crime: [{}, {}]}\n", "utf-8")
    _, out, _ = run(CRIMES, "--answers", file, "--json")
    assert {line["row"] for line in json.loads(out)["sheet"]} >= {"crime/1", "crime/2"}


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("answers: {A9: yes}", "package.unknown-question", ":1:15"),
        ("answers:\n  A1: maybe", "package.not-an-option", ":2:7"),
        ("answers: {A1: no}", "package.no-reason", ":1:15"),
        ("answers: {A1: {value: no, reasons: [tired]}}", "package.unknown-reason", ":1:15"),
        ("facts: {report: perhaps}", "package.bad-fact", ":1:17"),
        ("facts: {colour: red}", "package.unknown-question", ":1:17"),
        ("rows: {crime: [{}]}", "try.unknown-rows", ":1:15"),
        ("colour: red", "yaml.unknown-key", ":1:1"),
        ("answers: [", "yaml.syntax", ":2:1"),
        ("", "yaml.empty", ":"),
    ],
)
def test_bad_file_of_answers_gives_its_fault_with_the_place(text, code, place, run, ours):
    file = ours.parent / "case.yaml"
    file.write_text(text, "utf-8")
    status, _, err = run(ours, "--answers", file)
    assert status == 1
    assert f"case.yaml{place}" in err
    assert code in err


def test_too_many_rows_are_refused(run, tmp_path):
    (tmp_path / "case.yaml").write_text("rows: {crime: [" + "{}, " * 30 + "{}]}", "utf-8")
    status, _, err = run(CRIMES, "--answers", tmp_path / "case.yaml")
    assert (status, "try.too-many-rows" in err) == (1, True)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--facts", "report"], "try.fact"),
        (["--facts", "report=perhaps"], "package.bad-fact"),
        (["--facts", "colour=red"], "package.unknown-question"),
        (["--language", "cy"], "framework.no-such-language"),
        (["--subject", "worker"], "try.unknown-subject"),
        (["--screening", "half"], "try.unknown-screening"),
    ],
)
def test_bad_option_is_said_and_nothing_is_asked(options, code, run, ours):
    status, out, err = run(ours, *options, typed="1\n")
    assert (status, out) == (1, "")
    assert code in err


def test_unknown_framework_suggests_one(run):
    status, _, err = run("sqqs")
    assert status == 1
    assert "Did you mean sqs?" in err


def test_it_writes_nothing(run, ours):
    before = {path: path.read_bytes() for path in ours.parent.rglob("*") if path.is_file()}
    run(ours, typed="no\n1\n\nyes\nno\nlate\n")
    assert {path: path.read_bytes() for path in ours.parent.rglob("*") if path.is_file()} == before


@settings(max_examples=25, deadline=None)
@given(typed=st.text(max_size=200))
def test_whatever_is_piped_in_ends_with_a_sheet(typed):
    from caselight.cli.talking import Talk
    from caselight.method.answers.practice.outcome import lines
    from caselight.procedures.trying import begin

    practice = Talk(io.StringIO(typed), to_error=True).fill(begin(str(BILINGUAL)))
    assert len(lines(practice)) == 4


def test_bytes_that_are_no_text_are_no_answer(ours):
    command = [sys.executable, "-c", "from caselight.cli.main import console; console()", "try", str(ours)]
    done = subprocess.run(command, input=b"\xff\xfe\n\x00\nyes\n", capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr + done.stdout
