"""Where an answer about something found in a case may stand, and what typed, noted and overriding answers may say."""

from __future__ import annotations

import pytest
from tests.factories import minimal_text
from tests.factories.folders import answers, inspection_folder, op
from tests.factories.folders import event as of_folder
from tests.factories.found import found, found_data
from tests.factories.small import OWN, event, framework, question

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.answers.addresses import Content, address_faults
from caselight.method.answers.admissible import missing_faults, value_faults
from caselight.method.answers.events import payload_digest
from caselight.method.answers.integrity import Register, event_faults

ROW = {"tool": "placements", "subject_kind": "case", "table": "placement", "row_key": "p1"}
ASKED = frozenset(found().questions)


def content(name: str, value: str = "yes", *, note: bool = False, **more: object) -> Content:
    base = Content("case", "case", "", "", name, "first", value, (), note, withdrawn=False)
    return base._replace(**more)


def codes(said: Content) -> list[tuple[str, str]]:
    of = found()
    faults = [*address_faults(said, of, ASKED), *value_faults(said, of), *missing_faults(said, of)]
    return [(fault.code, str(fault.where[0])) for fault in faults]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (content("P1", **ROW), []),
        (content("fact:ended", **ROW), []),
        (content("P1", tool="placements"), [("package.no-row", "table")]),
        (content("P1", **ROW | {"table": "crime"}), [("package.unknown-table", "table")]),
        (content("P1", **ROW | {"row_key": ""}), [("package.bad-row-key", "row_key")]),
        (content("P1", **ROW | {"row_key": "a/b"}), [("package.bad-row-key", "row_key")]),
        (content("P1", **ROW | {"subject_kind": "case_manager"}), [("package.row-elsewhere", "subject_kind")]),
        (content("P1", **ROW | {"table": ""}), [("package.no-row", "table")]),
        (content("A", **ROW | {"tool": "case"}), [("package.wrong-subject-kind", "table")]),
        (content("A", **ROW), [("package.wrong-tool", "tool")]),
        (content("fact:foster", **ROW), [("package.unknown-question", "question_id")]),
        (content("fact:ended"), [("package.unknown-question", "question_id")]),
        # typed values
        (content("N", "12"), []),
        (content("N", "12.5"), [("package.bad-value", "value")]),
        (content("N", ""), [("package.bad-value", "value")]),
        (content("day", "2016-02-30"), [("package.bad-value", "value")]),
        # notes, what never is not relevant, overrides
        (content("A", "no", reasons=("weak",)), [("package.answer-needs-note", "note")]),
        (content("A", "no", reasons=("weak",), note=True), []),
        (content("A", "not_relevant", reasons=("elsewhere",)), [("package.never-not-relevant", "value")]),
        (content("I", "ani"), [("package.override-without-note", "note")]),
        (content("I", "ani", note=True), []),
        (content("I", "great", note=True), [("package.not-an-option", "value")]),
        (content("score", "1", note=True), [("package.computed-question", "question_id")]),
    ],
)  # fmt: skip
def test_each_rule_finds_its_fault_and_no_other(said, told):
    assert codes(said) == told


def test_a_table_that_is_nearly_right_is_suggested():
    (fault,) = [f for f in address_faults(content("P1", **ROW | {"table": "placements"}), found(), ASKED)
                if f.code == "package.unknown-table"]  # fmt: skip
    assert fault.cure == "Did you mean placement?"


def test_an_override_without_a_scale_is_yes_or_no():
    asked = [
        question("A"),
        question(
            "Q", kind="computed", computed={"may_override": True, "sufficient_when": {"answer": "A", "is": "yes"}}
        ),
    ]
    of = framework(**found_data(themes=[{"id": "T", "title": "T", "questions": asked}]))
    told = [[f.code for f in value_faults(content("Q", value, note=True), of)] for value in ("yes", "no", "maybe")]
    assert told == [[], [], ["package.not-an-option"]]


def test_two_rows_with_one_key_are_one_row_and_two_cases_may_use_the_same_key():
    events = [event(key, "P1", "yes", op(int(key)), tool="placements", table="placement", row_key="p1") for key in "12"]
    register = Register(found(), ASKED, frozenset({("case", "1"), ("case", "2")}))
    assert [f.code for f in event_faults(events, register)] == []


def test_rows_survive_the_way_to_files_and_back(tmp_path):
    folder = inspection_folder(tmp_path / "a", {"framework/framework.yaml": row_framework(), "answers.csv": None})
    recorded = [
        of_folder(1, "k1", "A1"),
        of_folder(2, "k1", "V1", table="visit", row_key="v1", tool="visits"),
        of_folder(3, "k1", "fact:kept", "no", table="visit", row_key="v2", tool="visits"),
    ]
    (folder / "answers.csv").write_text(answers(recorded), "utf-8")
    package = read_package(folder)
    assert sorted((e.table, e.row_key, e.question_id) for e in package.events) == [
        ("", "", "A1"), ("visit", "v1", "V1"), ("visit", "v2", "fact:kept"),
    ]  # fmt: skip
    write_package(package, tmp_path / "b")
    again = read_package(tmp_path / "b")
    assert sorted(again.events) == sorted(package.events)
    assert [payload_digest(e) == e.payload_sha256 for e in again.events] == [True] * 3


def row_framework() -> str:
    """The minimal framework with visits that are found in a case."""
    visits = f"""\
  - id: V
    title: Visits
    questions:
      - id: V1
        tool: visits
        text: Was the visit good enough?
        short: visit
        guidance: Good enough.
        scale: sufficiency
        reasons: usual
        provenance: {OWN}
populations:
"""
    return minimal_text(
        ("  - {id: worker, one: worker,", "  - {id: visit, one: visit, many: visits, found_in: case}\n  - {id: worker, one: worker,"),
        ("  - {id: interview, subject: worker,", "  - {id: visits, subject: visit, title: Visits}\n  - {id: interview, subject: worker,"),
        ("  - {id: grade, label: Grade", f"  - {{id: kept, label: Kept, type: yes_no, subject: visit, supplied_by: inspector, provenance: {OWN}}}\n  - {{id: grade, label: Grade"),
        ("populations:\n", visits),
    )  # fmt: skip
