"""Messages that could not be taken: recorded anew by their author or left out for a reason, and never lost."""

from __future__ import annotations

import pytest
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Faults
from caselight.procedures.putting_right import put_right
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.actions.settling import leave_out, note_recorded
from caselight.store.assessments.quarantine import message_of, messages_open
from caselight.store.assessments.receipts import Receipt, Refusal
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.models import State
from caselight.store.samples.models import Allocation

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "testshire"


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def record(*events, by="i1", **more):
    return record_answers(by=by, inspection=HERE, device="d1", events=events, at=AT, **more)


def old(number=1, **more):
    """A message of another version of the question set, and its number in quarantine."""
    event = altered(sent("C1", "A", "yes", op_id(number), note="As I saw it."), framework_version="0", **more)
    record(event, locators=[Locator(event.op_id, "Plan", "p. 3")], excerpts=[Excerpt("X1", event.op_id, "He said so.")])
    return queries.quarantined(HERE)[-1].number


def put(number, *, by="i1", op=None, bases=(), at=AT):
    return put_right(
        by=by, inspection=HERE, message=number, version="1", op_id=op or op_id(900 + number), bases=bases, at=at
    )


def codes(refused):
    return [fault.code for fault in refused.value]


def test_the_author_records_a_message_anew_with_its_words_its_evidence_and_its_time():
    number = old()
    assert messages_open([HERE]) == messages_open([HERE], received_from="i1") == 1
    receipt = put(number)
    assert isinstance(receipt, Receipt)
    (event,) = queries.events(HERE)
    assert (event.value, event.note, event.framework_version, event.client_time) == (
        "yes", "As I saw it.", "1", "2026-03-02T09:00:00Z",
    )  # fmt: skip
    assert [one.where for one in queries.locators(HERE)] == ["p. 3"]
    assert [one.text for one in queries.excerpts(HERE)] == ["He said so."]
    told = message_of(HERE, number)
    assert (told.open, told.settlement.how, told.settlement.op_id) == (False, "recorded", receipt.op_id)
    assert told.event.note == "As I saw it."
    assert messages_open([HERE]) == 0


def test_what_is_recorded_anew_builds_on_what_the_author_was_shown_and_stands_against_what_came_meanwhile():
    number = old()
    record(sent("C1", "A", "no", op_id(50)))
    put(number, bases=(op_id(50),))
    assert queries.contested(HERE) == {}
    other = old(2)
    record(sent("C1", "A", "no", op_id(51), base_op_ids=(op_id(900 + number),)))
    put(other, bases=(op_id(900 + number),))
    assert [len(group) for group in queries.contested(HERE).values()] == [2]


def test_the_same_sending_twice_records_once_and_another_is_refused():
    number = old()
    put(number)
    note_recorded(by="i1", inspection=HERE, message=number, op_id=op_id(900 + number), at=AT)
    with pytest.raises(Faults) as refused:
        put(number, op=op_id(999))
    assert codes(refused) == ["answer.message-settled"]
    assert models.AnswerEvent.objects.count() == models.Settlement.objects.count() == 1


def test_nobody_but_the_author_records_it_and_nobody_notes_what_was_not_recorded():
    number = old()
    with pytest.raises(Faults) as refused:
        put(number, by="lead")
    assert codes(refused) == ["answer.message-author"]
    with pytest.raises(Faults) as refused:
        note_recorded(by="i1", inspection=HERE, message=number, op_id=op_id(77), at=AT)
    assert codes(refused) == ["answer.message-unrecorded"]
    assert messages_open([HERE]) == 1


def test_an_author_without_the_case_or_in_a_state_without_recording_is_refused_and_the_message_waits(inspection):
    number = old()
    inspection.state = State.DRAFT
    inspection.save()
    assert isinstance(put(number), Refusal)
    inspection.state = State.FIELDWORK
    inspection.save()
    Allocation.objects.filter(inspection=inspection, case_key="C1").delete()
    assert isinstance(put(number), Refusal)
    assert message_of(HERE, number).open
    assert models.AnswerEvent.objects.count() == 0


def test_a_message_in_another_pass_is_recorded_in_the_one_that_the_case_is_given_in(inspection):
    number = old()
    Allocation.objects.filter(inspection=inspection, case_key="C1", user__key="i1").update(pass_kind="second")
    assert isinstance(put(number), Receipt)
    assert [event.pass_ for event in queries.events(HERE)] == ["second"]


def test_a_message_stays_out_only_for_a_reason_and_stays_as_it_came():
    number = old()
    with pytest.raises(Faults) as refused:
        leave_out(by="lead", inspection=HERE, message=number, reason="  ", at=AT)
    assert codes(refused) == ["answer.message-reason"]
    leave_out(by="lead", inspection=HERE, message=number, reason="She answered it again on Monday.", at=AT)
    told = message_of(HERE, number)
    assert (told.open, told.settlement.how, told.settlement.by) == (False, "left-out", "lead")
    assert told.settlement.reason == "She answered it again on Monday."
    assert told.event.note == "As I saw it."
    for again in (lambda: leave_out(by="lead", inspection=HERE, message=number, reason="Again.", at=AT),
                  lambda: put(number)):  # fmt: skip
        with pytest.raises(Faults) as refused:
            again()
        assert codes(refused) == ["answer.message-settled"]
    row = AuditRow.objects.get(act="message.left-out")
    assert (row.by, row.object_key) == ("lead", op_id(1))
    assert "Monday" not in row.row


def test_a_message_of_another_inspection_is_not_known_here():
    number = old()
    for wrong in (number + 1, 0, -1, 10**30):
        with pytest.raises(Faults) as refused:
            leave_out(by="lead", inspection=HERE, message=wrong, reason="No.", at=AT)
        assert codes(refused) == ["answer.message-unknown"]
    with pytest.raises(Faults) as refused:
        leave_out(by="lead2", inspection="otherham", message=number, reason="No.", at=AT)
    assert codes(refused) == ["answer.message-unknown"]


def test_a_message_that_arrives_again_and_is_taken_needs_nobody():
    event = sent("C1", "A", "yes", op_id(1))
    models.CaseStep.objects.create(
        inspection=models.Inspection.objects.get(key=HERE), subject_kind="case", subject_key="C1", step="locked",
        by="lead", at=AT,
    )  # fmt: skip
    record(event)
    assert messages_open([HERE]) == 1
    models.CaseStep.objects.create(
        inspection=models.Inspection.objects.get(key=HERE), subject_kind="case", subject_key="C1", step="unlocked",
        by="lead", at=AT,
    )  # fmt: skip
    record(event)
    assert messages_open([HERE]) == 0
