"""Two answers to one question: both authors agree which one stands, or the lead decides; both stay."""

from __future__ import annotations

import pytest
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.procedures.moderating import decide, prefer_one
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.actions.agreeing import prefer
from caselight.store.assessments.receipts import Receipt
from caselight.store.assessments.stances import questions_contested, stances
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "testshire"
HEADS = (op_id(1), op_id(2))


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def record(*events):
    for event in events:
        record_answers(by=event.actor, inspection=HERE, device="d", events=[event], at=AT)


@pytest.fixture
def two():
    record(sent("C2", "A", "yes", HEADS[0]), sent("C2", "A", "no", HEADS[1], actor="i2"))


def say(by, chosen, reason="It is in the plan.", heads=HEADS, do=prefer_one):
    return do(by=by, inspection=HERE, heads=heads, chosen=chosen, reason=reason, at=AT)


def codes(refused):
    return [fault.code for fault in refused.value]


@pytest.mark.usefixtures("two")
def test_it_is_decided_when_both_authors_say_the_same_and_both_answers_stay():
    assert say("i1", HEADS[1], "I had not seen page 3.") is None
    assert questions_contested(HERE) == questions_contested(HERE, author="i1") == 1
    receipt = say("i2", HEADS[1])
    assert isinstance(receipt, Receipt)
    assert questions_contested(HERE) == 0
    (standing,) = (group for group in queries.standing(HERE).values())
    assert [(one.value, one.actor, one.resolves_reason, set(one.base_op_ids)) for one in standing] == [
        ("no", "i2", "It is in the plan.", set(HEADS))
    ]
    assert {event.op_id for event in queries.events(HERE)} == {*HEADS, receipt.op_id}
    assert {(one.by, one.reason) for one in stances(HERE)} == {
        ("i1", "I had not seen page 3."), ("i2", "It is in the plan."),
    }  # fmt: skip


@pytest.mark.usefixtures("two")
def test_authors_who_say_different_things_decide_nothing_until_one_changes_their_mind():
    assert say("i1", HEADS[0]) is None
    assert say("i2", HEADS[1]) is None
    assert questions_contested(HERE) == 1
    assert isinstance(say("i1", HEADS[1]), Receipt)
    assert [one.chosen for one in stances(HERE) if one.by == "i1"] == [HEADS[1]]
    assert models.Stance.objects.count() == 3


@pytest.mark.usefixtures("two")
def test_the_same_word_twice_is_kept_once_and_the_audit_holds_no_words():
    say("i1", HEADS[0], "Because of Kai.")
    say("i1", HEADS[0], "Because of Kai.")
    row = AuditRow.objects.get(act="answer.preferred")
    assert (row.by, row.object_key) == ("i1", HEADS[0])
    assert "Kai" not in row.row


@pytest.mark.usefixtures("two")
def test_only_an_author_with_a_reason_says_it_and_only_of_the_answers_that_stand_now():
    for by, chosen, heads, reason, code in (
        ("lead", HEADS[0], HEADS, "Yes.", "answer.not-an-author"),
        ("i1", HEADS[0], HEADS, " ", "answer.resolves-reason"),
        ("i1", HEADS[0], HEADS[:1], "Yes.", "answer.not-contested"),
        ("i1", op_id(9), HEADS, "Yes.", "answer.not-contested"),
    ):
        with pytest.raises(Faults) as refused:
            say(by, chosen, reason, heads, prefer)
        assert codes(refused) == [code]
    assert models.Stance.objects.count() == 0


@pytest.mark.usefixtures("two")
def test_a_third_answer_undoes_what_was_said_of_two():
    say("i1", HEADS[0])
    record(sent("C2", "A", "yes", op_id(3), actor="i2"))
    with pytest.raises(Faults) as refused:
        say("i2", HEADS[0])
    assert codes(refused) == ["answer.not-contested"]
    three = (*HEADS, op_id(3))
    assert say("i2", HEADS[0], heads=three) is None
    assert isinstance(say("i1", HEADS[0], heads=three), Receipt)


def test_one_person_with_two_answers_of_their_own_decides_alone():
    record(sent("C1", "A", "yes", HEADS[0]), sent("C1", "A", "no", HEADS[1]))
    assert isinstance(say("i1", HEADS[1]), Receipt)


@pytest.mark.usefixtures("two")
def test_the_lead_decides_whatever_the_authors_said():
    say("i1", HEADS[0])
    assert isinstance(decide(by="lead", inspection=HERE, chosen=HEADS[1], reason="It is.", at=AT), Receipt)
    with pytest.raises(Faults) as refused:
        say("i2", HEADS[0])
    assert codes(refused) == ["answer.not-contested"]
