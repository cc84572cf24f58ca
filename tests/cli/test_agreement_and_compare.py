"""``agreement`` and ``compare``, as they are called: what they say, as JSON, and what they refuse."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from tests.factories.inspections import _answer, _op_id, made

from caselight.cli.main import group
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import payload_digest
from caselight.method.faults import Faults

CASES = [f"c{number}" for number in range(1, 7)]


def run(*arguments):
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture
def twice(tmp_path):
    """An inspection whose cases a second person marked too; that person thinks differently of W1 for c2."""
    folder = made(tmp_path / "twice")
    package = read_package(folder)
    second = []
    for event in package.events:
        if event.subject_kind == "case":
            other = (event.subject_key, event.question_id) == ("c2", "W1")
            again = event._replace(op_id=_op_id(f"{event.op_id}/2"), pass_="second")
            again = again._replace(value="no", reasons=("not-done",)) if other else again
            second.append(again._replace(payload_sha256=payload_digest(again)))
    write_package(replace(package, events=(*package.events, *second)), folder)
    return folder


@pytest.fixture
def other(tmp_path):
    """Another inspection, in which W1 was insufficient in all cases but one."""
    folder = made(tmp_path / "other")
    inspection = folder / "inspection.yaml"
    inspection.write_text(inspection.read_text("utf-8").replace("id: ", "id: other-", 1), "utf-8")
    package = read_package(folder)
    kept = [event for event in package.events if event.question_id != "W1"]
    again = [_answer(key, "W1", "yes" if key == "c6" else "no") for key in CASES]
    write_package(replace(package, events=(*kept, *again)), folder)
    return folder


def test_agreement_shows_both_figures_of_every_question(twice):
    said = run("agreement", twice).output.splitlines()
    at = said.index("W1  assessment")
    assert said[at + 1].startswith("  Does it apply?  6 of 6 alike (95% range ")
    assert said[at + 6].endswith("5 of 6 alike (95% range 44% to 97%).")
    assert [line.split() for line in said[at + 7 : at + 10]] == [
        ["first", "/", "second", "Yes", "No"],
        ["Yes", "4", "1"],
        ["No", "0", "1"],
    ]
    assert said[at + 10] == "    Fewer than 10, so no coefficient."


def test_agreement_on_one_question_names_every_case(twice):
    said = run("agreement", twice, "--question", "W1").output
    assert "  c2  first: yes, second: no\n" in said
    assert "W2" not in said


def test_agreement_with_coefficients_gives_ranges_that_the_seed_repeats(twice):
    framework = twice / "framework" / "framework.yaml"
    rule = "double_marking: [{minimum_units: 2, flag_below: 0.99, provenance: own-design}]\n"
    framework.write_text(framework.read_text("utf-8") + rule, "utf-8")
    said = run("agreement", twice, "--question", "W1").output
    assert "    Gwet's AC1: 0.73 (95% range " in said
    assert "    Cohen's kappa: 0.57 (95% range 0.00 to 1.00, " in said
    assert "    Flagged: " in said
    one, again, different = (run("agreement", twice, "--json", "--seed", seed).output for seed in (3, 3, 4))
    assert one == again != different
    found = {item["question"]: item for item in json.loads(one)["questions"]}["W1"]
    assert found["answers"]["table"] == [[4, 1], [0, 1]]
    first, second = found["answers"]["coefficients"]
    assert (first["name"], second["name"]) == ("gwet_ac1", "cohen_kappa")
    assert first["interval"]["low"] < first["value"] < first["interval"]["high"]
    assert found["applies"]["coefficients"][1]["value"] is None
    assert found["applies"]["coefficients"][1]["undefined"] == "no variation"


def test_agreement_where_nobody_marked_twice_says_so(tmp_path):
    assert run("agreement", made(tmp_path / "once")).output == "Nothing here was marked by two people.\n"


def test_agreement_on_an_unknown_question_suggests_one(twice):
    refused = run("agreement", twice, "--question", "W11").exception
    assert isinstance(refused, Faults)
    assert [fault.code for fault in refused] == ["agreement.unknown-question"]


def test_compare_shows_each_figure_and_why_others_are_not_there(twice, other):
    said = run("compare", twice, other).output
    (row,) = [line for line in said.splitlines() if line.startswith("W1 ")]
    assert row.split()[2:5] == ["5/6", "1/6", "+67"]
    assert "Every relevant case of both was examined" in said
    assert "Stands out: of all that do, at most 5% are expected to be chance alone (4 compared)." in said


def test_compare_by_a_fact_as_json_gives_the_parts(twice, other):
    found = json.loads(run("compare", twice, other, "--by", "report", "--json").output)
    (item,) = [item for item in found["compared"] if item["key"] == "W1"]
    assert (found["by"], found["false_discovery_rate"]) == ("report", 0.05)
    assert [(part["value"], part["one"]["relevant"], part["other"]["relevant"]) for part in item["parts"]] == [
        ("yes", 3, 3),
        ("no", 3, 3),
    ]
    assert not item["turns_round"]


def test_compare_of_an_inspection_with_itself_is_refused(twice):
    refused = run("compare", twice, twice).exception
    assert isinstance(refused, Faults)
    assert [fault.code for fault in refused] == ["comparison.same-inspection"]
