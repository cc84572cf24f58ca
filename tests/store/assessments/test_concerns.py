"""Urgent concerns and who was present: step by step, outside the findings, gone with the subject's key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.store.assessments import models
from caselight.store.assessments.actions.attending import note_presence
from caselight.store.assessments.actions.raising import answer, close, raise_concern, tell
from caselight.store.assessments.concerns import concerns_of, open_concerns
from caselight.store.audit.models import AuditRow
from caselight.store.identities.keyring import keyring
from caselight.store.identities.sealing import key_for

pytestmark = pytest.mark.django_db(transaction=True)
C1 = ("case", "C1")
KEY = "a" * 32


@pytest.fixture(autouse=True)
def inspection():
    return seeded().inspection


def raised(key=KEY, subject=C1, what="He sleeps in a car."):
    return raise_concern(by="i1", inspection="testshire", subject=subject, key=key, what=what, at=AT)


def told():
    tell(by="i1", inspection="testshire", concern=KEY, whom="The duty manager", when="9:40 by telephone", at=AT)


def test_a_concern_goes_from_raised_to_closed_and_each_step_says_who_and_when():
    raised()
    told()
    answer(by="i1", inspection="testshire", concern=KEY, says="A visit today.", at=AT + timedelta(hours=1))
    assert [concern.key for concern in open_concerns(["testshire"])] == [KEY]
    close(by="lead", inspection="testshire", concern=KEY, why="Seen and safe.", at=AT + timedelta(hours=8))
    (concern,) = concerns_of("testshire", C1)
    assert [(step.step, step.by) for step in concern.steps] == [
        ("raised", "i1"), ("told", "i1"), ("answered", "i1"), ("closed", "lead"),
    ]  # fmt: skip
    assert (concern.steps[1].whom, concern.steps[1].when) == (
        "The duty manager",
        "9:40 by telephone",
    )
    assert not concern.open
    assert open_concerns(["testshire"]) == ()


def test_each_step_has_its_row_in_the_audit_and_none_of_its_words():
    raised()
    told()
    rows = AuditRow.objects.filter(act__startswith="concern.").values_list("act", "row")
    assert [act for act, _ in rows] == ["concern.raised", "concern.told"]
    assert not any("car" in text or "duty" in text for _, text in rows)


def test_the_same_key_raises_one_concern():
    raised()
    raised(what="Sent twice.")
    assert [concern.what for concern in concerns_of("testshire", C1)] == ["He sleeps in a car."]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda: raised(key="b" * 32, what=" "), "answer.concern-words"),
        (lambda: raised(key="b"), "answer.concern-unknown"),
        (lambda: raised(key="b" * 32, subject=("case", "C9")), "answer.case-unknown"),
        (lambda: close(by="lead", inspection="testshire", concern=KEY, why="Gone.", at=AT), "answer.concern-untold"),
        (lambda: answer(by="i1", inspection="testshire", concern="c" * 32, says="A.", at=AT), "answer.concern-unknown"),
        (
            lambda: tell(by="i1", inspection="otherham", concern=KEY, whom="A", when="B", at=AT),
            "answer.concern-unknown",
        ),
    ],
)
def test_a_step_that_says_nothing_or_belongs_nowhere_is_refused_and_leaves_nothing(step, code):
    raised()
    with pytest.raises(Faults) as refused:
        step()
    assert [fault.code for fault in refused.value] == [code]
    assert models.ConcernStep.objects.count() == 1


def test_a_closed_concern_takes_no_more_steps():
    raised()
    told()
    close(by="lead", inspection="testshire", concern=KEY, why="Seen.", at=AT)
    with pytest.raises(Faults) as refused:
        told()
    assert [fault.code for fault in refused.value] == ["answer.concern-closed"]


def test_when_the_key_of_a_child_is_destroyed_the_words_are_gone_and_the_concern_is_counted():
    raised()
    told()
    keyring().destroy([key_for("testshire", "C1")])
    (concern,) = concerns_of("testshire", C1)
    assert [(step.words, step.whom) for step in concern.steps] == [("(destroyed)", ""), ("(destroyed)", "(destroyed)")]


def test_who_was_present_is_sealed_and_every_note_is_kept():
    for who in ("Carla and the child's mother", ""):
        note_presence(by="i1", inspection="testshire", subject=C1, who=who, at=AT)
    rows = list(models.Presence.objects.values_list("sealed", flat=True))
    assert len(rows) == 2
    assert not any(b"Carla" in bytes(row) for row in rows)
    with pytest.raises(Faults) as refused:
        note_presence(by="i1", inspection="testshire", subject=C1, who="x" * 1_001, at=AT)
    assert [fault.code for fault in refused.value] == ["answer.presence-long"]
