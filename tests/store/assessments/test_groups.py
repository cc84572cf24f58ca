"""Messages that are recorded together: each is answered by itself, and where the commit fails nobody is told otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Faults
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import Message, record_answers, record_messages
from caselight.store.assessments.receipts import Receipt, Refusal, genuine
from caselight.store.audit import keys
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)
CHAIN = "inspection:testshire"


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def message(*events, by="i1", **more):
    return Message(by, "testshire", f"device-of-{by}", events, **more)


def rows():
    return list(AuditRow.objects.filter(chain=CHAIN).order_by("n"))


def test_each_of_a_group_has_its_own_audit_row_in_its_own_name_and_its_own_receipt():
    before = len(rows())
    one = message(sent("C1", "A", "yes", op_id(1)), sent("C1", "B", "no", op_id(2)))
    two = message(sent("C2", "A", "yes", op_id(3), actor="i2"), by="i2")
    receipts = [receipt for answer in record_messages([one, two], at=AT) for receipt in answer]
    assert all(genuine(receipt, keys.public_key()) for receipt in receipts)
    new = rows()[before:]
    assert [(row.by, row.object_key) for row in new] == [("i1", op_id(1)), ("i1", op_id(2)), ("i2", op_id(3))]
    assert [(row.n, row.hash) for row in new] == [(one.chain_index, one.chain_hash) for one in receipts]
    assert [later.prev for later in new[1:]] == [row.hash for row in new[:-1]]
    assert '"device":"device-of-i2"' in new[2].row


def test_a_bad_message_is_refused_and_kept_and_those_beside_it_get_their_receipts():
    good = message(sent("C1", "A", "yes", op_id(1)))
    in_anothers_name = message(sent("C1", "A", "yes", op_id(2)), by="i2")
    unreadable = message(sent("C1", "A", "yes", "\0"))
    also_good = message(sent("C2", "A", "yes", op_id(3), actor="i2"), by="i2")
    answers = record_messages([good, in_anothers_name, unreadable, also_good], at=AT)
    assert [type(answer) for (answer,) in answers] == [Receipt, Refusal, Refusal, Receipt]
    assert [answers[1][0].code, answers[2][0].code] == ["answer.not-own", "answer.malformed-id"]
    assert [event.op_id for event in queries.events("testshire")] == [op_id(1), op_id(3)]
    assert [(aside.op_id, aside.received_from) for aside in queries.quarantined("testshire")] == [(op_id(2), "i2")]


def test_the_same_message_twice_in_a_group_is_one_event_with_one_receipt_and_its_evidence_once():
    event = sent("C1", "A", "yes", op_id(1))
    evidence = {"locators": (Locator(op_id(1), "Plan", "page 2"),), "excerpts": (Excerpt("X1", op_id(1), "Words."),)}
    first, again = record_messages([message(event, **evidence), message(event, **evidence)], at=AT)
    assert first == again
    assert models.AnswerEvent.objects.count() == models.Locator.objects.count() == models.Excerpt.objects.count() == 1


def test_the_same_id_with_other_content_in_a_group_is_set_aside():
    event = sent("C1", "A", "yes", op_id(1))
    (kept,), (other,) = record_messages([message(event), message(altered(event, note="Otherwise."))], at=AT)
    assert isinstance(kept, Receipt)
    assert other.code == "answer.other-content"
    assert queries.messages_open(["testshire"]) == 1


def test_an_excerpt_key_is_taken_by_the_first_of_a_group():
    def quoting(n):
        return message(sent("C1", "A", "yes", op_id(n)), excerpts=(Excerpt("X1", op_id(n), "Words."),))

    (kept,), (refused,) = record_messages([quoting(1), quoting(2)], at=AT)
    assert isinstance(kept, Receipt)
    assert refused.code == "answer.excerpt-key"


def failing_commit(monkeypatch, *, times):
    """The disk refuses the next commits."""
    left = [times]
    truly = BaseDatabaseWrapper._commit

    def commit(self):
        if left[0] > 0:
            left[0] -= 1
            raise OperationalError("disk I/O error")
        return truly(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", commit)


def test_where_the_commit_of_a_group_fails_nothing_of_it_is_kept_and_nobody_gets_a_receipt(monkeypatch):
    before = len(rows())
    failing_commit(monkeypatch, times=1)
    group = [message(sent("C1", "A", "yes", op_id(1))), message(sent("C2", "A", "yes", op_id(2), actor="i2"), by="i2")]
    with pytest.raises(Faults, match="not-written"):
        record_messages(group, at=AT)
    assert (models.AnswerEvent.objects.count(), len(rows())) == (0, before)


@pytest.mark.parametrize(("times", "least", "most"), [(1_000, 0, 0), (1, 3, 4)], ids=["every commit", "one commit"])
def test_each_who_was_in_a_group_that_failed_is_refused_or_recorded_alone(monkeypatch, times, least, most):
    before, together = len(rows()), Barrier(4)
    failing_commit(monkeypatch, times=times)

    def answer(n):
        together.wait()
        try:
            return record_answers(
                by="i1", inspection="testshire", device="d", at=AT, events=[sent("C1", "A", "yes", op_id(n))]
            )[0]
        except Faults as refused:
            return refused.faults[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(answer, range(1, 5)))
    told = [answer.op_id for answer in answers if isinstance(answer, Receipt)]
    assert {answer for answer in answers if not isinstance(answer, Receipt)} <= {"store.not-written"}
    assert sorted(told) == sorted(models.AnswerEvent.objects.values_list("op_id", flat=True))
    assert len(rows()) - before == len(told)
    assert least <= len(told) <= most
