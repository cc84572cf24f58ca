"""Heads: signed ends of chains, kept in files outside the database (``settings.HEADS``) and repeated inside it.

Whoever owns the database can rewrite a whole chain or cut its end off. They cannot take back a head that has left: so
heads are written on a schedule (:func:`write_heads`) and at each change of state (:func:`write_head`), and the files
belong on another machine. One file for each chain, one JSON object on a line, each line forced to the disk:

    {"at":…,"chain":…,"hash":…,"key_id":…,"kind":"head","n":…,"signature":…}

``signature`` is Ed25519 over the canonical JSON of the other fields but ``key_id``. A line of the kind ``announced`` is
written before a change of state is committed, and so may speak of a row that never came; a ``head`` never does.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from caselight.method.faults import Fault, Faults
from caselight.store.audit import growing, keys
from caselight.store.audit.actions import as_text, canonical
from caselight.store.audit.durable import sync_names, write_all
from caselight.store.audit.models import AuditRow, Head, Tip
from caselight.store.audit.unwritten import said_when_unwritten


@dataclass(frozen=True, slots=True)
class SignedHead:
    """An end of a chain, signed; ``kind`` is ``head`` or ``announced``."""

    kind: str
    chain: str
    n: int
    hash: str
    at: str
    signature: str
    key_id: str


def write_heads(*, at: datetime) -> list[SignedHead]:
    """Sign the end of each chain that grew since its file was last written to, and keep it in the file and the table.

    ``Faults``: ``audit.head-not-kept`` where a file cannot be written, ``store.not-written`` where the table cannot, and
    ``audit.chain-broken`` where a chain does not end as its tip says. Every chain is tried before they are raised.
    """
    written, faults = list[SignedHead](), list[Fault]()
    with said_when_unwritten():
        tips = list(Tip.objects.filter(n__gt=0).order_by("chain"))
    for tip in tips:
        if (tip.n, tip.hash) == _last_kept(tip.chain):
            continue
        try:
            with said_when_unwritten():
                _refuse_broken(tip)
                written.append(_keep(_signed("head", tip.chain, (tip.n, tip.hash), as_text(at))))
        except Faults as found:
            faults.extend(found)
    if faults:
        raise Faults(faults)
    return written


def write_head(*, chain: str, at: datetime) -> None:
    """Have a change of state witnessed: call this last, in the transaction of the change, after its audit row.

    The end of the chain is announced in its file at once, and the change is refused (``audit.head-not-kept``) where
    that cannot be done. The head follows as soon as the change is committed. ``RuntimeError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A change of state is witnessed in its own transaction: call this inside atomic().")
    tip, instant = growing.locked_tip(chain), as_text(at)
    _append(_signed("announced", chain, tip, instant))
    # The change stands by then. A head that cannot follow is logged, and the next schedule tries again.
    transaction.on_commit(lambda: _keep(_signed("head", chain, tip, instant)), robust=True)


def mirror(chain: str) -> Path:
    """The file of a chain's heads."""
    return Path(settings.HEADS) / file_name(chain)


def file_name(chain: str) -> str:
    """The name of a chain's file: one that every file system takes, and no two chains share."""
    readable = re.sub(r"[^a-z0-9]+", "-", chain.lower())[:60].strip("-")
    return f"{readable}-{hashlib.sha256(chain.encode()).hexdigest()[:12]}.jsonl"


def _refuse_broken(tip: Tip) -> None:
    last = AuditRow.objects.filter(chain=tip.chain).order_by("-n").values_list("n", "hash").first()
    if last is None or last[0] < tip.n or (last[0] == tip.n and last[1] != tip.hash):
        raise Faults([
            Fault("audit.chain-broken", (tip.chain,), f"The chain {tip.chain} does not end in the row its tip names.",
                  "Run caselight verify and look at the row it names. No head of this chain is signed until then.")
        ])  # fmt: skip


def _signed(kind: str, chain: str, tip: tuple[int, str], at: str) -> SignedHead:
    said = {"kind": kind, "chain": chain, "n": tip[0], "hash": tip[1], "at": at}
    signature, key_id = keys.sign(canonical(said).encode())
    return SignedHead(kind, chain, *tip, at, signature, key_id)


def _keep(head: SignedHead) -> SignedHead:
    _append(head)
    row = asdict(head)
    del row["kind"]
    Head.objects.create(**row)
    return head


def _append(head: SignedHead) -> None:
    path = mirror(head.chain)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        with _opened(path) as descriptor:
            _write_line(descriptor, canonical(asdict(head)).encode() + b"\n")
    except OSError as error:
        raise Faults([
            Fault("audit.head-not-kept", (head.chain,), f"A head could not be kept outside the database: {error.strerror}.",
                  "Look at the disk and the rights of the folder of heads (CASELIGHT_HEADS), then do it again.")
        ]) from error  # fmt: skip


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        flock(descriptor, LOCK_EX)  # another process of ours may be writing the same file
        yield descriptor
    finally:
        os.close(descriptor)
    if new:
        sync_names(path.parent)


def _write_line(descriptor: int, line: bytes) -> None:
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        line = b"\n" + line  # a line that a crash cut short stays as it is, and spoils no other
    try:
        write_all(descriptor, line)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def _last_kept(chain: str) -> tuple[int, str] | None:
    """The last head in a chain's file, where its last whole lines hold one."""
    path = mirror(chain)
    if not path.exists():
        return None
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 4096))
        lines = stream.read().splitlines()
    for line in reversed(lines):
        with suppress(ValueError, KeyError, TypeError):
            head = json.loads(line)
            if head["kind"] == "head":
                return head["n"], head["hash"]
    return None
