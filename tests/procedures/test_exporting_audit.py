"""The audit of a real store: exported, checked from outside, and found out where it was changed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import pytest
from django.db import connection
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.triggers import lifted

from caselight import verifier
from caselight.cli.main import main
from caselight.method.faults import Faults
from caselight.procedures.exporting_audit import export_audit
from caselight.store.assessments.actions import record_answers
from caselight.store.audit import heads, keys, queries

pytestmark = pytest.mark.django_db(transaction=True)
NORTH = "inspection:testshire"


@pytest.fixture(autouse=True)
def receipts(tmp_path, settings):
    """Five answers in a store with heads of its own, and the receipts for them."""
    settings.HEADS = tmp_path / "heads"
    seeded()
    events = [
        sent("C1", "A", "no", op_id(1), reasons=("weak",), note="“Why?” was never asked.\n"),
        *(sent(case, "A", "yes", op_id(n), themes=("T", "U")) for n, case in enumerate(("C2", "C3", "C4"), start=2)),
        sent("C1", "A", "yes", op_id(5), base_op_ids=(op_id(1),), resolves_reason="Seen again."),
    ]
    given = record_answers(by="i1", inspection="testshire", device="d1", events=events, at=AT)
    heads.write_heads(at=AT)
    return [asdict(receipt) for receipt in given]


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command line and give its exit status and what it printed."""

    def _run(*args):
        monkeypatch.setattr(sys, "argv", ["caselight", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return int(ended.value.code or 0), printed.out, printed.err

    return _run


def change(statement):
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_export_of_a_store_agrees_with_its_heads_and_receipts(receipts, tmp_path, settings):
    exported = export_audit(tmp_path / "audit")
    given = verifier.Given(
        list(verifier.head_files([settings.HEADS])), [keys.public_key()], receipts, keys.kept("audit.key")
    )
    report = verifier.verify(verifier.opened(tmp_path / "audit"), given)
    assert report.findings == []
    assert (report.chains, report.events, report.receipts) == (exported.chains, 5, 5)
    assert exported.events == 5
    assert report.rows == exported.rows >= 5


def test_the_export_holds_no_word_that_is_sealed(tmp_path):
    export_audit(tmp_path / "audit")
    everything = "".join(file.read_text("utf-8") for file in (tmp_path / "audit").rglob("*.jsonl"))
    assert "never asked" not in everything
    assert "Seen again" not in everything


def test_an_export_replaces_nothing(tmp_path):
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "mine").write_text("x", "utf-8")
    with pytest.raises(Faults, match=r"audit\.folder-not-empty"):
        export_audit(tmp_path / "audit")


def test_rows_come_in_their_order_however_many_there_are(monkeypatch):
    whole = list(queries.rows_of(NORTH))
    monkeypatch.setattr(queries, "PAGE", 2)
    assert list(queries.rows_of(NORTH)) == whole
    assert [row["n"] for row in whole] == list(range(1, len(whole) + 1))


def test_a_snapshot_ends_with_its_block_and_others_write_meanwhile():
    with queries.snapshot():
        assert queries.tips()
    record_answers(by="i1", inspection="testshire", device="d1", events=[sent("C1", "A", "yes", op_id(9))], at=AT)


def test_the_tables_of_the_audit_are_guarded():
    assert {"audit_auditrow", "audit_head", "assessments_answerevent"} <= queries.guarded()


def test_verify_checks_the_store_of_this_machine_with_its_own_heads_and_keys(run):
    status, out, err = run("verify")
    assert (status, err) == (0, "")
    assert out.endswith("Everything agrees.\n")
    assert "outside" not in out


def test_verify_ends_with_1_and_names_the_answer_that_was_changed(run):
    change(f"UPDATE assessments_answerevent SET value = 'no' WHERE op_id = '{op_id(3)}'")  # noqa: S608
    status, out, _ = run("verify")
    assert status == 1
    assert f"{NORTH}, row 3: the answer {op_id(3)} is not as it was recorded (content)" in out


def test_verify_sees_an_end_cut_off_by_its_own_heads(run):
    change("DELETE FROM assessments_answerevent WHERE chain_n > 3")
    change("DELETE FROM audit_auditrow WHERE n > 3")
    change("DELETE FROM audit_head")
    change(f"UPDATE audit_tip SET n = 3, hash = (SELECT hash FROM audit_auditrow WHERE n = 3 AND chain = '{NORTH}')")  # noqa: S608
    status, out, _ = run("verify", "--json")
    assert status == 1
    assert [(found["code"], found["n"]) for found in json.loads(out)["findings"]] == [("chain-cut", 4)]


def test_an_export_is_checked_on_its_own(run, tmp_path, settings):
    status, out, _ = run("audit-export", tmp_path / "audit", "--json")
    assert (status, json.loads(out)["events"]) == (0, 5)
    public = settings.KEYS / "receipts.pub"
    status, out, _ = run("verify", tmp_path / "audit", "--key", public, "--heads", settings.HEADS)
    assert (status, "outside" in out) == (0, False)
    status, out, _ = run("verify", tmp_path / "audit")
    assert (status, "No heads from outside" in out) == (0, True)


def test_heads_says_what_it_signed(run):
    assert run("heads")[1] == "No chain grew: no head was written.\n"
    record_answers(by="i1", inspection="testshire", device="d1", events=[sent("C1", "A", "yes", op_id(9))], at=AT)
    status, out, _ = run("heads", "--json")
    assert (status, [head["chain"] for head in json.loads(out)["heads"]]) == (0, [NORTH])
