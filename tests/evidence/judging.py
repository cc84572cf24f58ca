"""What a database holds of what was acknowledged: lost judgements, split rows, broken chains, receipts that are untrue."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EVENTS = "SELECT op_id, chain_n, chain_hash, key_id FROM assessments_answerevent"
ROWS = "SELECT chain, n, prev, row, hash, act, object_key FROM audit_auditrow ORDER BY chain, n"
TIPS = "SELECT chain, n, hash FROM audit_tip"
RECORDED = "answer.recorded"

Receipts = Mapping[str, Mapping[str, Any]]  # by op_id
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


@dataclass
class Verdict:
    """What is wrong with a database after a fault; nothing, where it is as it must be."""

    lost: set[str] = field(default_factory=set)  # op_ids that were acknowledged
    wrong: list[str] = field(default_factory=list)  # sentences

    @property
    def kept(self) -> bool:
        """Whether everything is there and true."""
        return not self.lost and not self.wrong

    @property
    def said(self) -> list[str]:
        """All of it, in sentences."""
        lost = [f"{len(self.lost)} acknowledged judgements lost"] if self.lost else []
        return lost + self.wrong


def judged(folder: Path, receipts: Receipts) -> Verdict:
    """Open a data folder's database as SQLite recovers it, and hold it and its keyring against the receipts."""
    base = sqlite.connect(folder / "store.sqlite3", isolation_level=None)
    try:
        sound = [row[0] for row in base.execute("PRAGMA integrity_check")]
        verdict = compared(base.execute, receipts)
        if sound != ["ok"]:
            verdict.wrong.append(f"integrity: {sound[0]}")
        needed = {key for *_, key in base.execute(EVENTS) if key}
    except sqlite.DatabaseError as error:
        return Verdict(set(receipts), [f"the database cannot be read: {error}"])
    finally:
        base.close()
    verdict.wrong += _keyless(folder, needed)
    return verdict


def compared(ask: Ask, receipts: Receipts) -> Verdict:
    """Hold what a database answers against the receipts: nothing lost, nothing split, every chain whole."""
    events = {op_id: (n, digest) for op_id, n, digest, _ in ask(EVENTS)}
    chains: dict[str, list[tuple[Any, ...]]] = {}
    for chain, *row in ask(ROWS):
        chains.setdefault(chain, []).append(tuple(row))
    tips = {chain: (n, digest) for chain, n, digest in ask(TIPS)}
    wrong = [said for chain, rows in chains.items() for said in _chain(rows, tips.get(chain))]
    rows = [row for of_one in chains.values() for row in of_one]
    return Verdict(set(receipts) - set(events), wrong + _split(rows, events) + _untrue(receipts, events))


def _chain(rows: list[tuple[Any, ...]], tip: tuple[int, str] | None) -> list[str]:
    before = "0" * 64
    for at, (n, prev, row, digest, *_) in enumerate(rows, start=1):
        if (n, prev) != (at, before) or hashlib.sha256((prev + row).encode()).hexdigest() != digest:
            return [f"chain: row {at} does not follow"]
        before = digest
    return [] if tip == (len(rows), before) else ["chain: the tip is not its last row"]


def _split(rows: list[tuple[Any, ...]], events: Mapping[str, tuple[int, str]]) -> list[str]:
    """An event without the audit row it names, or an audit row of an answer without its event."""
    audited = {key: (n, digest) for n, _, _, digest, act, key in rows if act == RECORDED}
    apart = [op_id for op_id, place in events.items() if audited.get(op_id) != place]
    # A sender that met an error sends again, and so may cover a row without its event with another row.
    told = Counter(key for *_, act, key in rows if act == RECORDED)
    twice = [op_id for op_id, times in told.items() if times > 1]
    return [f"split: {op_id}" for op_id in (*apart, *sorted(set(audited) - set(events)), *twice)]


def _untrue(receipts: Receipts, events: Mapping[str, tuple[int, str]]) -> list[str]:
    there = ((receipt, events[op_id]) for op_id, receipt in receipts.items() if op_id in events)
    return [
        f"receipt of {receipt['op_id']} is not true"
        for receipt, place in there
        if "chain_hash" in receipt and (receipt["chain_index"], receipt["chain_hash"]) != place
    ]


def _keyless(folder: Path, needed: set[str]) -> list[str]:
    """Keys that a row needs and the keyring has not."""
    if not needed:
        return []
    ring = sqlite.connect(f"file:{folder / 'keys' / 'keyring.sqlite3'}?mode=rw", uri=True, isolation_level=None)
    try:
        there = {row[0] for row in ring.execute("SELECT id FROM child_key")}
    except sqlite.DatabaseError as error:
        return [f"the keyring cannot be read: {error}"]
    finally:
        ring.close()
    return [f"key {one} of a row is gone" for one in sorted(needed - there)]


def told(acknowledgements: bytes) -> dict[str, dict[str, Any]]:
    """The receipts of acknowledgement lines, by op_id."""
    receipts = (json.loads(line) for line in acknowledgements.splitlines())
    return {receipt["op_id"]: receipt for receipt in receipts if "op_id" in receipt}


def forged(receipts: Iterable[Mapping[str, Any]], public: str) -> list[str]:
    """Receipts that do not verify with the public key alone, checked without the product."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    wrong = []
    for receipt in receipts:
        said = {name: value for name, value in receipt.items() if name != "signature"}
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        try:
            key.verify(bytes.fromhex(receipt["signature"]), text.encode())
        except (InvalidSignature, KeyError, ValueError):
            wrong.append(f"receipt of {receipt['op_id']} does not verify")
    return wrong
