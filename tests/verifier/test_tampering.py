"""What the verifier finds, and at which row; each export is made by hand, without the product."""

from __future__ import annotations

import pytest
from tests.factories.audits import AUDIT_KEY, THIEF, Audit, public, signed

from caselight.verifier import Folder, Given, verify

KEYS = (public(),)
NORTH = "inspection:north"


@pytest.fixture
def audit():
    """Two chains: ten answers (two with evidence, one with words, one that came in), and three other things."""
    made = Audit()
    special = {3: {"pieces": 2}, 6: {"pieces": 1, "sealed": "a" * 64}, 7: {"act": "answer.imported"}}
    for i in range(1, 11):
        made.answer(i, **special.get(i, {}))
    for i in range(3):
        made.add("system", ("user", f"u{i}"), count=i, nothing=None)
    return made


@pytest.fixture
def found(tmp_path):
    """Checks an audit with the heads given, and says code, chain and row of each finding."""

    def _found(audit, heads=(), receipts=(), keys=KEYS, audit_key=b""):
        report = verify(Folder(audit.written(tmp_path / "export")), Given(heads, keys, receipts, audit_key))
        return [(finding.code, finding.chain, finding.n) for finding in report.findings]

    return _found


def test_an_audit_as_it_should_be_agrees(audit, found, tmp_path):
    heads = [audit.head(NORTH, 4), audit.head(NORTH), audit.head("system")]
    audit.heads = heads[:1]
    assert found(audit, heads, [audit.receipt(3)], audit_key=AUDIT_KEY) == []


def test_without_outside_heads_it_says_what_it_cannot_see(audit, tmp_path):
    report = verify(Folder(audit.written(tmp_path / "export")), Given())
    assert report.agrees
    assert any("No heads from outside" in note for note in report.notes)
    assert any("No public key" in note for note in report.notes)
    assert (report.chains, report.rows, report.events) == (2, 13, 10)


def _swap(audit):
    rows = audit.rows[NORTH]
    for name in ("row", "hash", "object_key"):
        rows[3][name], rows[6][name] = rows[6][name], rows[3][name]


def _renumber(audit):
    del audit.rows[NORTH][4]
    for n, row in enumerate(audit.rows[NORTH], start=1):
        row["n"] = n


ROWS = {
    "an edited text": (lambda a: a.rows[NORTH][4].update(row=a.rows[NORTH][4]["row"].replace("lead", "Lead")), 5),
    "an edited column": (lambda a: a.rows[NORTH][4].update(by="somebody"), 5),
    "an edited object": (lambda a: a.rows[NORTH][4].update(object_key="op-6"), 5),
    "an edited hash": (lambda a: a.rows[NORTH][4].update(hash="0" * 64), 5),
    "an edited link": (lambda a: a.rows[NORTH][4].update(prev="0" * 64), 5),
    "a removed row": (lambda a: a.rows[NORTH].pop(4), 5),
    "a removed first row": (lambda a: a.rows[NORTH].pop(0), 1),
    "a removed row and new numbers": (_renumber, 5),
    "two rows swapped": (lambda a: a.rows[NORTH].insert(6, a.rows[NORTH].pop(3)), 4),
    "the contents of two rows swapped": (_swap, 4),
    "a row twice": (lambda a: a.rows[NORTH].insert(4, a.rows[NORTH][4]), 6),
    "a row that is no row": (lambda a: a.rows[NORTH][4].clear(), 5),
    "a number that is a text": (lambda a: a.rows[NORTH][4].update(n="5"), 5),
    "half a character": (lambda a: a.rows[NORTH][4].update(row="\ud800"), 5),
}


@pytest.mark.parametrize(("tamper", "n"), ROWS.values(), ids=ROWS)
def test_the_first_row_that_disagrees_is_named(audit, found, tamper, n):
    tamper(audit)
    code, chain, row = found(audit)[0]
    assert (chain, row) == (NORTH, n)
    assert code.startswith("row-")


def test_an_end_cut_off_is_seen_by_an_outside_head_and_by_nothing_else(audit, found, tmp_path):
    head = audit.head(NORTH)
    del audit.rows[NORTH][7:], audit.events[7:]
    assert verify(Folder(audit.written(tmp_path / "without")), Given()).agrees
    assert found(audit, [head]) == [("chain-cut", NORTH, 8)]


def test_a_chain_written_anew_is_seen_by_an_outside_head_and_placed_between_heads(audit, found):
    heads = [audit.head(NORTH, n) for n in (3, 6, 10)]
    kept = audit.events
    audit.rows[NORTH], audit.events, audit.evidence = audit.rows[NORTH][:4], [], audit.evidence[:2]
    for answer in kept[4:]:
        audit.answer(int(answer["op_id"][3:]), value="no")
    audit.events = kept[:4] + audit.events
    assert found(audit, heads) == [("chain-rewritten", NORTH, 4)]


def test_a_new_head_signed_with_a_stolen_key_does_not_move_the_place(audit, found):
    heads = [audit.head(NORTH, n) for n in (3, 10)]
    kept = audit.events
    audit.rows[NORTH], audit.events, audit.evidence = audit.rows[NORTH][:4], [], audit.evidence[:2]
    for answer in kept[4:]:
        audit.answer(int(answer["op_id"][3:]), value="no")
    audit.events = kept[:4] + audit.events
    audit.heads = [audit.head(NORTH, n) for n in (5, 10)]
    assert found(audit, heads) == [("chain-rewritten", NORTH, 6)]


def test_a_chain_that_is_gone_is_missed(audit, found):
    head = audit.head("system")
    del audit.rows["system"]
    assert found(audit, [head]) == [("chain-cut", "system", 1)]


def test_a_tip_that_disagrees_is_found_without_any_head(audit, found):
    audit.tips = [{"chain": NORTH, "n": 11, "hash": "f" * 64}]
    assert found(audit) == [("tip-disagrees", NORTH, 10), ("tip-disagrees", "system", 3)]


def test_a_row_added_at_the_end_by_somebody_without_the_audit_key_is_seen_by_its_holders(audit, found):
    audit.answer(11)
    audit.rows[NORTH][-1]["seal"] = "0" * 64
    assert found(audit, audit_key=AUDIT_KEY) == [("row-unsealed", NORTH, 11)]


def test_a_head_that_was_not_signed_by_a_believed_key_proves_nothing_and_is_said(audit, found):
    forged = audit.head(NORTH, 4, key=THIEF)
    changed = {**audit.head("system"), "n": 99}
    assert found(audit, [forged, changed]) == [("head-forged", NORTH, 4), ("head-forged", "system", 99)]


def test_a_head_inside_the_database_counts_too(audit, found):
    audit.heads = [audit.head(NORTH)]
    audit.rows[NORTH].pop()
    audit.events.pop()
    assert found(audit) == [("chain-cut", NORTH, 10)]


def test_what_was_only_announced_is_not_held_against_the_chain(audit, found):
    announced = audit.head(NORTH, kind="announced")
    audit.rows[NORTH].pop()
    audit.events.pop()
    assert found(audit, [announced]) == []


EVENTS = {
    "an answer changed": (lambda a: a.events[4].update(value="no"), "event-changed", 5),
    "an answer and its digest changed": (
        lambda a: a.events[4].update(value="no", payload_sha256="0" * 64), "event-changed", 5,
    ),
    "an answer with words changed": (lambda a: a.events[5].update(value="no"), "event-changed", 6),
    "an answer with words on other bases": (lambda a: a.events[5].update(base_op_ids=["op-1"]), "event-changed", 6),
    "an answer with words and another digest": (
        lambda a: a.events[5].update(payload_sha256="0" * 64), "event-changed", 6,
    ),
    "other words": (lambda a: a.events[5].update(sealed_sha256="b" * 64), "event-changed", 6),
    "words put where there were none": (
        lambda a: a.events[4].update(value="no", sealed_sha256="b" * 64), "event-changed", 5,
    ),
    "words taken away": (lambda a: a.events[5].update(sealed_sha256=""), "event-changed", 6),
    "a time changed": (lambda a: a.events[4].update(server_time="2026-03-02T10:00:09Z"), "event-changed", 5),
    "a time changed of one that came in": (lambda a: a.events[6].update(server_time="2026"), "event-changed", 7),
    "one that came in changed": (lambda a: a.events[6].update(value="no"), "event-changed", 7),
    "one that came in removed": (lambda a: a.events.pop(6), "event-missing", 7),
    "an answer twice": (lambda a: a.events.append(a.events[4]), "event-unrecorded", 5),
    "a piece of evidence removed": (lambda a: a.evidence.pop(0), "evidence-changed", 3),
    "a piece of evidence changed": (lambda a: a.evidence[2].update(sealed_sha256="x"), "evidence-changed", 6),
    "a piece of evidence twice": (lambda a: a.evidence.append(a.evidence[0]), "evidence-changed", 3),
    "a piece of evidence for another": (
        lambda a: a.evidence.append({**a.evidence[0], "op_id": "op-8"}), "evidence-changed", 8,
    ),
    "a piece of evidence for none": (
        lambda a: a.evidence.append({**a.evidence[0], "op_id": "op-99"}), "evidence-unrecorded", None,
    ),
    "a piece of evidence that is none": (lambda a: a.evidence[0].update(op_id=[]), "evidence-unrecorded", None),
    "an answer removed": (lambda a: a.events.pop(4), "event-missing", 5),
    "an answer without a row": (lambda a: a.events.append({**a.events[4], "op_id": "x"}), "event-unrecorded", 5),
    "an answer far behind the rows": (lambda a: a.events[9].update(chain_n=99), "event-missing", 10),
    "an answer with no number": (lambda a: a.events[9].update(chain_n=[]), "event-unreadable", None),
    "an answer that is none": (lambda a: a.events[4].pop("value"), "event-unreadable", 5),
}  # fmt: skip


@pytest.mark.parametrize(("tamper", "code", "n"), EVENTS.values(), ids=EVENTS)
def test_an_answer_and_its_row_are_held_against_each_other(audit, found, tamper, code, n):
    tamper(audit)
    assert found(audit)[0] == (code, NORTH, n)


def test_words_that_are_withheld_are_counted(audit, tmp_path):
    report = verify(Folder(audit.written(tmp_path / "export")), Given())
    assert report.agrees
    assert any("1 answers have words, which are not here" in note for note in report.notes)


RECEIPTS = {
    "signed by another": lambda a: a.receipt(3, THIEF),
    "with another content": lambda a: {**a.receipt(3), "payload_sha256": "0" * 64},
    "with another field": lambda a: {**a.receipt(3), "more": 1},
    "that is nothing": lambda a: {},
}


@pytest.mark.parametrize("made", RECEIPTS.values(), ids=RECEIPTS)
def test_a_receipt_alone_is_believed_only_as_it_was_signed(audit, made):
    good = verify(None, Given(keys=KEYS, receipts=[audit.receipt(3)]))
    bad = verify(None, Given(keys=KEYS, receipts=[made(audit)]))
    assert good.agrees
    assert [finding.code for finding in bad.findings] == ["receipt-forged"]


def test_a_receipt_for_what_is_not_kept_is_found(audit, found):
    receipts = [audit.receipt(3), audit.receipt(10)]
    audit.rows[NORTH].pop()
    audit.events.pop()
    assert found(audit, receipts=receipts) == [("receipt-unkept", NORTH, 10)]


def test_a_receipt_for_other_evidence_than_is_kept_is_found(audit, found):
    receipt = audit.receipt(3)
    audit.rows, audit.events, audit.evidence = {}, [], []
    for i in range(1, 4):
        audit.answer(i)
    receipt |= {"chain_hash": audit.events[2]["chain_hash"]}
    said = {name: receipt[name] for name in receipt if name not in ("signature", "key_id")}
    assert found(audit, receipts=[signed(said, with_id=True)]) == [("receipt-unkept", NORTH, 3)]
