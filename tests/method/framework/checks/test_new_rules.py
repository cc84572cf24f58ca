"""Names, subjects, order and types in the newer parts of rules: rows, time, counts, named comparisons, tables, points."""

import pytest
from tests.factories import told

A2_RULE = "{all: [{answer: A2.due, is: yes}, {fact: report, is: yes}]}"
VISITS = [
    ("  - {id: worker, one: worker,", "  - {id: visit, one: visit, many: visits, found_in: case}\n  - {id: worker, one: worker,"),
    ("  - {id: interview, subject: worker,", "  - {id: visits, subject: visit, title: Visits}\n  - {id: interview, subject: worker,"),
    ("  - {id: grade, label: Grade", "  - {id: kept, label: Kept, type: yes_no, subject: visit, supplied_by: inspector, "
                                     "provenance: own-design}\n  - {id: grade, label: Grade"),
]  # fmt: skip
VISIT = (
    "  - id: V\n    title: Visits\n    questions:\n      - {{id: V1, kind: data, tool: visits, text: x, short: x, "
    "scale: gate, provenance: own-design{when}}}\npopulations:\n"
)


def rule(written: str) -> list[tuple[str, str]]:
    return [*VISITS, (A2_RULE, written)]


SOUND = [
    "{elapsed: {from: {fact: begun}, to: {fact: done}, in: months}, at_least: 1}",
    "{count: [A1, A1t], outcome: insufficient, at_most: 1}",
    "{count: [A1], answer: no, is: 1}",
    "{count: [A1, A2.due], relevant: true, at_least: 2}",
    "{rows: visit, at_least: 1}",
    "{rows: visit, where: {all: [{fact: kept, is: no}, {fact: report, is: yes}]}, at_most: 1}",
    "{fact: begun, before: {fact: done}}",
    "{fact: report, same_as: {answer: A2.due}}",
    "{fact: age, in: [15, 16]}",
]


@pytest.mark.parametrize("written", SOUND)
def test_a_sound_rule_has_no_fault(written: str) -> None:
    assert told(*rule(written))[0] == []


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("framework.unknown-id", "{elapsed: {from: {fact: «begum}, to: {fact: done}}, at_least: 1}"),
        ("framework.unknown-id", "{elapsed: {from: {fact: begun}, to: {answer: «A9}}, at_least: 1}"),
        ("framework.unknown-id", "{count: [A1, «A9], outcome: sufficient, at_least: 1}"),
        ("framework.unknown-id", "{rows: «visits, at_least: 1}"),
        ("framework.unknown-id", "{rows: «worker, at_least: 1}"),
        ("framework.unknown-id", "{rows: visit, where: {fact: «keep, is: yes}, at_least: 1}"),
        ("framework.unknown-id", "{fact: begun, before: {fact: «finished}}"),
        ("framework.other-subject", "{fact: «kept, is: yes}"),
        ("framework.other-subject", "{rows: visit, where: {fact: «grade, is: a}, at_least: 1}"),
        ("framework.other-subject", "{fact: order, same_as: {fact: «grade}}"),
        ("framework.later-question", "{count: [A1, «A2], outcome: sufficient, at_least: 1}"),
        ("framework.later-question", "{rows: visit, where: {answer: «V1, is: yes}, at_least: 1}"),
        ("framework.rule-not-here", "«{measure: M, at_least: 1}"),
        ("framework.rule-not-here", "{not: «{rating: R, is: good}}"),
        ("framework.rule-not-here", "«{ratings: [R], is: good, times: {at_least: 1}}"),
        ("framework.type-mismatch", "{elapsed: {from: «{fact: age}, to: {fact: done}}, at_least: 1}"),
        ("framework.type-mismatch", "{elapsed: {from: {fact: begun}, to: «{answer: A1}}, at_least: 1}"),
        ("framework.type-mismatch", "{fact: begun, before: «{fact: age}}"),
        ("framework.type-mismatch", "{fact: age, same_as: «{fact: begun}}"),
        ("framework.type-mismatch", "{fact: order, same_as: «{answer: A1}}"),
        ("framework.type-mismatch", "{fact: age, before: «{fact: begun}}"),
        ("framework.type-mismatch", "{answer: A1, includes_any: «[yes]}"),
    ],
)
def test_a_rule_that_names_or_compares_wrongly_is_told_at_its_place(code: str, written: str) -> None:
    visit = ("populations:\n", VISIT.format(when=""))
    faults, place = told(*rule(written), *([visit] if "V1" in written else []))
    assert (code, place) in faults
    assert {found for found, _ in faults} <= {code, "framework.type-mismatch"}


@pytest.mark.parametrize(
    ("code", "when"),
    [("", ", when: {fact: report, is: yes}"), ("", ", when: {all: [{fact: kept, is: yes}, {answer: A1, is: yes}]}"),
     ("framework.other-subject", ", when: {fact: «grade, is: a}")],
)  # fmt: skip
def test_a_rule_about_a_row_looks_at_the_row_and_its_case_only(code: str, when: str) -> None:
    faults, place = told(*VISITS, ("populations:\n", VISIT.format(when=when)))
    assert faults == ([(code, place)] if code else [])


@pytest.mark.parametrize(
    ("code", "written"),
    [
        (
            "framework.rule-not-here",
            "{elapsed: {from: {fact: begun}, to: {fact: done}, in: «working_days}, at_most: 9}",
        ),
        ("framework.rule-not-here", "{rows: «visit, at_least: 1}"),
        ("framework.later-question", "{count: [«A1], outcome: sufficient, at_least: 1}"),
    ],
)
def test_before_anything_is_answered_only_facts_are_known(code: str, written: str) -> None:
    faults, place = told(*VISITS, ("also: {fact: age, at_most: 17}", f"also: {written}"))
    assert faults == [(code, place)]


def test_weeks_may_be_counted_before_anything_is_answered() -> None:
    weeks = "also: {elapsed: {from: {fact: begun}, to: {fact: done}, in: weeks}, at_most: 9}"
    assert told(("also: {fact: age, at_most: 17}", weeks))[0] == []


# Kinds of subjects that are found --------------------------------------------------------------------------------------


def subjects(*more: str) -> tuple[str, str]:
    return (
        "  - {id: worker, one: worker,",
        "".join(f"  - {line}\n" for line in more) + "  - {id: worker, one: worker,",
    )


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("framework.unknown-id", ["{id: visit, one: v, many: v, found_in: «house}"]),
        ("framework.found-in-circle", ["{id: visit, one: v, many: v, found_in: «visit}"]),
        ("framework.found-too-deep", ["{id: visit, one: v, many: v, found_in: case}",
                                      "{id: note, one: n, many: n, found_in: «visit}"]),
    ],
)  # fmt: skip
def test_what_is_found_is_found_in_something_that_is_listed(code: str, lines: list[str]) -> None:
    faults, place = told(subjects(*lines))
    assert faults == [(code, place)]


def test_a_circle_of_two_is_told_at_both() -> None:
    faults, _ = told(subjects("{id: a, one: a, many: a, found_in: b}", "{id: b, one: b, many: b, found_in: a}"))
    assert [code for code, _ in faults] == ["framework.found-in-circle"] * 2


def test_what_is_drawn_is_not_found_in_something() -> None:
    faults, place = told(
        ("{id: case, one: case, many: cases}", "{id: case, one: case, many: cases, found_in: «worker}")
    )
    assert ("framework.found-first", place) in faults


# Computed, typed and informed questions --------------------------------------------------------------------------------

W1 = "sufficient_when: {answer: W1.topics, includes: law}"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("", [(W1, "table: {lines: [{value: yes, when: {answer: W1.topics, includes: law}}], otherwise: no}")]),
        ("framework.unknown-value", [(W1, "table: {lines: [{value: «law, when: {answer: W1.topics, includes: law}}], otherwise: no}")]),
        ("framework.unknown-value", [(W1, "table: {lines: [{value: yes, when: {answer: W1.topics, includes: law}}], otherwise: «some}")]),
        ("framework.no-points", [(W1, "points: {questions: [«W1.topics]}")]),
        ("framework.unknown-id", [(W1, "points: {questions: [«W9]}")]),
        ("framework.other-subject", [(W1, "points: {questions: [«A1]}")]),
        ("framework.later-question", [(W1, "points: {questions: [«W1]}")]),
        ("framework.type-unexpected", [("scale: topics", "scale: topics\n        type: «integer")]),
        ("framework.type-unexpected", [("kind: gate\n        text: Was a plan", "kind: gate\n        type: «date\n        text: Was a plan")]),
        ("framework.informed-by-nothing", [("scale: sufficiency\n        reasons: usual\n        provenance: {mark",
                                            "scale: sufficiency\n        informed_by: [«A2.due]\n        reasons: usual\n        provenance: {mark")]),
        ("framework.informed-by-nothing", [("scale: sufficiency\n        reasons: usual\n        provenance: {mark",
                                            "scale: sufficiency\n        informed_by: [«A1]\n        reasons: usual\n        provenance: {mark")]),
        ("framework.unknown-id", [("scale: sufficiency\n        reasons: usual\n        provenance: {mark",
                                   "scale: sufficiency\n        informed_by: [«A7]\n        reasons: usual\n        provenance: {mark")]),
        ("framework.unknown-id", [("when: {all: [{answer: A2.due", "required_when: {fact: «rapport, is: yes}\n        when: {all: [{answer: A2.due")]),
        ("framework.unknown-id", [("when: {all: [{answer: A2.due", "not_relevant_when: {fact: «rapport, is: yes}\n        when: {all: [{answer: A2.due")]),
        ("framework.unknown-id", [("when: {all: [{answer: A2.due", "variants: [{when: {fact: «rapport, is: yes}, text: x}]\n        when: {all: [{answer: A2.due")]),
    ],
)  # fmt: skip
def test_what_computed_typed_and_informed_questions_need(code: str, changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert [fault for fault in faults if fault[0] not in LEFT] == ([(code, place)] if code else [])


LEFT = {"framework.always-true"}  # a question that looks at itself has other faults than those that are meant


def test_points_are_not_overridden_and_have_no_scale() -> None:
    faults, place = told((W1, "points: {questions: [W1.topics]}\n          may_override: «true"))
    assert ("framework.override-of-points", place) in faults
    faults, place = told((W1, "points: {questions: [W1.topics]}"), ("polarity: adverse", "scale: «sufficiency"))
    assert ("framework.scale-of-computed", place) in faults


def test_yes_and_no_need_an_option_for_each_outcome() -> None:
    faults, place = told(("polarity: adverse", "scale: «gate"))
    assert ("framework.scale-of-computed", place) in faults


def test_a_screening_asks_what_a_table_and_points_rest_on() -> None:
    short = ("questions: [A1, A1t]}", "questions: [W1]}")
    table = "table: {lines: [{value: yes, when: {answer: W1.topics, includes: law}}], otherwise: no}"
    assert "framework.screening-leaves-out" in [code for code, _ in told(short, (W1, table))[0]]


# Texts for rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line"),
    [("", 'is: "{value} is {name}"'), ("framework.unknown-rule-word", 'isnt: «"{name}"'),
     ("framework.rule-word-holes", 'is: «"{name} is {worth}"'), ("framework.rule-word-holes", 'is: «"{name}"'),
     ("framework.rule-word-holes", 'always: «"always {name}"')],
)  # fmt: skip
def test_texts_for_rules_have_known_keys_and_holes(code: str, line: str) -> None:
    faults, place = told(("    screen: {}\n", f"    screen: {{}}\n    rules:\n      {line}\n"))
    assert faults == ([(code, place)] if code else [])


def test_a_framework_of_two_languages_needs_all_of_them() -> None:
    faults, _ = told(("languages: [en]", "languages: [en, cy]"))
    assert "framework.missing-rule-words" in [code for code, _ in faults]
    assert "framework.missing-rule-words" not in [code for code, _ in told()[0]]
