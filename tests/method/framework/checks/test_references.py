"""Every name is the name of something, of the same subject, and known by then; near misses are suggested."""

import pytest
from tests.factories import framework_of, minimal_text, told

from caselight.method.faults import Faults

A2_RULE = "{all: [{answer: A2.due, is: yes}, {fact: report, is: yes}]}"


@pytest.mark.parametrize(
    "changes",
    [
        [("kind: data\n        tool: interview", "kind: data\n        tool: «interviews")],
        [("scale: topics", "scale: «topic")],
        [("guidance: Good enough for this child.\n        scale: sufficiency\n        reasons: usual\n        provenance: {",
          "guidance: Good enough for this child.\n        scale: sufficiency\n        reasons: «usuals\n        provenance: {")],
        [("tool: interview\n        text: Is", "good: «ticks\n        tool: interview\n        text: Is")],
        [("polarity: adverse", "also_in: [A, «B]")],
        [("start: begun", "start: «begin")],
        [("{id: interview, subject: worker", "{id: interview, subject: «workers")],
        [("type: text, subject: worker", "type: text, subject: «workers")],
        [("label: workers interviewed, subject: worker, answered: W1.topics", "label: w, subject: «people")],
        [("figures: [A1]", "figures: [A1, «A9]")],
        [("answered: W1.topics", "answered: «W2")],
        [("unless_note_on: A2", "unless_note_on: «A3")],
        [("questions: [A1, A1t]", "questions: [A1, «A1x]")],
        [("strata: [order]", "strata: [«orders]")],
        [("start_fact: begun", "start_fact: «start")],
        [("{fact: report, is: yes}]}", "{fact: «reports, is: yes}]}")],
        [("{answer: A2.due, is", "{answer: «A2due, is")],
        [("{outcome: A1, is", "{outcome: «A7, is")],
        [(A2_RULE, "{not: {not_relevant: «A1.due}}")],
    ],
)  # fmt: skip
def test_a_name_that_nothing_has_is_told_where_it_stands(changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert faults == [("framework.unknown-id", place)]


def test_a_near_miss_is_suggested() -> None:
    with pytest.raises(Faults, match=r"No fact is called “reports”\. Did you mean report\?"):
        framework_of(minimal_text(("{fact: report, is: yes}]}", "{fact: reports, is: yes}]}")))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("framework.later-question", [("short: plan needed", "short: x\n        when: {answer: «A2, is: yes}")]),
        ("framework.later-question", [("short: plan needed", "short: x\n        when: {answer: «A2.due, is: yes}")]),
        ("framework.later-question", [("{fact: age, at_most: 17}", "{answer: «A1, is: yes}")]),
        ("framework.other-subject", [("{fact: report, is: yes}]}", "{fact: «grade, is: high}]}")]),
        ("framework.other-subject", [("short: training in law", "short: x\n        when: {answer: «A1, is: yes}")]),
        ("framework.other-subject", [("where: {fact: order, is: long}", "where: {answer: «W1.topics, includes: law}")]),
        ("framework.other-subject", [("figures: [A1]", "figures: [A1, «W1]")]),
        ("framework.other-subject", [("subject: worker, answered: W1.topics", "answered: «W1.topics")]),
        ("framework.other-subject", [("unless_note_on: A2", "unless_note_on: «W1")]),
        ("framework.other-subject", [("{id: begun, label: Begun on, type: date,",
                                      "{id: begun, label: Begun on, type: date, subject: worker,"),
                                     ("start: begun", "start: «begun")]),
        ("framework.screening-leaves-out", [("questions: [A1, A1t]", "questions: [A1, «A2]")]),
    ],
)  # fmt: skip
def test_a_rule_looks_at_earlier_questions_and_facts_of_its_own_subject(
    code: str, changes: list[tuple[str, str]]
) -> None:
    faults, place = told(*changes)
    assert (code, place) in faults


def test_all_faults_are_told_at_once() -> None:
    faults, _ = told(
        ("scale: topics", "scale: topic"), ("strata: [order]", "strata: [orders]"), ("{id: WORKERS", "{id: CASES")
    )
    assert sorted(code for code, _ in faults) == [
        "framework.duplicate-id",
        "framework.unknown-id",
        "framework.unknown-id",
    ]
