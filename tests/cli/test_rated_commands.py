"""``tally``, ``explain`` and ``decide`` on the rated example: grades, the chain to a grade, and a panel's decision."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from caselight.cli.main import main
from caselight.formats.package.reading import read_package
from caselight.method.answers.events import payload_digest

EXAMPLE = Path(__file__).parents[2] / "examples" / "youth-rated"
WHY = "The work was sound  where it\nmattered most."


@pytest.fixture
def inspection(tmp_path):
    """A copy of the rated example: S2.2 was decided by the panel, discretion about S2.4 is closed, S4.1 is not rated."""
    return shutil.copytree(EXAMPLE, tmp_path / "inspection")


@pytest.fixture
def run(monkeypatch, capsys):
    def _run(*args):
        monkeypatch.setattr(sys, "argv", ["caselight", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return int(ended.value.code or 0), printed.out, printed.err

    return _run


def line_of(text, key):
    return next(line for line in text.splitlines() if line.split()[:1] == [key])


def test_tally_lists_measures_and_ratings_below_the_questions(run):
    status, out, _ = run("tally", EXAMPLE)
    assert status == 0
    assert re.search(r"6 of 14 +42\.9% +share", line_of(out, "M2.2.3"))
    assert re.search(r"Requires improvement +Inadequate +42\.9% +one_case +18%", line_of(out, "S2.2"))
    assert "not rated" in line_of(out, "S4.1")
    assert re.search(r"17 of 36", line_of(out, "OVERALL"))


def test_tally_as_json_has_the_exact_numbers(run):
    found = {figure["key"]: figure for figure in json.loads(run("tally", EXAMPLE, "--json")[1])["figures"]}
    assert found["M2.2.3"]["number"]["exact"] == "3/7"
    assert found["S2.2"]["reached"]["grade_by_rule"] == "inadequate"
    assert "number" not in found["K2.2.3"]


def test_explain_follows_a_rating_down_to_its_measures(run):
    status, out, _ = run("explain", EXAMPLE, "OVERALL")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "OVERALL  Overall rating: Requires improvement"
    assert "    S2.2  2.2 Planning (court): Requires improvement" in lines
    assert (
        "        M2.2.3  planning for safety of others (court): 6 of 14 (42.9%)  (this decided)  counts K2.2.3" in lines
    )
    assert any("decided on Requires improvement instead of Inadequate" in line for line in lines)


def test_explain_of_a_rating_as_json_is_the_chain(run):
    chain = json.loads(run("explain", EXAMPLE, "S2.2", "--json")[1])["chain"]
    assert [(link["depth"], link["key"], link["decides"]) for link in chain] == [
        (0, "S2.2", False), (1, "M2.2.1", False), (1, "M2.2.2", False), (1, "M2.2.3", True),
    ]  # fmt: skip
    assert chain[3]["number"]["exact"] == "3/7"


def test_decide_appends_one_event_and_says_what_changed(run, inspection):
    before = (inspection / "answers.csv").read_bytes()
    status, out, _ = run("decide", inspection, "S2.3", "outstanding", "--by", "panel", "--why", WHY)
    assert status == 0
    assert "S2.3: Good is now Outstanding" in out
    after = (inspection / "answers.csv").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    event = read_package(inspection).events[-1]
    assert event.address == ("panel", "service", "service", "", "", "rating:S2.3", "first")
    assert (event.value, event.note, event.actor) == (
        "outstanding",
        "The work was sound where it mattered most.",
        "panel",
    )
    assert (event.base_op_ids, event.payload_sha256) == ((), payload_digest(event))
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", event.op_id)


def test_the_folder_is_sound_after_a_decision_and_the_grade_by_the_rule_is_kept(run, inspection):
    run("decide", inspection, "S2.3", "outstanding", "--by", "panel", "--why", WHY)
    status, out, _ = run("check", inspection)
    assert (status, out.split(":")[1].split(",")[0].strip()) == (0, "0 errors")
    reached = {f["key"]: f for f in json.loads(run("tally", inspection, "--json")[1])["figures"]}["S2.3"]["reached"]
    assert (reached["grade"], reached["grade_by_rule"]) == ("outstanding", "good")


def test_a_second_decision_names_the_first_as_its_base(run, inspection):
    first = next(event for event in read_package(inspection).events if event.question_id == "rating:S2.2")
    status, out, _ = run("decide", inspection, "S2.2", "inadequate", "--by", "panel", "--why", WHY)
    assert status == 0
    assert "S2.2: Requires improvement is now Inadequate" in out
    event = read_package(inspection).events[-1]
    assert (event.base_op_ids, event.resolves_reason) == ((first.op_id,), "")


def test_a_third_decision_settles_two_that_contest_each_other(run, inspection):
    path = inspection / "answers.csv"
    text = path.read_text("utf-8")
    package = read_package(inspection)
    first = next(event for event in package.events if event.question_id == "rating:S2.2")
    other = first._replace(op_id="018731be-ca80-72a2-ad73-a500031c9bd0", value="good", note="x", device="y")
    other = other._replace(payload_sha256=payload_digest(other))
    cells = [
        "|".join(cell) if isinstance(cell, tuple) else {True: "yes", False: "no"}.get(cell, cell) for cell in other
    ]
    path.write_text(text + ",".join(cells) + "\n", "utf-8")
    assert (
        "not rated yet" in run("explain", inspection, "S2.2")[1]
        or "incomplete" in run("explain", inspection, "S2.2")[1]
    )
    status, _, _ = run("decide", inspection, "S2.2", "good", "--by", "panel", "--why", WHY)
    assert status == 0
    event = read_package(inspection).events[-1]
    assert set(event.base_op_ids) == {first.op_id, other.op_id}
    assert event.resolves_reason == event.note


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("S9", "good", "panel", WHY), "decide.unknown-rating"),
        (("S2.3", "splendid", "panel", WHY), "decide.unknown-grade"),
        (("S2.3", "Good", "panel", WHY), "decide.unknown-grade"),
        (("S2.3", "good", "nobody", WHY), "decide.not-of-the-team"),
        (("S2.3", "good", "panel", " \n"), "decide.no-reason"),
        (("S2.4", "good", "panel", WHY), "decide.closed"),
        (("S4.1", "good", "panel", WHY), "decide.closed"),
    ],
)
def test_a_decision_that_may_not_be_is_refused_and_nothing_is_written(words, code, run, inspection):
    rating, grade, by, why = words
    before = (inspection / "answers.csv").read_bytes()
    status, _, err = run("decide", inspection, rating, grade, "--by", by, "--why", why)
    assert (status, code in err) == (1, True)
    assert (inspection / "answers.csv").read_bytes() == before


def test_every_slip_is_said_at_once(run, inspection):
    _, _, err = run("decide", inspection, "S2.4", "splendid", "--by", "nobody", "--why", "")
    assert [code for code in ("decide.unknown-grade", "decide.not-of-the-team", "decide.no-reason", "decide.closed")
            if code not in err] == []  # fmt: skip


def test_a_rating_with_an_open_answer_below_it_is_not_decided(run, inspection):
    path = inspection / "answers.csv"
    rows = path.read_text("utf-8").splitlines(keepends=True)
    gone = next(row for row in rows if ",K2.3.1," in row)
    path.write_text("".join(row for row in rows if row != gone), "utf-8")
    status, _, err = run("decide", inspection, "S2.3", "good", "--by", "panel", "--why", WHY)
    assert (status, "decide.incomplete" in err) == (1, True)


def test_a_service_that_stands_nowhere_is_named(run, inspection):
    for name, kept in (("subjects.csv", "service,"), ("answers.csv", ",service,service,")):
        rows = (inspection / name).read_text("utf-8").splitlines(keepends=True)
        (inspection / name).write_text("".join(row for row in rows if kept not in row or row == rows[0]), "utf-8")
    status, _, err = run("decide", inspection, "S2.3", "good", "--by", "panel", "--why", WHY)
    assert (status, "decide.no-subject" in err) == (1, True)


def test_a_framework_without_ratings_has_nothing_to_decide(run, tmp_path):
    from tests.factories.inspections import made

    status, _, err = run("decide", made(tmp_path / "i"), "S1", "good", "--by", "lead", "--why", WHY)
    assert (status, "decide.unknown-rating" in err) == (1, True)
