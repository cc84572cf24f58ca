"""Adding to the audit: a row is written in the transaction of the change it speaks of, or the change is not made.

The text of a row is canonical JSON (sorted keys, no spaces, UTF-8); its hash is the SHA-256 of the hash before it and
the text. ``caselight.verifier`` checks both without us. No personal value ever stands in a row: keys, codes, digests
and counts only, so that the chain outlives a purge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from caselight.method.faults import Fault, Faults
from caselight.store.audit import growing, keys, leave
from caselight.store.audit.acts import Act

Plain = str | int | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
SCHEMA = 1
LEAVES = frozenset({str, int, bool, type(None)})
LONGEST = {"chain": 200, "by": 100, "object kind": 40, "object key": 200}  # as the columns are

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Link:
    """The place of a row in its chain: its number, from 1, and its hash."""

    n: int
    hash: str


class Entry(NamedTuple):
    """What a row says: who did what, to which object (its kind and key), and the detail."""

    by: str
    act: Act
    of: tuple[str, str]
    detail: Mapping[str, Plain]


def record(*, chain: str, by: str, act: Act, of: tuple[str, str], detail: Mapping[str, Plain], at: datetime) -> Link:
    """Add one row to a chain; see :func:`record_all`."""
    return record_all(chain=chain, entries=[Entry(by, act, of, detail)], at=at)[0]


def record_many(
    *, chain: str, by: str, act: Act, rows: Sequence[tuple[tuple[str, str], Mapping[str, Plain]]], at: datetime
) -> list[Link]:
    """Add a row for each object and detail of one act of one person; see :func:`record_all`."""
    return record_all(chain=chain, entries=[Entry(by, act, of, detail) for of, detail in rows], at=at)


def record_all(*, chain: str, entries: Sequence[Entry], at: datetime) -> list[Link]:
    """Add a row for each entry, in their order, and hold the chain until the transaction ends.

    ``RuntimeError`` outside a transaction, ``ValueError`` for an instant without a zone and ``TypeError`` for a
    fractional number or another thing that is not plain: mistakes of whoever calls. ``Faults`` for text that no row can
    hold: too long, with control characters, or no Unicode.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit row is written in the transaction of its change: call this inside atomic().")
    instant = as_text(at)
    if not entries:
        return []
    _refuse_unfit("chain", chain)
    leave.ask()
    seal = keys.sealer()
    n, prev = growing.locked_tip(chain)
    made, links = list[growing.Values](), list[Link]()
    for entry in entries:
        n += 1
        text = _text(chain, n, instant, entry)
        digest = _hash(prev, text)
        made.append((chain, n, instant, entry.by, str(entry.act), *entry.of, text, prev, digest, seal(digest)))
        links.append(Link(n, digest))
        prev = digest
    growing.add(chain, made, (n, prev))
    return links


def as_text(at: datetime) -> str:
    """An instant as audit rows hold it: UTC, RFC 3339, to the millisecond. ``ValueError`` where it has no zone."""
    if at.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(chain: str, n: int, instant: str, entry: Entry) -> str:
    by, act, of, detail = entry
    _refuse_unfit("by", by)
    _refuse_unfit("object kind", of[0])
    _refuse_unfit("object key", of[1])
    _refuse_strange(detail)
    return canonical(
        {"schema": SCHEMA, "chain": chain, "n": n, "at": instant, "by": by, "act": act, "object": of, "detail": detail}
    )


def _hash(prev: str, text: str) -> str:
    try:
        return hashlib.sha256((prev + text).encode()).hexdigest()
    except UnicodeEncodeError:
        raise _unfit("A text") from None


def _refuse_unfit(name: str, text: str) -> None:
    if not text or len(text) > LONGEST[name] or not text.isprintable():
        raise _unfit(f"The {name}")


def _unfit(what: str) -> Faults:
    return Faults([
        Fault("audit.not-text", (), f"{what} of an audit row is empty, too long, or holds characters that are no text.",
              "Send it without control characters, and no longer than the documentation of the field says.")
    ])  # fmt: skip


def _refuse_strange(value: Plain) -> None:
    """Only what is written alike in every language: a fraction is not (1.0, 1, 1e0)."""
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("The detail of an audit row has a key that is no text.")
        items: Iterable[Plain] = value.values()
    elif isinstance(value, list | tuple):
        items = value
    elif value is None or isinstance(value, str | int):
        return
    else:
        raise TypeError(f"The detail of an audit row holds a {type(value).__name__}.")
    for item in items:
        if type(item) not in LEAVES:  # nearly all are, and each of 250 answers has a dozen
            _refuse_strange(item)
