"""Steps of cases, quarantined messages and what was decided, changed behind the triggers: the verifier names the row."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded
from tests.triggers import lifted

from caselight.procedures.exporting_audit import export_audit
from caselight.store.assessments.actions import complete, countersign, moderate, record_answers, sign
from caselight.store.assessments.actions.agreeing import prefer
from caselight.store.assessments.actions.settling import leave_out
from caselight.store.assessments.actions.unlocking import allow_unlock, ask_unlock, second_unlock
from caselight.store.assessments.quarantine import quarantined
from caselight.store.audit.models import AuditRow
from caselight.verifier import Database, Folder, Given, verify

pytestmark = pytest.mark.django_db(transaction=True)
HERE, C1 = "testshire", ("case", "C1")
NORTH = "inspection:testshire"
CHANGES = {
    "a step by another person": ('UPDATE assessments_casestep SET "by" = \'i2\' WHERE step = \'signed\'', "case.signed"),
    "a step with other answers": ("UPDATE assessments_casestep SET events_sha256 = 'x' WHERE step = 'locked'", "case.locked"),
    "a step removed": ("DELETE FROM assessments_casestep WHERE step = 'unlocked'", "case.unlocked"),
    "a reason exchanged": ("UPDATE assessments_casestep SET key_id = 'k' WHERE step = 'unlocked'", "case.unlocked"),
    "a message removed": ("DELETE FROM assessments_quarantined WHERE code = 'answer.not-own'", "answer.quarantined"),
    "a message with another reason": (
        "UPDATE assessments_quarantined SET code = 'answer.locked' WHERE code = 'answer.not-own'", "answer.quarantined",
    ),
    "a settlement undone": ("DELETE FROM assessments_settlement", "message.left-out"),
    "a stance turned round": ("UPDATE assessments_stance SET heads = 'a|b'", "answer.preferred"),
    "a second person exchanged": ('UPDATE assessments_unlockstep SET "by" = \'i2\' WHERE step = \'seconded\'', "unlock.seconded"),
    "a refusal for an agreement": ("UPDATE assessments_unlockstep SET step = 'refused' WHERE step = 'allowed'", "unlock.allowed"),
}  # fmt: skip


@pytest.fixture
def kept(settings, tmp_path):
    """A store with a case that was locked and unlocked, two messages, one of them left out, and two answers."""
    settings.HEADS = tmp_path / "heads"
    seeded()
    of = {"inspection": HERE, "at": AT}
    answers = [
        sent("C1", "A", "yes", op_id(1)),
        sent("C1", "B.due", "no", op_id(2)),
        sent("C1", "C", "yes", op_id(3), note="W."),
    ]
    record_answers(by="i1", device="d", events=answers, **of)
    for action, by in ((complete, "i1"), (moderate, "i2"), (sign, "i1"), (countersign, "lead")):
        action(by=by, subject=C1, **of)
    ask_unlock(by="i1", subject=C1, key="a" * 32, reason="A page was missed.", **of)
    allow_unlock(by="lead", subject=C1, **of)
    second_unlock(by="qa", subject=C1, **of)
    record_answers(by="i1", device="d", events=[altered(sent("C2", "A", "yes", op_id(5)), actor="i2")], **of)
    record_answers(by="i1", device="d", events=[altered(sent("C2", "A", "yes", op_id(6)), framework_version="0")], **of)
    leave_out(by="lead", message=quarantined(HERE)[-1].number, reason="Not needed.", **of)
    two = [sent("C2", "A", "yes", op_id(7)), sent("C2", "A", "no", op_id(8))]
    record_answers(by="i1", device="d", events=two, **of)
    prefer(by="i1", heads=[op_id(7), op_id(8)], chosen=op_id(8), reason="It is later.", **of)


def found(source):
    return [(one.code, one.chain, one.n) for one in verify(source, Given()).findings]


def sources(tmp_path, name):
    export_audit(tmp_path / name)
    yield Folder(tmp_path / name)
    if connection.vendor == "sqlite":
        yield Database(tmp_path.__class__(connection.settings_dict["NAME"]))


@pytest.mark.usefixtures("kept")
def test_every_change_behind_the_triggers_is_found_at_its_row_and_nothing_where_nothing_was_changed(tmp_path):
    for source in sources(tmp_path, "as-it-is"):
        assert found(source) == []
    for n, (what, (statement, act)) in enumerate(CHANGES.items()):
        row = AuditRow.objects.filter(act=act).order_by("n").first()
        with lifted(connection), connection.cursor() as cursor:
            tables = ("casestep", "quarantined", "settlement", "stance", "unlockstep")
            for table in tables:
                cursor.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM assessments_{table}")  # noqa: S608 - our own names
            cursor.execute(statement)
        for source in sources(tmp_path, f"changed-{n}"):
            assert ("step-changed", NORTH, row.n) in found(source), what
        with lifted(connection), connection.cursor() as cursor:
            for table in reversed(tables):
                cursor.execute(f"DELETE FROM assessments_{table}")  # noqa: S608 - our own names
            for table in tables:
                cursor.execute(f"INSERT INTO assessments_{table} SELECT * FROM kept_{table}")  # noqa: S608 - our own names
                cursor.execute(f"DROP TABLE kept_{table}")
    for source in sources(tmp_path, "as-it-was"):
        assert found(source) == []


@pytest.mark.usefixtures("kept")
def test_a_step_that_was_put_in_is_found(tmp_path):
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO assessments_casestep (inspection_id, subject_kind, subject_key, step, "by", second, sealed, key_id, '
            "events_sha256, chain_n, chain_hash, signature, at) SELECT inspection_id, subject_kind, 'C3', step, \"by\", second, "
            "sealed, key_id, events_sha256, chain_n, chain_hash, signature, at FROM assessments_casestep WHERE step = 'locked'"
        )
    for source in sources(tmp_path, "added"):
        assert found(source) == [("step-unrecorded", NORTH, None)]
