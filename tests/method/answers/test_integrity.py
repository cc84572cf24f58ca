"""Each rule about recorded events, shown by the smallest list of events that breaks it."""

from datetime import date

import pytest
from tests.factories import minimal
from tests.factories.folders import event, op

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.integrity import Register, event_faults
from caselight.method.faults import Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
SHORT = frozenset(question.id for question in minimal().asked("short"))
ALL = frozenset(minimal().questions)


def found(events: list[AnswerEvent], asked: frozenset[str] = ALL) -> list[tuple[str, int, str, Severity]]:
    register = Register(
        minimal(),
        asked,
        frozenset({("case", "k1"), ("case", "k2"), ("worker", "w1")}),
        frozenset({"i1"}),
        date(2016, 1, 27),
    )
    return [(f.code, f.where[1], f.where[2], f.severity) for f in event_faults(events, register)]  # type: ignore[misc]


def worker(number: int, value: str, **more: object) -> AnswerEvent:
    return event(number, "w1", "W1.topics", value, tool="interview", subject_kind="worker", **more)


NO = {"value": "no", "reasons": ("late",)}
FIRST = event(1)

ONE_FAULT: list[tuple[list[AnswerEvent], str, int, str, Severity]] = [
    ([event(1, tool="cases")], "package.unknown-tool", 0, "tool", ERROR),
    ([event(1, "w1", tool="interview", subject_kind="worker")], "package.wrong-tool", 0, "tool", ERROR),
    ([event(1, table="visits", row_key="1")], "package.unknown-table", 0, "table", ERROR),
    ([event(1, question="A9")], "package.unknown-question", 0, "question_id", ERROR),
    ([event(1, question="fact:colour")], "package.unknown-question", 0, "question_id", ERROR),
    ([event(1, question="fact:grade")], "package.unknown-question", 0, "question_id", ERROR),
    ([event(1, question="A1t")], "package.computed-question", 0, "question_id", ERROR),
    ([event(1, pass_="third")], "package.unknown-pass", 0, "pass_", ERROR),
    ([event(1, subject="k9")], "package.unknown-subject", 0, "subject_key", ERROR),
    ([event(1, actor="i9")], "package.unknown-actor", 0, "actor", WARNING),
    ([event(1, value="maybe")], "package.not-an-option", 0, "value", ERROR),
    ([event(1, value="")], "package.not-an-option", 0, "value", ERROR),
    ([event(1, value="yes|no")], "package.not-an-option", 0, "value", ERROR),
    ([worker(1, "law|art")], "package.not-an-option", 0, "value", ERROR),
    ([worker(1, "law|law")], "package.option-twice", 0, "value", ERROR),
    ([event(1, question="fact:age", value="old")], "package.bad-fact", 0, "value", ERROR),
    ([event(1, question="fact:order", value="none")], "package.bad-fact", 0, "value", ERROR),
    ([event(1, value="not_relevant")], "package.not-relevant-without-reason", 0, "reasons", ERROR),
    ([event(1, value="not_relevant", reasons=("late",))], "package.unknown-reason", 0, "reasons", ERROR),
    ([event(1, value="no")], "package.no-reason", 0, "reasons", ERROR),
    ([event(1, value="no", reasons=("bored",))], "package.unknown-reason", 0, "reasons", ERROR),
    ([event(1, value="yes", reasons=("late",))], "package.unknown-reason", 0, "reasons", ERROR),
    ([event(1, value="no", reasons=("other",))], "package.reason-needs-note", 0, "note", ERROR),
    ([event(1, value="not_relevant", reasons=("other",))], "package.reason-needs-note", 0, "note", ERROR),
    ([FIRST, FIRST], "package.event-repeated", 1, "op_id", WARNING),
    ([FIRST, FIRST._replace(server_time="2015-12-15T10:00:00Z")], "package.event-repeated", 1, "op_id", WARNING),
    ([FIRST, event(1, **NO)], "package.event-altered", 1, "op_id", ERROR),
    ([event(1, op_id="")], "package.no-op-id", 0, "op_id", ERROR),
    ([event(1, op_id="mine")], "package.op-id-form", 0, "op_id", HINT),
    ([FIRST._replace(note="changed")], "package.payload-changed", 0, "payload_sha256", ERROR),
    ([FIRST._replace(device="d2")], "package.payload-changed", 0, "payload_sha256", ERROR),
    ([FIRST._replace(payload_sha256="")], "package.no-payload-digest", 0, "payload_sha256", WARNING),
    ([event(1, base_op_ids=(op(9),))], "package.unknown-base", 0, "base_op_ids", WARNING),
    ([FIRST, event(2, "k2", base_op_ids=(op(1),))], "package.base-of-other-answer", 1, "base_op_ids", ERROR),
    ([event(1, base_op_ids=(op(1),))], "package.base-cycle", 0, "base_op_ids", ERROR),
    (
        [event(1, base_op_ids=(op(2),)), event(2, base_op_ids=(op(1),))],
        "package.base-cycle",
        1,
        "base_op_ids",
        ERROR,
    ),
    ([event(1, resolves_reason="agreed")], "package.resolution-without-heads", 0, "base_op_ids", ERROR),
    ([event(1, base_op_ids=(op(9),), resolves_reason="agreed")], "package.unknown-base", 0, "base_op_ids", WARNING),
    (
        [FIRST, event(2, **NO), event(3, base_op_ids=(op(1), op(2)))],
        "package.resolution-without-reason",
        2,
        "resolves_reason",
        ERROR,
    ),
    ([FIRST, event(2, **NO)], "package.contested", 0, "op_id", WARNING),
    ([event(1, client_time="2015-12-14 10:00")], "package.bad-instant", 0, "client_time", ERROR),
    ([event(1, client_time="2015-12-14T10:00:00+01:00")], "package.bad-instant", 0, "client_time", ERROR),
    ([event(1, client_time="2015-02-30T10:00:00Z")], "package.bad-instant", 0, "client_time", ERROR),
    ([event(1, client_time="")], "package.bad-instant", 0, "client_time", ERROR),
    ([event(1, server_time="soon")], "package.bad-instant", 0, "server_time", ERROR),
    ([event(1, client_time="2015-12-15T10:00:02Z")], "package.clock-ahead", 0, "client_time", WARNING),
    (
        [event(1, client_time="2016-01-28T00:00:00Z", server_time="")],
        "package.after-publication",
        0,
        "client_time",
        WARNING,
    ),
    ([event(1, framework_version="0")], "package.other-version", 0, "framework_version", ERROR),
]


@pytest.mark.parametrize(("events", "code", "row", "field", "severity"), ONE_FAULT)
def test_each_rule_finds_its_one_fault(
    events: list[AnswerEvent], code: str, row: int, field: str, severity: Severity
) -> None:
    assert found(events) == [(code, row, field, severity)]


GOOD: dict[str, list[AnswerEvent]] = {
    "a yes": [FIRST],
    "a no with a reason": [event(1, **NO)],
    "another reason with its note": [event(1, value="no", reasons=("late", "other"), note="The rest.")],
    "several options": [worker(1, "law|health")],
    "not relevant with its reason": [event(1, value="not_relevant", reasons=("elsewhere",))],
    "taken back": [event(1, value="", withdrawn=True)],
    "a fact": [event(1, question="fact:age", value="16")],
    "a fact that is not known after all": [event(1, question="fact:age", value="")],
    "two readers do not contest each other": [FIRST, event(2, pass_="second", **NO)],
    "an amendment": [FIRST, event(2, base_op_ids=(op(1),), **NO)],
    "a reason that came later": [event(1, value="no"), event(2, base_op_ids=(op(1),), **NO)],
    "a resolution": [FIRST, event(2, **NO), event(3, base_op_ids=(op(1), op(2)), resolves_reason="agreed")],
    "not yet at the server": [event(1, server_time="")],
    "a fraction of a second": [event(1, client_time="2015-12-14T10:00:00.123Z")],
    "a clock an hour ahead": [event(1, client_time="2015-12-14T11:00:00Z")],
    "just past midnight": [event(1, client_time="2015-12-15T00:00:01Z", server_time="2015-12-14T23:59:59Z")],
    "on the day of publication": [event(1, client_time="2016-01-27T23:59:59.9Z", server_time="")],
    "the service about itself": [event(1, pass_="self", actor="somebody")],
}


@pytest.mark.parametrize("events", GOOD.values(), ids=GOOD.keys())
def test_what_is_right_has_no_fault(events: list[AnswerEvent]) -> None:
    assert found(events) == []


def test_a_wrong_kind_of_subject_is_named_once_for_the_tool_and_once_for_the_subject() -> None:
    assert [code for code, *_ in found([event(1, subject_kind="worker")])] == [
        "package.wrong-subject-kind",
        "package.unknown-subject",
    ]


def test_an_answer_that_the_screening_does_not_ask_is_a_warning() -> None:
    assert found([event(1, question="A2.due")], SHORT) == [("package.not-asked", 0, "question_id", WARNING)]


def test_what_an_answer_says_is_judged_even_when_it_no_longer_stands() -> None:
    events = [event(1, value="maybe"), event(2, base_op_ids=(op(1),))]
    assert found(events) == [("package.not-an-option", 0, "value", ERROR)]


def test_a_chain_as_long_as_the_file_is_no_circle_and_no_recursion() -> None:
    chain = [event(1), *(event(n, base_op_ids=(op(n - 1),)) for n in range(2, 5_000))]
    assert found(chain) == []
    chain[0] = event(1, base_op_ids=(op(4_999),))
    assert [code for code, *_ in found(chain)] == ["package.base-cycle"]
