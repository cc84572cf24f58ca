"""What was found in a case is a subject of its own, which looks up in its case what is not its own."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.found import RULE, all_sheets, found, found_data, in_row
from tests.factories.small import case, event, framework, inspection, question

from caselight.method.analysis.figure import Cell
from caselight.method.analysis.figures import figures
from caselight.method.answers.completeness import missing
from caselight.method.answers.current import current
from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.caseload.case import Subject
from caselight.method.framework.truth import truth
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import CaseloadCase, Package


def row(subject: str, key: str, name: str, value: str, **more: object) -> AnswerEvent:
    fields = in_row(key, name, value, **more)
    return event(
        subject, str(fields.pop("question_id")), str(fields.pop("value")), f"{subject}/{key}/{name}/{value}", **fields
    )


ENDED = [row("1", "p1", "fact:ended", "yes"), row("1", "p2", "fact:ended", "no"), row("2", "p1", "fact:ended", "yes")]


def keys(*events: AnswerEvent) -> list[tuple[str, str]]:
    made = all_sheets([case("1", foster="yes"), case("2", foster="no")], *events)
    return [(sheet.subject.kind, sheet.subject.key) for sheet in made]


def test_each_row_has_a_sheet_after_that_of_its_case():
    assert keys(*ENDED) == [
        ("case", "1"), ("placement", "1/p1"), ("placement", "1/p2"), ("case", "2"), ("placement", "2/p1"),
    ]  # fmt: skip


def test_a_row_exists_while_anything_of_it_stands():
    gone = ENDED[0]._replace(op_id="w", withdrawn=True, value="", base_op_ids=(ENDED[0].op_id,))
    assert ("placement", "1/p1") not in keys(*ENDED, gone)
    assert ("placement", "1/p1") in keys(*ENDED, gone, row("1", "p1", "P1", "yes"))


def test_rows_of_a_pass_that_is_not_counted_are_none():
    assert keys(row("1", "p1", "P1", "yes", pass_="second")) == [("case", "1"), ("case", "2")]


def test_a_row_looks_up_in_its_case_what_is_not_its_own():
    one, p1, p2, two, other = all_sheets(
        [case("1", foster="yes"), case("2", foster="no")], *ENDED, event("1", "A", "yes")
    )
    assert [sheet.standing("P2").relevant for sheet in (p1, p2, other)] == [True, False, False]
    assert (p1.fact("foster"), p1.outcome("A"), other.outcome("A")) == ("yes", "sufficient", None)
    assert one.fact("ended") is None
    assert two.standing("A").relevant is True
    assert list(p1.rows("placement")) == [p1, p2]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"rows": "placement", "is": 2}, True),
        ({"rows": "placement", "where": {"fact": "ended", "is": "yes"}, "is": 1}, True),
        ({"rows": "placement", "where": {"fact": "ended", "is": "yes"}, "at_least": 2}, False),
        ({"rows": "placement", "where": {"fact": "began", "after": "2015-12-01"}, "at_least": 1}, None),
        ({"rows": "placement", "where": {"fact": "foster", "is": "yes"}, "is": 2}, True),
        ({"rows": "placement", "where": {"answer": "P1", "is": "yes"}, "is": 0}, None),
    ],
)
def test_rules_of_a_case_count_its_rows(rule, expected):
    sheet = all_sheets([case("1", foster="yes")], *ENDED[:2])[0]
    assert truth(RULE.validate_python(rule), sheet) is expected


def test_a_case_without_rows_has_none_of_them():
    (sheet,) = all_sheets([case("1")])
    assert sheet.standing("moves").relevant is False


def test_facts_of_a_row_are_typed_and_a_contested_one_is_not_known():
    events = [row("1", "p1", "fact:began", "2015-12-01"), row("1", "p2", "fact:began", "2015-12-01"),
              row("1", "p2", "fact:began", "2015-12-02")]  # fmt: skip
    _, p1, p2 = all_sheets([case("1")], *events)
    assert (p1.fact("began"), p2.fact("began")) == (date(2015, 12, 1), None)
    assert [item for item in missing([p2]) if item.question_id == "fact:began"] != []


def test_facts_of_rows_do_not_become_facts_of_the_case():
    assert ("placement", "1/p1") in current(heads(ENDED))
    (subject,) = with_facts([Subject("case", "1", "Case 1")], [], ENDED, found())
    assert subject.facts == {}


def test_questions_about_rows_are_counted_over_rows():
    events = [*ENDED, row("1", "p1", "P1", "yes"), row("1", "p2", "P1", "no", note="late"), row("1", "p1", "P2", "yes")]
    subjects = [case("1", foster="yes"), case("2", foster="no")]
    counts = [{"id": "MOVES", "label": "placements that ended", "subject": "placement", "provenance": "own-design",
               "where": {"fact": "ended", "is": "yes"}}]  # fmt: skip
    made = figures(Package(inspection(), framework(**found_data(counts=counts)), tuple(subjects), events=tuple(events)))
    assert made["P1"].cells == {
        Cell.SUFFICIENT: ("1/p1",), Cell.INSUFFICIENT: ("1/p2",), Cell.UNANSWERED: ("2/p1",),
    }  # fmt: skip
    assert made["P2"].cells == {Cell.SUFFICIENT: ("1/p1",), Cell.NOT_RELEVANT_BY_RULE: ("1/p2", "2/p1")}
    assert made["P2"].why == {"1/p2": "Ended in the period: no", "2/p1": "the child lived at home"}
    assert (made["P1"].subject, made["P1"].kind, made["P1"].sample_size) == ("placement", "share", 3)
    assert (made["MOVES"].sufficient, made["MOVES"].relevant) == (2, 3)


@pytest.mark.parametrize(
    ("rule", "method"),
    [({"fact": "foster", "is": "yes"}, "hypergeometric"), ({"not": {"rows": "placement", "at_least": 9}}, "wilson")],
)
def test_the_caseload_tells_nothing_of_what_would_be_found_in_it(rule, method):
    asked = [question("P1", tool="placements"), question("M", when=rule)]
    of = framework(**found_data(themes=[{"id": "T", "title": "T", "questions": asked}]))
    caseload = tuple(CaseloadCase(str(n), True, "", {"foster": "yes"}) for n in range(1, 9))
    events = (*ENDED[:2], event("1", "M", "yes"))
    made = figures(Package(inspection(), of, (case("1", foster="yes"),), caseload, events=events))
    assert made["M"].interval.method == method


def test_a_row_without_answers_is_incomplete_like_any_subject():
    found_missing = {(item.subject_key, item.question_id) for item in missing(all_sheets([case("1")], *ENDED[:2]))}
    assert {("1/p1", "P1"), ("1/p2", "P1"), ("1", "A")} <= found_missing
    assert ("1", "P1") not in found_missing
