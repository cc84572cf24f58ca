"""A locked case is opened again by two different people, with a reason; and what changed afterwards is seen."""

from __future__ import annotations

import pytest
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.store.assessments import queries
from caselight.store.assessments.actions import complete, countersign, moderate, record_answers, sign
from caselight.store.assessments.actions.unlocking import allow_unlock, ask_unlock, refuse_unlock, second_unlock
from caselight.store.assessments.past import since, steps_of
from caselight.store.assessments.progress import standings
from caselight.store.assessments.steps import Step
from caselight.store.assessments.unlocks import open_unlockings, unlockings
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)
HERE, C1 = "testshire", ("case", "C1")
ANSWERS = (
    sent("C1", "A", "yes", op_id(1)),
    sent("C1", "B.due", "no", op_id(2)),
    sent("C1", "C", "no", op_id(3), note="Words."),
)
WHY = "A page of the file was missed."


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def do(action, by, *, where=HERE, **more):
    return action(by=by, inspection=where, subject=C1, at=AT, **more)


def ask(by, number=1, *, where=HERE, reason=WHY):
    do(ask_unlock, by, where=where, key=f"{number:032x}", reason=reason)


def lock(where=HERE):
    record_answers(by="i1", inspection=where, device="d", events=ANSWERS, at=AT)
    for action, by in ((complete, "i1"), (moderate, "i2"), (sign, "i1"), (countersign, "lead")):
        do(action, by, where=where)


def step():
    return standings(HERE)[C1].step


def codes(refused):
    return [fault.code for fault in refused.value]


def test_an_inspector_asks_the_lead_allows_the_quality_assurer_seconds_and_only_then_it_is_open():
    lock()
    ask("i1")
    assert step() is Step.LOCKED
    assert do(allow_unlock, "lead") is False
    assert step() is Step.LOCKED
    assert do(second_unlock, "qa") is True
    assert step() is Step.UNLOCKED
    assert open_unlockings([HERE]) == ()
    last = steps_of(HERE, C1)[-1]
    assert (last.by, last.second, last.reason) == ("lead", "qa", WHY)
    acts = [row.act for row in AuditRow.objects.filter(act__contains="unlock").order_by("n")]
    assert acts == ["unlock.asked", "unlock.allowed", "unlock.seconded", "case.unlocked"]
    assert not any("missed" in row.row for row in AuditRow.objects.all())


def test_one_person_never_opens_it_alone():
    lock()
    ask("lead")
    do(allow_unlock, "lead")
    with pytest.raises(Faults) as refused:
        do(second_unlock, "lead")
    assert codes(refused) == ["answer.unlock-same-person"]
    assert step() is Step.LOCKED
    do(refuse_unlock, "qa", reason="It is right.")
    ask("i1", 2)
    do(second_unlock, "qa")
    for by in ("qa",):
        with pytest.raises(Faults) as refused:
            do(allow_unlock, by)
        assert codes(refused) == ["answer.unlock-same-person"]
    assert do(allow_unlock, "lead") is True


def test_a_refusal_needs_a_reason_keeps_the_case_locked_and_it_may_be_asked_again():
    lock()
    ask("i1")
    with pytest.raises(Faults) as refused:
        do(refuse_unlock, "lead", reason=" ")
    assert codes(refused) == ["answer.unlock-reason"]
    do(refuse_unlock, "lead", reason="The file is whole.")
    for action in (allow_unlock, second_unlock):
        with pytest.raises(Faults) as refused:
            do(action, "qa")
        assert codes(refused) == ["answer.unlock-unasked"]
    ask("i1", 2)
    assert [one.open for one in unlockings(HERE, C1)] == [False, True]
    assert unlockings(HERE, C1)[0].steps[-1].reason == "The file is whole."


def test_it_is_asked_once_with_a_reason_and_only_of_a_locked_case():
    with pytest.raises(Faults) as refused:
        ask("i1")
    assert codes(refused) == ["answer.unlock-not-locked"]
    lock()
    with pytest.raises(Faults) as refused:
        ask("i1", reason=" ")
    assert codes(refused) == ["answer.unlock-reason"]
    ask("i1")
    ask("i1")
    assert len(unlockings(HERE, C1)) == len(unlockings(HERE, C1)[0].steps) == 1
    with pytest.raises(Faults) as refused:
        ask("lead", 2)
    assert codes(refused) == ["answer.unlock-asked"]


def test_in_a_local_audit_the_lead_opens_it_alone():
    lock("testshire-audit")
    ask("ll", where="testshire-audit")
    assert do(allow_unlock, "ll", where="testshire-audit") is True


def test_what_changed_since_the_lock_is_told_with_what_stood_then():
    lock()
    mark = steps_of(HERE, C1)[-1]
    ask("i1")
    do(allow_unlock, "lead")
    do(second_unlock, "qa")
    assert list(since(HERE, C1, mark.n, queries.events_of(HERE, *C1))) == []
    record_answers(
        by="i1", inspection=HERE, device="d", events=[sent("C1", "A", "no", op_id(9), base_op_ids=(op_id(1),))], at=AT
    )
    (change,) = since(HERE, C1, mark.n, queries.events_of(HERE, *C1))
    assert change.place.question_id == "A"
    assert ([one.value for one in change.before], [one.value for one in change.after]) == (["yes"], ["no"])
