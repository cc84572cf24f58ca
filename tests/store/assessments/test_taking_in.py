"""Taking in a package's events: whole or not at all, in the name of who recorded them, and once."""

from __future__ import annotations

import pytest
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Faults
from caselight.method.inspection.package import Migrated
from caselight.store.assessments import queries
from caselight.store.assessments.actions import Taken, record_answers, take_in
from caselight.store.assessments.models import CaseStep
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def taken(*events, **more):
    return take_in(by="lead", inspection="testshire", events=events, at=AT, **more)


EVENTS = (
    sent("C1", "A", "no", op_id(1), actor="i2", note="Words.", server_time="2026-01-01T00:00:00Z"),
    sent("C1", "B.due", "yes", op_id(2), actor="gone", server_time="2026-01-01T00:00:00Z"),
)


def test_events_come_in_as_they_were_recorded_and_the_audit_names_actor_and_importer(inspection):
    inspection.state = "closed"
    inspection.save()
    evidence = {"locators": [Locator(op_id(1), "plan", "p. 1")], "excerpts": [Excerpt("e", op_id(1), "Said.")]}
    done = taken(*EVENTS, **evidence, migrated=[Migrated(op_id(2), op_id(9))], first=True)
    assert done == Taken(new=2, known=0, aside=0)
    assert queries.events("testshire") == EVENTS
    assert queries.locators("testshire") == tuple(evidence["locators"])
    assert queries.excerpts("testshire") == tuple(evidence["excerpts"])
    assert queries.migrated("testshire") == (Migrated(op_id(2), op_id(9)),)
    row = AuditRow.objects.get(n=2)
    assert (row.act, row.by) == ("answer.imported", "lead")
    assert '"actor":"gone"' in row.row


def test_a_second_time_changes_nothing():
    taken(*EVENTS)
    assert taken(*EVENTS) == Taken(new=0, known=2, aside=0)
    assert AuditRow.objects.count() == 2


def test_an_id_with_other_content_is_set_aside():
    taken(*EVENTS)
    other = altered(EVENTS[0], note="Other words.")
    assert taken(other) == Taken(new=0, known=0, aside=1)
    assert [aside.event for aside in queries.quarantined("testshire")] == [other]
    assert queries.events("testshire") == EVENTS


def test_events_without_a_digest_are_told_apart_by_their_content():
    bare = EVENTS[0]._replace(payload_sha256="")
    taken(bare)
    assert taken(bare) == Taken(new=0, known=1, aside=0)
    assert taken(bare._replace(note="Other words.")) == Taken(new=0, known=0, aside=1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": "perhaps"}, "package.not-an-option"),
        ({"question_id": "Z"}, "package.unknown-question"),
        ({"subject_key": "C9"}, "package.unknown-subject"),
        ({"framework_version": "0"}, "package.other-version"),
        ({"op_id": "x" * 101}, "store.too-long"),
    ],
)
def test_one_event_that_cannot_be_keeps_all_out(change, code):
    with pytest.raises(Faults) as refused:
        taken(EVENTS[0], altered(EVENTS[1], **change))
    assert code in {fault.code for fault in refused.value}
    assert queries.events("testshire") == ()


def test_a_changed_event_keeps_all_out():
    with pytest.raises(Faults, match="payload-changed"):
        taken(EVENTS[0]._replace(value="yes", reasons=()))


def test_a_device_that_sends_what_was_taken_in_gets_a_receipt():
    taken(*EVENTS)
    (receipt,) = record_answers(by="i2", inspection="testshire", device="d", events=EVENTS[:1], at=AT)
    assert receipt == queries.receipt(op_id(1))


@pytest.mark.parametrize("state", ["setup", "draft", "fact_check", "embargo", "published", "closed"])
def test_more_answers_come_in_only_while_answers_are_recorded_and_the_same_again_at_any_time(inspection, state):
    taken(EVENTS[0])
    inspection.state = state
    inspection.save()
    assert taken(EVENTS[0]) == Taken(new=0, known=1, aside=0)
    for more in ({"events": [EVENTS[1]]}, {"excerpts": [Excerpt("e", op_id(1), "Said.")], "events": [EVENTS[0]]}):
        with pytest.raises(Faults) as refused:
            take_in(by="lead", inspection="testshire", at=AT, **more)
        assert refused.value.faults[0].code == "answer.import-not-recording"
    assert queries.events("testshire") == EVENTS[:1]


def test_nothing_comes_in_about_a_locked_case_and_what_does_names_who_imported_it(inspection):
    taken(EVENTS[0])
    record_answers(by="i1", inspection="testshire", device="d", events=[sent("C2", "A", "no", op_id(5))], at=AT)
    assert queries.importers("testshire", [op_id(1), op_id(5)]) == {op_id(1): "lead"}
    CaseStep.objects.create(
        inspection=inspection, subject_kind="case", subject_key="C1", step="locked", by="lead", events_sha256="", at=AT
    )
    for more in ({"events": [EVENTS[1]]}, {"excerpts": [Excerpt("e", op_id(1), "Said.")], "events": [EVENTS[0]]}):
        with pytest.raises(Faults) as refused:
            take_in(by="lead", inspection="testshire", at=AT, **more)
        assert refused.value.faults[0].code == "answer.import-locked"
    other = sent("C2", "B.due", "yes", op_id(6), actor="gone", server_time="2026-01-01T00:00:00Z")
    assert taken(other).new == 1
