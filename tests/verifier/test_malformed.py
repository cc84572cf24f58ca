"""Whatever an export holds, the verifier says what is wrong with it, and never fails itself."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.audits import SIGNER, Audit, public, signed, text

from caselight.verifier import Database, Folder, Given, main, verify

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
PLACES = ("rows", "events", "evidence", "heads", "tips", "receipts")


def an_audit():
    made = Audit()
    for i in range(1, 5):
        made.answer(i, pieces=i % 2, sealed="a" * 64 if i == 2 else "")
    made.heads = [made.head("inspection:north")]
    made.tips = [{"chain": "inspection:north", "n": 4, "hash": made.rows["inspection:north"][-1]["hash"]}]
    return made


def checked(made, receipts=()):
    with tempfile.TemporaryDirectory() as folder:
        source = Folder(made.written(Path(folder) / "export"))
        return verify(source, Given(made.heads, [public()], receipts))


@settings(max_examples=300)
@given(st.data())
def test_no_field_of_any_record_makes_it_fail(data):
    made = an_audit()
    receipts = [made.receipt(2)]
    where = {
        "rows": made.rows["inspection:north"], "events": made.events, "evidence": made.evidence, "heads": made.heads,
        "tips": made.tips, "receipts": receipts,
    }  # fmt: skip
    for _ in range(data.draw(st.integers(1, 2))):
        record = data.draw(st.sampled_from(where[data.draw(st.sampled_from(PLACES))]))
        name = data.draw(st.sampled_from(sorted(record)))
        if data.draw(st.booleans()):
            record[name] = data.draw(JSON)
        else:
            del record[name]
    report = checked(made, receipts)
    json.dumps([str(finding) for finding in report.findings])
    assert all(finding.n is None or type(finding.n) is int for finding in report.findings)


@settings(max_examples=200)
@given(JSON, st.sampled_from(["payload_sha256", "address", "bases", "coded_sha256", "evidence", "server_time", ""]))
def test_a_row_whose_hash_is_right_and_whose_detail_is_not_is_a_finding(value, name):
    made = an_audit()
    fine = {"payload_sha256": "0", "address": [], "bases": []}
    detail = {**fine, name: value} if name else value
    made.add("inspection:north", ("answer", "op-9"), "answer.recorded", **fine)
    row = made.rows["inspection:north"][-1]
    row["row"] = text({**json.loads(row["row"]), "detail": detail})
    row["hash"] = hashlib.sha256((row["prev"] + row["row"]).encode("utf-8", "replace")).hexdigest()
    made.tips = None
    assert not checked(made).agrees


@pytest.mark.parametrize("detail", [None, 1, "x", [], {"payload_sha256": 5}, {"evidence": 1}])
def test_a_crafted_detail_is_named_at_its_row(detail):
    made = an_audit()
    row = made.rows["inspection:north"][2]
    row["row"] = text({**json.loads(row["row"]), "detail": detail})
    row["hash"] = hashlib.sha256((row["prev"] + row["row"]).encode()).hexdigest()
    assert ("row-unreadable", 3) in [(finding.code, finding.n) for finding in checked(made).findings]


@settings(max_examples=100)
@given(JSON)
def test_a_head_that_is_signed_and_makes_no_sense_is_a_finding(value):
    made = an_audit()
    for name in ("n", "hash", "at", "chain"):
        said = {"kind": "head", "chain": "inspection:north", "n": 2, "hash": "0" * 64, "at": "", name: value}
        try:
            made.heads = [signed(said, SIGNER)]
        except UnicodeEncodeError:
            return
        checked(made)


@settings(max_examples=60)
@given(
    st.binary(max_size=60), st.sampled_from(["rows", "events", "evidence", "heads.jsonl", "tips.jsonl", "receipts.pub"])
)
def test_bytes_that_are_no_text_do_not_make_it_fail(junk, where):
    with tempfile.TemporaryDirectory() as folder:
        export = an_audit().written(Path(folder) / "export")
        (export / where if "." in where else export / where / "junk.jsonl").write_bytes(junk)
        assert main([str(export)]) in (0, 1)


def test_a_name_that_no_console_can_write_is_said_all_the_same(tmp_path, capsys):
    made = an_audit()
    made.add("system", ("user", "u"), count=1)
    made.rows["system"][0]["chain"] = "\ud800"
    assert main([str(made.written(tmp_path / "export"))]) == 1
    assert main([str(tmp_path / "export"), "--json"]) == 1
    assert "\\ud800" in capsys.readouterr().out


@settings(max_examples=100)
@given(st.sampled_from(["op_id", "chain_n", "sealed", "key_id", "reasons", "notable", "inspection_id", "value", "base_op_ids"]),
       st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary(max_size=4) | st.sampled_from(["x", ""]))  # fmt: skip
def test_no_value_in_a_database_file_makes_it_fail(name, value):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "caselight.sqlite3"
        made = Audit()
        for i in range(1, 4):
            made.answer(i)
        made.tips = [{"chain": "inspection:north", "n": 3, "hash": made.rows["inspection:north"][-1]["hash"]}]
        _database(file, made, {name: value})
        report = verify(Database(file), Given(keys=[public()]))
        if report.agrees:  # nothing that counts was changed: what is empty is empty
            assert not value or (name, value) == ("chain_n", 1) or (name, value) == ("inspection_id", 1)


def _database(file, made, changed):
    """A database as the verifier reads it, with the first answer changed."""
    base = sqlite3.connect(file)
    rows, events = made.rows["inspection:north"], []
    for n, event in enumerate(made.events):
        listed = {name: "|".join(event[name]) for name in ("reasons", "themes", "base_op_ids")}
        events.append({**event, **listed, "inspection_id": 1, "sealed": b"", "key_id": "", **({} if n else changed)})
    tables = {
        "audit_auditrow": [{"id": row["n"], **row} for row in rows], "audit_tip": made.tips, "audit_head": [],
        "assessments_answerevent": [{k: v for k, v in event.items() if k != "inspection"} for event in events],
        "inspections_inspection": [{"id": 1, "key": "north"}], "assessments_locator": [], "assessments_excerpt": [],
    }  # fmt: skip
    empty = {"audit_head": ["id", "chain", "n", "hash", "at", "signature", "key_id"]}
    evidence = ["inspection_id", "op_id", "position", "key", "sealed", "key_id"]
    for table, records in tables.items():
        names = list(records[0]) if records else empty.get(table, evidence)
        base.execute(f"CREATE TABLE {table} ({', '.join(map(json.dumps, names))})")
        for record in records:
            base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", list(record.values()))  # noqa: S608
    base.commit()
    base.close()
