"""Where a question stands for a subject: applicability, standing answers, and the three kinds of nothing."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.small import HOLIDAYS, case, event, framework

from caselight.method.answers.completeness import missing, not_counted
from caselight.method.answers.current import current
from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import Subject
from caselight.method.framework.applicability import because

FRAMEWORK = framework()


def sheet(subject: Subject, *events: AnswerEvent) -> Sheet:
    (made,) = sheets(FRAMEWORK, [subject], heads(events), screening="all", holidays=HOLIDAYS)
    return made


@pytest.mark.parametrize(
    ("facts", "answers", "question", "relevant", "outcome"),
    [
        ({}, {"A": "yes"}, "A", True, "sufficient"),
        ({}, {"A": "no"}, "A", True, "insufficient"),
        ({}, {}, "A", True, None),
        ({}, {"B.due": "no"}, "B", False, None),
        ({}, {"B.due": "no", "B": "yes"}, "B", False, None),
        ({}, {"B": "yes"}, "B", None, None),
        ({"psr": "no"}, {}, "C", False, None),
        ({}, {"C": "yes"}, "C", None, None),
        ({"psr": "yes"}, {"C": "no"}, "C", True, "insufficient"),
        ({"psr": "no"}, {"A": "yes"}, "D", True, "sufficient"),
        ({"psr": "yes"}, {"A": "yes"}, "D", True, None),
        ({"psr": "yes"}, {"A": "no"}, "D", True, "insufficient"),
        ({}, {"A": "yes"}, "D", True, None),
    ],
)
def test_question_stands_where_facts_gates_and_answers_put_it(facts, answers, question, relevant, outcome):
    events = [event("1", name, value) for name, value in answers.items()]
    standing = sheet(case("1", **facts), *events).standing(question)
    assert (standing.relevant, standing.outcome) == (relevant, outcome)


def test_two_answers_to_one_question_are_contested_until_resolved():
    first, second = event("1", "A", "yes", "a1"), event("1", "A", "no", "a2", actor="i2")
    assert sheet(case("1"), first, second).standing("A").contested
    resolved = event("1", "A", "no", "a3", base_op_ids=("a1", "a2"), resolves_reason="read again together")
    assert sheet(case("1"), first, second, resolved).standing("A").outcome == "insufficient"


def test_computed_question_over_a_contested_answer_is_contested():
    events = (event("1", "A", "yes", "a1"), event("1", "A", "no", "a2"))
    assert sheet(case("1", psr="no"), *events).standing("D").contested


def test_moderated_pass_is_counted_before_the_first_and_the_second_never():
    events = [
        event("1", "A", "yes", "a1"),
        event("1", "A", "no", "a2", pass_="moderated"),
        event("1", "B.due", "yes", "b1", pass_="second"),
    ]
    recorded = current(heads(events))[("case", "1")]
    assert [head.value for head in recorded["A"]] == ["no"]
    assert "B.due" not in recorded


def test_withdrawn_answer_leaves_the_question_unanswered():
    events = (event("1", "A", "yes", "a1"), event("1", "A", "yes", "a2", base_op_ids=("a1",), withdrawn=True))
    standing = sheet(case("1"), *events).standing("A")
    assert (standing.relevant, standing.value) == (True, None)


def test_not_relevant_by_the_inspector_is_told_apart_from_the_rule():
    by_inspector = sheet(case("1"), event("1", "A", "not_relevant", reasons=("elsewhere",))).standing("A")
    by_rule = sheet(case("1", psr="no")).standing("C")
    assert (by_inspector.by, by_rule.by) == ("inspector", "rule")


@pytest.mark.parametrize(
    ("done", "outcome"),
    [(date(2015, 12, 22), "sufficient"), (date(2015, 12, 23), "insufficient"), (None, None)],
)
def test_working_days_count_from_the_day_after_the_start(done, outcome):
    facts = {"started": date(2015, 12, 1)} | ({"done": done} if done else {})
    assert sheet(case("1", **facts)).standing("Dt").outcome == outcome


def test_a_question_that_is_not_asked_says_why():
    not_asked = sheet(case("1", psr="no"), event("1", "B.due", "no"))
    said = {name: because(FRAMEWORK.questions[name].when, not_asked, FRAMEWORK, "en") for name in ("A", "B", "C")}
    assert said == {"A": (), "B": ("no review was due",), "C": ("no report was prepared",)}


def test_missing_lists_what_applies_and_has_no_single_answer():
    made = sheet(case("1", psr="no"), event("1", "A", "yes", "a1"), event("1", "A", "no", "a2"))
    assert [(item.question_id, item.why) for item in missing([made])] == [
        ("A", "contested"),
        ("B.due", "unanswered"),
        ("B", "unanswered"),
    ]


def test_answer_to_a_question_that_does_not_apply_is_kept_and_named():
    made = sheet(case("1", psr="no"), event("1", "C", "yes"))
    assert [(item.question_id, item.why) for item in not_counted([made])] == [("C", "does not apply")]


def withdrawn(question, pass_="first"):  # noqa: S107 - the name of a pass
    """An answer and its withdrawal in one pass."""
    first = event("1", question, "no", f"{pass_}1", pass_=pass_)
    return first, event("1", question, "no", f"{pass_}2", pass_=pass_, base_op_ids=(first.op_id,), withdrawn=True)


def test_first_pass_stands_when_the_moderated_answer_is_withdrawn():
    assert sheet(case("1"), event("1", "A", "yes"), *withdrawn("A", "moderated")).standing("A").value == "yes"


def test_contested_moderated_answer_does_not_let_the_first_pass_stand():
    moderated = (event("1", "A", value, value, pass_="moderated") for value in ("yes", "no"))
    assert sheet(case("1"), event("1", "A", "yes"), *moderated).standing("A").contested


def test_two_tools_that_record_one_fact_contest_it_in_any_order():
    events = [event("1", "fact:psr", "yes", "a"), event("1", "fact:psr", "no", "b", tool="other")]
    found = [current(heads(order))[("case", "1")]["fact:psr"] for order in (events, events[::-1])]
    assert found == [tuple(events)] * 2


def test_withdrawn_answer_to_a_question_that_does_not_apply_is_not_named():
    assert not_counted([sheet(case("1", psr="no"), *withdrawn("C"))]) == ()


def test_contested_fact_is_missing():
    answered = (event("1", "A", "yes"), event("1", "B.due", "no"))
    contested = (event("1", "fact:psr", "yes", "f1"), event("1", "fact:psr", "no", "f2"))
    found = missing([sheet(case("1", psr="no"), *answered, *contested)])
    assert [item[1:] for item in found] == [("fact:psr", "contested")]


def test_fact_with_one_correction_is_not_missing():
    answered = (event("1", "A", "yes"), event("1", "B.due", "no"), event("1", "fact:psr", "no"))
    assert missing([sheet(case("1", psr="no"), *answered)]) == ()
