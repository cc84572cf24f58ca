"""From complete to locked: what each step needs, and what a later answer does to it."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import (
    complete,
    countersign,
    moderate,
    record_answers,
    reopen,
    sign,
    take_in,
    unlock,
)
from caselight.store.assessments.actions.stepping import statement
from caselight.store.assessments.progress import standings
from caselight.store.assessments.receipts import Receipt
from caselight.store.assessments.steps import Step
from caselight.store.audit import keys

pytestmark = pytest.mark.django_db(transaction=True)
C1 = ("case", "C1")
ANSWERS = (
    sent("C1", "A", "yes", op_id(1)),
    sent("C1", "B.due", "no", op_id(2)),
    sent("C1", "C", "no", op_id(3), note="Words."),
)


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def record(*events, by="i1", where="testshire"):
    return record_answers(by=by, inspection=where, device="d", events=events, at=AT)


def step(action, by, *, where="testshire", **more):
    return action(by=by, inspection=where, subject=C1, at=AT, **more)


def locked(where="testshire"):
    record(*ANSWERS, where=where)
    for action, by in ((complete, "i1"), (moderate, "i2"), (sign, "i1"), (countersign, "lead")):
        done = step(action, by, where=where)
    return done


def codes(refused):
    return {fault.code for fault in refused.value}


def test_a_case_goes_from_complete_to_locked_and_each_step_is_kept():
    assert locked().step is Step.LOCKED
    standing = standings("testshire")[C1]
    assert (standing.step, standing.by, standing.agreed, standing.void) == (Step.LOCKED, "lead", True, False)
    assert [row.step for row in models.CaseStep.objects.order_by("id")] == [
        "completed",
        "moderated",
        "signed",
        "locked",
    ]


def test_a_case_with_open_questions_is_not_complete():
    record(ANSWERS[0])
    with pytest.raises(Faults) as refused:
        step(complete, "i1")
    assert {fault.where[2] for fault in refused.value} == {"B.due", "B", "C"}
    assert codes(refused) == {"answer.case-unanswered"}


def test_a_contested_answer_stops_every_step():
    record(*ANSWERS)
    record(sent("C1", "A", "no", op_id(9), actor="i2"), by="i2")
    with pytest.raises(Faults) as refused:
        step(complete, "i1")
    assert codes(refused) == {"answer.case-contested"}


def test_a_no_without_its_reason_is_not_complete():
    record(*ANSWERS[:2], sent("C1", "C", "no", op_id(3), reasons=()))
    with pytest.raises(Faults) as refused:
        step(complete, "i1")
    assert codes(refused) == {"answer.case-lacks-reason"}


@pytest.mark.parametrize("action", [moderate, sign, countersign])
def test_steps_keep_their_order(action):
    record(*ANSWERS)
    with pytest.raises(Faults) as refused:
        step(action, "i2")
    assert codes(refused) == {"answer.case-step"}


def test_nobody_moderates_or_countersigns_their_own():
    record(*ANSWERS)
    step(complete, "i1")
    with pytest.raises(Faults) as refused:
        step(moderate, "i1")
    assert codes(refused) == {"answer.case-second-person"}
    step(moderate, "i2")
    step(sign, "i1")
    with pytest.raises(Faults) as refused:
        step(countersign, "i1")
    assert codes(refused) == {"answer.case-second-person"}


def test_in_a_local_audit_one_person_takes_all_steps():
    record(*ANSWERS, where="testshire-audit")
    for action in (complete, moderate, sign, countersign):
        step(action, "i1", where="testshire-audit")
    step(unlock, "i1", where="testshire-audit", second="i1", reason="A mistake.")


def test_a_later_answer_voids_a_signature_and_the_case_is_moderated_again():
    record(*ANSWERS)
    for action, by in ((complete, "i1"), (moderate, "i2"), (sign, "i1")):
        step(action, by)
    changed = sent("C1", "A", "no", op_id(4), base_op_ids=(op_id(1),))
    assert isinstance(record(changed)[0], Receipt)
    standing = standings("testshire")[C1]
    assert (standing.step, standing.void, standing.agreed) == (Step.SIGNED, True, False)
    for action in (countersign, sign):
        with pytest.raises(Faults) as refused:
            step(action, "lead")
        assert codes(refused) == {"answer.case-changed"}
    step(moderate, "i2")
    step(sign, "i1")
    assert step(countersign, "lead").agreed


def test_a_locked_case_is_unlocked_by_two_people_with_a_reason_and_takes_answers_again():
    locked()
    late = sent("C1", "A", "no", op_id(4), base_op_ids=(op_id(1),))
    assert record(late)[0].code == "answer.locked"
    for second, reason, code in (
        ("", "Why.", "answer.case-second-person"),
        ("lead", "Why.", "answer.case-second-person"),
        ("qa", " ", "answer.case-reason"),
    ):
        with pytest.raises(Faults) as refused:
            step(unlock, "lead", second=second, reason=reason)
        assert codes(refused) == {code}
    step(unlock, "lead", second="qa", reason="A page was missed.")
    assert isinstance(record(late)[0], Receipt)
    assert [aside.settled for aside in queries.quarantined("testshire")] == [True]
    assert b"page" not in bytes(models.CaseStep.objects.last().sealed)
    step(complete, "i1")


def test_an_import_into_a_locked_case_voids_the_lock_and_only_unlocking_helps():
    locked()
    late = sent("C1", "A", "no", op_id(4), base_op_ids=(op_id(1),), server_time="2026-03-02T09:00:00Z")
    take_in(by="lead", inspection="testshire", events=[late], at=AT, first=True)  # refused where it is joined
    assert standings("testshire")[C1].void
    with pytest.raises(Faults) as refused:
        step(moderate, "i2")
    assert codes(refused) == {"answer.case-changed"}
    step(unlock, "lead", second="qa", reason="It came from a laptop.")


def test_a_case_that_is_not_locked_is_opened_again_with_a_reason():
    record(*ANSWERS)
    step(complete, "i1")
    with pytest.raises(Faults):
        step(reopen, "i1", reason="")
    assert step(reopen, "i1", reason="Too early.").step is Step.REOPENED
    step(complete, "i1")


def test_no_step_is_taken_in_a_draft_or_about_nobody(inspection):
    with pytest.raises(Faults, match="case-unknown"):
        complete(by="i1", inspection="testshire", subject=("case", "C9"), at=AT)
    inspection.state = "draft"
    inspection.save()
    with pytest.raises(Faults, match="case-not-now"):
        step(complete, "i1")


def test_what_a_person_signed_can_be_checked_with_the_public_key():
    locked()
    row = models.CaseStep.objects.get(step="signed")
    head = ("inspection:testshire", row.chain_n, row.chain_hash)
    said = statement("signed", (*C1, "i1"), row.events_sha256, at=row.at, head=head)
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.public_key())).verify(bytes.fromhex(row.signature), said)
