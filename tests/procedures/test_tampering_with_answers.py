"""Whoever changes, removes or adds an answer or its evidence beside the audit is found, also where words are sealed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.triggers import lifted

from caselight import verifier
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.procedures.exporting_audit import export_audit
from caselight.store.assessments.actions import record_answers, take_in
from caselight.store.assessments.evidence import wordless_evidence
from caselight.store.assessments.wordless import wordless
from caselight.store.assessments.wordless_steps import wordless_steps
from caselight.store.audit import keys, queries
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import SubjectKey

pytestmark = pytest.mark.django_db(transaction=True)
NORTH = "inspection:testshire"
NOTED, PLAIN, RIVAL, CAME, LATER = map(op_id, range(1, 6))


@pytest.fixture(autouse=True)
def answers():
    """Answers with and without words, with evidence, some recorded and some that came in with a package."""
    seeded()
    record_answers(
        by="i1", inspection="testshire", device="d1", at=AT,
        events=[
            sent("C1", "A", "no", NOTED, note="Nobody asked."), sent("C2", "A", "yes", PLAIN),
            sent("C1", "A", "yes", RIVAL, note="I think so."),
        ],
        locators=[Locator(NOTED, "Plan", "p. 3"), Locator(PLAIN, "Court report", "p. 1")],
        excerpts=[Excerpt("x1", NOTED, "He had it in his hand.", "Sam", "lead")],
    )  # fmt: skip
    came = [
        sent(case, "A", "yes", op, note=note, server_time="2026-02-02T09:00:00Z")
        for case, op, note in (("C3", CAME, "By post."), ("C4", LATER, ""))
    ]
    take_in(by="lead", inspection="testshire", events=came, at=AT, locators=[Locator(CAME, "Log", "May")])
    take_in(by="lead", inspection="testshire", events=came, at=AT, excerpts=[Excerpt("x2", LATER, "Yes.")])


class Live:
    """The store as an export would hold it at this moment, without the files in between."""

    public_key = staticmethod(lambda: "")
    tips, heads = staticmethod(queries.tips), staticmethod(queries.heads)
    events = staticmethod(lambda: wordless("testshire"))
    evidence = staticmethod(lambda: wordless_evidence("testshire"))
    steps = staticmethod(lambda: wordless_steps("testshire"))
    chains = staticmethod(lambda: ((chain, queries.rows_of(chain)) for chain in queries.chains()))


def found(source=None):
    report = verifier.verify(source or Live(), verifier.Given(keys=[keys.public_key()]))
    return [(finding.code, finding.n) for finding in report.findings]


def run(statement, *values):
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def after(*statements):
    """What is found after these statements, each with its values; they are undone."""
    with transaction.atomic():
        for statement, *values in statements:
            run(statement, *values)
        said = found()
        transaction.set_rollback(True)
    return said


def destroy():
    """Destroy the key of C1, as a purge does."""
    keyring().destroy([SubjectKey.objects.get(inspection="testshire", subject_key="C1").key_id])


COLUMNS = {
    "value": "maybe", "subject_key": "C9", "question_id": "B", "actor": "lead", "base_op_ids": RIVAL, "reasons": "other",
    "themes": "T", "withdrawn": True, "device": "d9", "client_time": "2026-03-02T09:00:01Z", "row_key": "r",
    "server_time": "2026-03-02T09:00:00.001Z", "framework_version": "9", "key_id": "f" * 32,
    "pass": "second", "notable": True, "payload_sha256": "0" * 64, "chain_hash": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize(("op", "n"), [(NOTED, 1), (PLAIN, 2), (CAME, 4)], ids=["words", "no words", "came in"])
def test_no_field_of_an_answer_changes_unseen_with_words_or_without(op, n):
    for column, value in {**COLUMNS, "sealed": b"\x01junk" if op == PLAIN else b""}.items():
        change = f'UPDATE assessments_answerevent SET "{column}" = %s WHERE op_id = %s'  # noqa: S608
        assert (column, after((change, value, op))) == (column, [("event-changed", n)])


def test_a_change_is_not_hidden_by_words_that_somebody_puts_there():
    hidden = "UPDATE assessments_answerevent SET sealed = %s, value = 'no', key_id = 'k' WHERE op_id = %s"
    assert after((hidden, b"\x01junk", PLAIN)) == [("event-changed", 2)]


def test_an_answer_that_is_removed_is_missed_wherever_it_came_from():
    for op, n in ((NOTED, 1), (PLAIN, 2), (CAME, 4), (LATER, 5)):
        assert ("event-missing", n) in after(("DELETE FROM assessments_answerevent WHERE op_id = %s", op))


KEPT = (
    'inspection_id, tool, subject_kind, subject_key, "table", row_key, question_id, pass, value, reasons, themes, notable, '
    "withdrawn, actor, device, base_op_ids, client_time, server_time, framework_version, payload_sha256, sealed, key_id"
)


def test_an_answer_that_somebody_adds_is_found_wherever_it_seems_to_come_from():
    add = (
        f"INSERT INTO assessments_answerevent (op_id, chain_n, chain_hash, {KEPT})"  # noqa: S608 - our own constant
        f" SELECT 'x', 99, chain_hash, {KEPT} FROM assessments_answerevent WHERE op_id = %s"
    )
    assert after((add, NOTED)) == after((add, LATER)) == [("event-unrecorded", 99)]


TAMPERED = (
    "DELETE FROM assessments_{} WHERE op_id = %s",
    "UPDATE assessments_{} SET sealed = (SELECT sealed FROM assessments_answerevent WHERE key_id <> '' ORDER BY id LIMIT 1) WHERE op_id = %s",
    "UPDATE assessments_{} SET key_id = 'f' WHERE op_id = %s",
    "UPDATE assessments_{} SET position = 77 WHERE op_id = %s",
)


@pytest.mark.parametrize("statement", TAMPERED, ids=["removed", "changed", "under another key", "moved"])
def test_no_evidence_is_changed_or_removed_unseen(statement):
    evidence = [
        ("locator", NOTED, 1),
        ("excerpt", NOTED, 1),
        ("locator", PLAIN, 2),
        ("locator", CAME, 4),
        ("excerpt", LATER, 6),
    ]
    for table, op, n in evidence:
        assert after((statement.format(table), op)) == [("evidence-changed", n)]


def test_evidence_that_is_given_to_another_answer_is_found_at_both():
    moved = "UPDATE assessments_locator SET op_id = %s WHERE op_id = %s"
    assert after((moved, RIVAL, NOTED)) == [("evidence-changed", 1), ("evidence-changed", 3)]


def test_evidence_that_somebody_adds_is_found():
    add = (
        "INSERT INTO assessments_locator (inspection_id, position, op_id, sealed, key_id) "
        "SELECT inspection_id, 9, %s, sealed, key_id FROM assessments_locator WHERE op_id = %s"
    )
    assert after((add, "x", PLAIN)) == [("evidence-unrecorded", None)]
    assert after((add, RIVAL, PLAIN)) == [("evidence-changed", 3)]


def test_after_the_words_are_destroyed_everything_still_agrees_and_a_change_is_still_found():
    destroy()
    assert found() == []
    junk = "UPDATE assessments_{} SET sealed = %s WHERE op_id = %s"
    assert after((junk.format("answerevent"), b"\x01junk", NOTED)) == [("event-changed", 1)]
    assert after((junk.format("excerpt"), b"\x01junk", NOTED)) == [("evidence-changed", 1)]


def test_a_purge_is_named_where_its_words_cannot_be_read_any_more():
    detail = {"subjects": 1}
    with transaction.atomic():
        record(chain=NORTH, by="lead", act=Act.PURGE_BEGUN, of=("purge", "p"), detail=detail, at=AT)
    (note,) = [note for note in verifier.verify(Live(), verifier.Given()).notes if "destroyed" in note]
    assert note.startswith(f"{NORTH}: purges (rows 7) destroyed words")


def test_an_export_and_the_database_file_say_the_same(tmp_path):
    sources = [lambda: verifier.opened(tmp_path / "whole")]
    export_audit(tmp_path / "whole")
    if connection.vendor == "sqlite":
        sources.append(lambda: verifier.opened(Path(connection.settings_dict["NAME"])))
    assert [found(source()) for source in sources] == [[] for _ in sources]
    run("UPDATE assessments_answerevent SET value = 'maybe' WHERE op_id = %s", NOTED)
    run("DELETE FROM assessments_excerpt WHERE op_id = %s", NOTED)
    export_audit(tmp_path / "changed")
    sources[0] = lambda: verifier.opened(tmp_path / "changed")
    wrong = [("event-changed", 1), ("evidence-changed", 1)]
    assert [found(source()) for source in sources] == [wrong for _ in sources]
