"""Audit exports made by hand from the description at the top of the verifier, with nothing of the product in them."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Record = dict[str, Any]
AUDIT_KEY = bytes(range(32))
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
THIEF = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))


def public(key: Ed25519PrivateKey = SIGNER) -> str:
    """Its public half, as receipts.pub holds it."""
    return key.public_key().public_bytes_raw().hex()


def text(value: object) -> str:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def signed(said: Record, key: Ed25519PrivateKey = SIGNER, *, with_id: bool = False) -> Record:
    """A head (or, with its key's id among what is signed, a receipt)."""
    key_id = {"key_id": hashlib.sha256(bytes.fromhex(public(key))).hexdigest()[:16]}
    what = {**said, **key_id} if with_id else said
    return {**said, **key_id, "signature": key.sign(text(what).encode()).hex()}


def event(i: int, inspection: str = "north", **changed: object) -> Record:
    """An answer, with its digest and without a place in the chain."""
    made = {
        "op_id": f"op-{i}", "tool": "case", "subject_kind": "case", "subject_key": f"k{i % 3}", "table": "",
        "row_key": "", "question_id": f"q{i}", "pass": "first", "value": "yes", "reasons": ["a", "b"][: i % 3],
        "note": "", "themes": [], "notable": False, "withdrawn": False, "actor": "é-inspector", "device": "d",
        "base_op_ids": [], "resolves_reason": "", "client_time": "2026-03-02T10:00:00Z", "framework_version": "1",
        **changed,
    }  # fmt: skip
    array = json.dumps(list(made.values()), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(array.encode()).hexdigest()
    return {**made, "inspection": inspection, "payload_sha256": digest, "sealed_sha256": ""}


def digest_of(parts: list[object]) -> str:
    """SHA-256 of a JSON array without spaces."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass
class Audit:
    """An export in memory, which a test may tamper with before it is written."""

    rows: dict[str, list[Record]] = field(default_factory=dict)
    events: list[Record] = field(default_factory=list)
    evidence: list[Record] = field(default_factory=list)
    heads: list[Record] = field(default_factory=list)
    tips: list[Record] | None = None

    def add(self, chain: str, of: tuple[str, str], act: str = "thing.done", **detail: object) -> Record:
        """The next row of a chain."""
        rows = self.rows.setdefault(chain, [])
        n, prev = len(rows) + 1, rows[-1]["hash"] if rows else "0" * 64
        columns = {"chain": chain, "n": n, "at": f"2026-03-02T10:00:{n:02d}Z", "by": "lead", "act": act}
        row = text({**columns, "object": list(of), "detail": detail, "schema": 1})
        digest = hashlib.sha256((prev + row).encode()).hexdigest()
        seal = hmac.digest(AUDIT_KEY, digest.encode(), "sha256").hex()
        columns |= {"object_kind": of[0], "object_key": of[1]}
        rows.append({**columns, "row": row, "prev": prev, "hash": digest, "seal": seal})
        return rows[-1]

    def answer(
        self, i: int, sealed: str = "", pieces: int = 0, act: str = "answer.recorded", **changed: object
    ) -> Record:
        """The next answer with its row; ``sealed``: the digest of its words; so many pieces of evidence."""
        made = event(i, **changed) | ({"sealed_sha256": sealed} if sealed else {})
        chain = f"inspection:{made['inspection']}"
        address = [
            made[name] for name in ("tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "pass")
        ]
        detail = {"payload_sha256": made["payload_sha256"], "address": address, "bases": made["base_op_ids"]}
        if sealed:  # the digest with the words is one that nobody works out here
            detail |= {"payload_sha256": "f" * 64, "coded_sha256": made["payload_sha256"], "sealed_sha256": sealed}
            made["payload_sha256"] = "f" * 64
        if act != "answer.recorded":
            detail["server_time"] = made["server_time"] = "2026-01-01T00:00:00Z"
        mine = [
            {"kind": "locator", "op_id": made["op_id"], "position": n, "key": "", "sealed_sha256": f"{i}-{n}"}
            for n in range(pieces)
        ]
        if mine:
            self.evidence += [{**piece, "inspection": made["inspection"]} for piece in mine]
            detail |= {"evidence_sha256": "e" * 64, "evidence": [digest_of([*piece.values()]) for piece in mine]}
        row = self.add(chain, ("answer", made["op_id"]), act, **detail)
        self.events.append({"server_time": row["at"], **made, "chain_n": row["n"], "chain_hash": row["hash"]})
        return self.events[-1]

    def head(self, chain: str, n: int | None = None, kind: str = "head", key: Ed25519PrivateKey = SIGNER) -> Record:
        """A signed head of a row (the last)."""
        row = self.rows[chain][-1 if n is None else n - 1]
        said = {"kind": kind, "chain": chain, "n": row["n"], "hash": row["hash"], "at": "2026-03-02T11:00:00Z"}
        return signed(said, key)

    def receipt(self, i: int, key: Ed25519PrivateKey = SIGNER) -> Record:
        """The receipt of an answer."""
        found = next(event for event in self.events if event["op_id"] == f"op-{i}")
        said = {
            "op_id": found["op_id"], "payload_sha256": found["payload_sha256"], "chain": "inspection:north",
            "chain_index": found["chain_n"], "chain_hash": found["chain_hash"],
            "evidence_sha256": "e" * 64 if any(piece["op_id"] == found["op_id"] for piece in self.evidence) else "",
        }  # fmt: skip
        return signed(said, key, with_id=True)

    def written(self, folder: Path) -> Path:
        """The export as a folder."""
        for name in ("rows", "events", "evidence"):
            (folder / name).mkdir(parents=True)
        for i, rows in enumerate(self.rows.values()):
            write(folder / "rows" / f"{i}.jsonl", rows)
        write(folder / "events" / "0.jsonl", self.events)
        write(folder / "evidence" / "0.jsonl", self.evidence)
        ends = {name: rows[-1] for name, rows in self.rows.items() if rows}
        tips = [{"chain": name, "n": row.get("n"), "hash": row.get("hash")} for name, row in ends.items()]
        write(folder / "tips.jsonl", tips if self.tips is None else self.tips)
        write(folder / "heads.jsonl", self.heads)
        return folder


def write(file: Path, records: list[Record]) -> Path:
    """Records as JSON lines."""
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return file
