"""Whether the heads that left a database are whole after a fault, and agree with what the database holds.

Heads are lines of files outside the database. A head that was acknowledged is there. A line that was being written may be
cut short, and is passed over by whoever reads it; every other is signed. What a head names, the database has: one that
names a row the database has lost would accuse an honest owner of having cut the end off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ROWS = "SELECT chain, n, hash FROM audit_auditrow"
KEPT = ("chain", "n", "hash")

Head = dict[str, Any]
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


def heads_told(acknowledgements: bytes) -> list[Head]:
    """The heads of acknowledgement lines."""
    lines = (json.loads(line) for line in acknowledgements.splitlines())
    return [line for line in lines if "kind" in line]


def witnessed(folder: Path, ask: Ask, told: Sequence[Head], public: str, *, torn: int = 1) -> list[str]:
    """What is wrong with the heads in a folder of files; at most ``torn`` lines of a file may be cut short."""
    there = {(chain, n): digest for chain, n, digest in ask(ROWS)}
    wrong, found = list[str](), set[tuple[Any, ...]]()
    for file in sorted(folder.glob("*.jsonl")):
        *lines, end = file.read_bytes().split(b"\n")
        broken = sum(1 for line in lines if line and _parsed(line) is None) + bool(end and _parsed(end) is None)
        if broken > torn:
            wrong.append(f"heads: {broken} lines of {file.name} are cut short")
        for head in filter(None, map(_parsed, [*lines, end])):
            wrong += _untrue(head, there, public)
            if head["kind"] == "head":
                found.add(tuple(head[name] for name in KEPT))
    gone = sum(1 for head in told if tuple(head[name] for name in KEPT) not in found)
    return [*wrong, f"heads: {gone} that were acknowledged are gone"] if gone else wrong


def _untrue(head: Head, there: dict[tuple[str, int], str], public: str) -> list[str]:
    if not _signed(json.dumps(head, sort_keys=True), public):
        return [f"heads: one of row {head.get('n')} is not signed"]
    if head["kind"] == "head" and there.get((head["chain"], head["n"])) != head["hash"]:
        return [f"heads: one names row {head['n']} of {head['chain']}, which the database has lost"]
    return []


@lru_cache(maxsize=4096)
def _signed(text: str, public: str) -> bool:
    head = json.loads(text)
    said = {name: value for name, value in head.items() if name not in ("signature", "key_id")}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(head["signature"]), canonical.encode()
        )
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def _parsed(line: bytes) -> Head | None:
    """The object of a line; None of one that was cut short."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
