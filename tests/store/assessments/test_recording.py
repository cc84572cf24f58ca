"""Recording: a message is kept once, answered the same every time, refused with a reason, and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.answers.events import payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Faults
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import Message, record_answers, record_messages
from caselight.store.assessments.receipts import Receipt, Refusal, genuine
from caselight.store.audit import keys
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)


def record(*events, by="i1", **more):
    return record_answers(by=by, inspection="testshire", device="d1", events=events, at=AT, **more)


def code(answer):
    assert isinstance(answer, Refusal), answer
    return answer.code


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def test_an_answer_is_kept_as_it_was_sent_with_the_time_of_the_server():
    event = sent("C1", "A", "no", op_id(1), note="Nobody asked – “why?”\n", themes=("T",), notable=True)
    (receipt,) = record(event)
    assert isinstance(receipt, Receipt)
    (kept,) = queries.events("testshire")
    assert kept == event._replace(server_time="2026-03-02T09:00:00.000Z")
    assert payload_digest(kept) == receipt.payload_sha256


def test_a_receipt_can_be_verified_alone_and_names_the_audit_row_that_was_written_with_the_answer():
    (receipt,) = record(sent("C1", "A", "yes", op_id(1)))
    assert genuine(receipt, keys.public_key())
    row = AuditRow.objects.get(chain="inspection:testshire", n=receipt.chain_index)
    assert (row.hash, row.object_key, row.act) == (receipt.chain_hash, receipt.op_id, "answer.recorded")
    assert not genuine(Receipt(**{**_fields(receipt), "chain_index": 2}), keys.public_key())


def _fields(receipt):
    return {name: getattr(receipt, name) for name in Receipt.__slots__}


def test_the_same_message_again_gets_the_same_receipt_and_changes_nothing():
    event = sent("C1", "A", "yes", op_id(1), note="As agreed.")
    first = record(event)
    again = record_answers(by="i1", inspection="testshire", device="other", events=[event], at=AT + timedelta(days=3))
    assert again == first == record(event, event)[:1] == record(event, event)[1:]
    assert models.AnswerEvent.objects.count() == AuditRow.objects.count() == 1


def test_the_same_message_twice_in_one_call_is_one_event():
    event = sent("C1", "A", "yes", op_id(1))
    first, second = record(event, event)
    assert first == second
    assert models.AnswerEvent.objects.count() == 1


def test_the_same_id_with_other_content_is_kept_apart_and_shown():
    event = sent("C1", "A", "yes", op_id(1))
    other = altered(event, note="I changed my mind.")
    record(event)
    assert code(record(other)[0]) == "answer.other-content"
    assert code(record(other)[0]) == "answer.other-content"
    (aside,) = queries.quarantined("testshire")
    assert (aside.event, aside.code, aside.received_from, aside.settled) == (other, "answer.other-content", "i1", False)
    assert [kept.note for kept in queries.events("testshire")] == [""]


def test_an_id_of_another_inspection_gets_no_receipt():
    event = sent("C1", "A", "yes", op_id(1))
    record_answers(by="i1", inspection="otherham", device="d", events=[event], at=AT)
    assert code(record(event)[0]) == "answer.other-content"


def test_a_replay_gets_its_receipt_whatever_has_happened_since(inspection):
    event = sent("C1", "A", "yes", op_id(1))
    first = record(event)
    models.CaseStep.objects.create(
        inspection=inspection, subject_kind="case", subject_key="C1", step="locked", by="lead", at=AT
    )
    inspection.state = "closed"
    inspection.save()
    assert record(event) == first


LONG = "x" * 20_001
WRONG = {
    "answer.malformed-id": {"op_id": "7"},
    "answer.oversize": {"note": LONG},
    "answer.malformed": {"note": "a\x00b"},
    "answer.not-own": {"actor": "i2"},
    "answer.framework-version": {"framework_version": "0"},
    "answer.unknown-subject": {"subject_key": "C9"},
    "answer.unknown-question": {"question_id": "Z"},
    "answer.wrong-tool": {"tool": "interview"},
    "answer.wrong-place": {"pass_": "third"},
    "answer.inadmissible": {"value": "perhaps"},
    "answer.unknown-base": {"base_op_ids": (op_id(99),)},
    "answer.resolution-without-heads": {"resolves_reason": "because"},
}
NOT_KEPT = {"answer.malformed-id", "answer.oversize", "answer.malformed", "answer.digest"}


@pytest.mark.parametrize("expected", sorted(WRONG))
def test_each_wrong_message_is_refused_with_its_code_and_kept_where_it_would_be_lost(expected):
    event = altered(sent("C1", "A", "yes", op_id(1)), **WRONG[expected])
    (answer,) = record(event)
    assert code(answer) == expected
    assert answer.kept is (expected not in NOT_KEPT)
    assert [aside.event for aside in queries.quarantined("testshire")] == ([event] if answer.kept else [])
    assert queries.events("testshire") == ()
    assert answer.says.endswith(".")
    assert answer.cure


def test_a_message_that_was_changed_on_its_way_is_refused():
    event = sent("C1", "A", "yes", op_id(1))._replace(value="no", reasons=("weak",))
    assert code(record(event)[0]) == "answer.digest"


def test_nothing_is_recorded_before_fieldwork_or_in_a_draft(inspection):
    for state in ("setup", "draft", "fact_check", "embargo", "published", "closed"):
        inspection.state = state
        inspection.save()
        assert code(record(sent("C1", "A", "yes", op_id(1)))[0]) == "answer.not-recording"


def test_a_locked_case_takes_no_answer_and_the_message_is_kept(inspection):
    models.CaseStep.objects.create(
        inspection=inspection, subject_kind="case", subject_key="C1", step="locked", by="lead", at=AT
    )
    assert code(record(sent("C1", "A", "yes", op_id(1)))[0]) == "answer.locked"
    assert isinstance(record(sent("C2", "A", "yes", op_id(2)))[0], Receipt)
    assert len(queries.quarantined("testshire")) == 1


def test_a_base_of_another_question_is_refused():
    record(sent("C1", "A", "yes", op_id(1)))
    event = sent("C1", "B.due", "yes", op_id(2), base_op_ids=(op_id(1),))
    assert code(record(event)[0]) == "answer.stale-base"


def test_messages_that_arrive_in_the_wrong_order_are_put_in_order():
    first = sent("C1", "A", "yes", op_id(1))
    second = sent("C1", "A", "no", op_id(2), base_op_ids=(op_id(1),))
    third = sent("C1", "A", "yes", op_id(3), base_op_ids=(op_id(2),))
    answers = record(third, second, first)
    assert [answer.op_id for answer in answers] == [op_id(3), op_id(2), op_id(1)]
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert code(record(sent("C1", "A", "no", op_id(5), base_op_ids=(op_id(4),)))[0]) == "answer.unknown-base"


def test_a_circle_of_bases_is_refused():
    one = sent("C1", "A", "yes", op_id(1), base_op_ids=(op_id(2),))
    two = sent("C1", "A", "yes", op_id(2), base_op_ids=(op_id(1),))
    assert {code(answer) for answer in record(one, two)} == {"answer.unknown-base"}


def test_a_message_that_was_refused_and_later_recorded_is_settled():
    first = sent("C1", "A", "yes", op_id(1))
    second = sent("C1", "A", "no", op_id(2), base_op_ids=(op_id(1),))
    assert code(record(second)[0]) == "answer.unknown-base"
    record(first)
    assert isinstance(record(second)[0], Receipt)
    assert [aside.settled for aside in queries.quarantined("testshire")] == [True]


def test_two_people_who_answer_at_once_both_keep_their_answer_until_somebody_decides():
    record(sent("C1", "A", "yes", op_id(1)))
    record(sent("C1", "A", "no", op_id(2), base_op_ids=(op_id(1),)))
    record(sent("C1", "A", "yes", op_id(3), actor="i2", base_op_ids=(op_id(1),)), by="i2")
    (group,) = queries.contested("testshire").values()
    assert [event.op_id for event in group] == [op_id(2), op_id(3)]
    both = (op_id(2), op_id(3))
    silent = sent("C1", "A", "no", op_id(4), actor="lead", base_op_ids=both)
    assert code(record(silent, by="lead")[0]) == "answer.resolution-without-reason"
    decided = sent("C1", "A", "no", op_id(5), actor="lead", base_op_ids=both, resolves_reason="Both read it again.")
    assert isinstance(record(decided, by="lead")[0], Receipt)
    assert queries.contested("testshire") == {}


def test_one_bad_message_does_not_hold_up_the_others():
    answers = record(sent("C1", "Z", "yes", op_id(1)), sent("C1", "A", "yes", op_id(2)))
    assert code(answers[0]) == "answer.unknown-question"
    assert isinstance(answers[1], Receipt)


def test_words_lie_sealed_and_coded_answers_plain():
    record(sent("C1", "A", "no", op_id(1), note="Sentinel words"))
    (row,) = models.AnswerEvent.objects.all()
    assert row.value == "no"
    assert b"Sentinel" not in bytes(row.sealed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row FROM audit_auditrow")
        assert "Sentinel" not in str(cursor.fetchall())


def test_evidence_comes_with_its_event_and_not_a_second_time():
    event = sent("C1", "A", "yes", op_id(1))
    told = {"locators": [Locator(op_id(1), "plan", "page 2")], "excerpts": [Excerpt("e1", op_id(1), "Quoted.", "Sam")]}
    assert record(event, **told) == record(event, **told)
    assert queries.locators("testshire") == tuple(told["locators"])
    assert queries.excerpts("testshire") == tuple(told["excerpts"])
    other = sent("C1", "B.due", "yes", op_id(2))
    assert code(record(other, excerpts=[Excerpt("e1", op_id(2), "Others.")])[0]) == "answer.excerpt-key"
    with pytest.raises(Faults, match="evidence-without-event"):
        record(event, excerpts=[Excerpt("e2", op_id(7), "Lost.")])


def test_a_receipt_is_never_given_inside_a_transaction_that_may_be_undone():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(sent("C1", "A", "yes", op_id(1)))


def test_an_unknown_inspection_is_refused():
    with pytest.raises(Faults, match="no-inspection"):
        record_answers(by="i1", inspection="nowhere", device="d", events=[], at=AT)


def test_messages_of_several_people_share_one_commit_and_are_answered_apart():
    one = Message("i1", "testshire", "d1", (sent("C1", "A", "yes", op_id(1)),))
    two = Message("i2", "otherham", "d2", (sent("C1", "A", "yes", op_id(2), actor="i2"),))
    wrong = Message("i2", "testshire", "d2", (sent("C1", "A", "yes", op_id(3)),))
    answers = record_messages([one, two, wrong], at=AT)
    assert [type(answer) for (answer,) in answers] == [Receipt, Receipt, Refusal]
    assert [answer.op_id for (answer,) in answers] == [op_id(1), op_id(2), op_id(3)]


def test_where_no_audit_row_can_be_written_nothing_is_recorded(monkeypatch):
    def full(*_, **__):
        raise ValueError("no row")

    monkeypatch.setattr("caselight.store.assessments.actions.recording.record_all", full)
    with pytest.raises(ValueError, match="no row"):
        record(sent("C1", "A", "yes", op_id(1)))
    assert models.AnswerEvent.objects.count() == 0


# ── evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────

PLACES = [Locator(op_id(1), "Plan", "p. 3"), Locator(op_id(1), "Court report", "p. 1")]
QUOTE = Excerpt("x1", op_id(1), "“You could see that.”", "Sam", "lead")


def test_a_receipt_names_the_evidence_that_was_kept_and_the_same_evidence_gets_the_same_receipt():
    event = sent("C1", "A", "yes", op_id(1))
    (receipt,) = record(event, locators=PLACES, excerpts=[QUOTE])
    assert receipt.evidence_sha256
    assert genuine(receipt, keys.public_key())
    assert record(event, locators=PLACES[::-1], excerpts=[QUOTE]) == (receipt,)
    assert queries.receipt(event.op_id) == receipt
    (bare,) = record(sent("C2", "A", "yes", op_id(2)))
    assert bare.evidence_sha256 == ""


def test_a_message_without_its_evidence_takes_none_away_and_is_told_of_what_is_kept():
    event = sent("C1", "A", "yes", op_id(1))
    (receipt,) = record(event, excerpts=[QUOTE])
    assert record(event) == (receipt,)
    assert len(queries.excerpts("testshire")) == 1


@pytest.mark.parametrize("first", [[], PLACES[:1]], ids=["to none", "to other evidence"])
def test_evidence_that_comes_later_is_set_aside_and_never_lost(first):
    event = sent("C1", "A", "yes", op_id(1))
    record(event, locators=first)
    for _ in range(2):
        assert code(record(event, locators=PLACES, excerpts=[QUOTE])[0]) == "answer.other-evidence"
    assert code(record(event, locators=PLACES[1:])[0]) == "answer.other-evidence"
    aside = queries.quarantined("testshire")
    assert [one.settled for one in aside] == [False, False]
    assert len(queries.locators("testshire")) == len(first)


def test_the_same_message_from_two_places_at_once_loses_no_evidence():
    event = sent("C1", "A", "yes", op_id(1))
    messages = [
        Message("i1", "testshire", device, (event,), tuple(places))
        for device, places in (("a", PLACES[:1]), ("b", PLACES), ("c", ()), ("d", PLACES[:1]))
    ]
    (one,), (other,), (bare,), (same,) = record_messages(messages, at=AT)
    assert one == bare == same
    assert code(other) == "answer.other-evidence"
    assert queries.set_aside("testshire") == 1


def test_a_message_that_is_refused_twice_with_other_evidence_is_kept_twice():
    event = sent("C9", "A", "yes", op_id(1))
    for places in (PLACES[:1], PLACES, PLACES):
        assert code(record(event, locators=places)[0]) == "answer.unknown-subject"
    assert queries.set_aside("testshire") == 2
