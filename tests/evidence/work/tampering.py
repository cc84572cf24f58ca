"""S4, inside Django: a store with two chains, an owner of its database who tampers with it, and a verifier from outside.

Each attack runs in a transaction with every trigger off, is looked at as an export would hold it, and is undone. The
owner does it as well as they can: numbers, tips, the heads inside the database and the answers are all made to fit.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from tests.evidence.work.seeding import seed as seed_people
from tests.evidence.work.tampering_answers import ON_ANSWERS, answered, each_trigger_dropped
from tests.factories.answers import op_id
from tests.factories.store import AT
from tests.triggers import let_tests_empty_the_database, lifted

from caselight import verifier
from caselight.procedures.exporting_audit import export_audit
from caselight.store.assessments.evidence import wordless_evidence
from caselight.store.assessments.wordless import wordless
from caselight.store.audit import heads, keys, queries
from caselight.store.audit.actions import record, record_many
from caselight.store.audit.acts import Act

NORTH = "inspection:testshire"
STEPS, ANSWERS, OTHERS = 6, 40, 2  # how often heads are written, and what is added to each chain in between
UNTOUCHED = ("nothing", "the database file itself")
FAR = 1_000_000_000  # where rows are put while their numbers are changed
Sql = Callable[..., list[tuple[Any, ...]]]
Attack = Callable[[Sql, "Place", Random], range]


class Live:
    """The store as an export would hold it at this moment, without the files in between."""

    def chains(self) -> Iterator[tuple[str, Iterator[verifier.Record]]]:
        return ((chain, queries.rows_of(chain)) for chain in queries.chains())

    def tips(self) -> list[verifier.Record]:
        return queries.tips()

    def heads(self) -> list[verifier.Record]:
        return queries.heads()

    def events(self) -> Iterator[verifier.Record]:
        return wordless("testshire")

    def evidence(self) -> Iterator[verifier.Record]:
        return wordless_evidence("testshire")

    def public_key(self) -> str:
        return ""


@dataclass
class Place:
    """What stands before the attacks: the heads that left, the length of the chain, older copies, another database."""

    outside: list[verifier.Record]
    length: int
    older: list[Path]
    other: list[Path]

    def before(self, n: int) -> int:
        """The row of the last outside head before row ``n``: what is written anew from ``n`` on is placed behind it."""
        rows = [head["n"] for head in self.outside if head["chain"] == NORTH and head["n"] < n]
        return max(rows, default=0)


def attack(*, seed: int, trials: int, rows: int, folder: str) -> dict[str, Any]:
    """Every attack so many times, checked with the heads that left; and what else is worth knowing."""
    chance, place = Random(seed), _built(Path(folder), seed)
    answer = _all(place, chance, trials)
    statuses = _alone(place, chance, Path(folder))
    right = {name: 0 if name in UNTOUCHED else 1 for name in statuses}
    answer["said"] += [
        f"Alone, {name}: exit status {statuses[name]}." for name in statuses if statuses[name] != right[name]
    ]
    dropped, unseen = each_trigger_dropped()
    answer["said"] += unseen
    answer["trials"] += dropped
    answer["figures"] |= {"triggers dropped, one at a time": dropped, "found by the doctor": dropped - len(unseen)}
    answer["figures"] |= _behind_the_last_head(place) | _timed(rows, Path(folder))
    return answer


def blind(*, seed: int, trials: int, folder: str) -> dict[str, Any]:
    """The same attacks, and a verifier that is given no head from outside."""
    chance, place = Random(seed), _built(Path(folder), seed)
    place.outside.clear()
    return _all(place, chance, trials)


def _all(place: Place, chance: Random, trials: int) -> dict[str, Any]:
    found, said = Counter[str](), list[str]()
    for name in (*ATTACKS, *COPIES):
        for trial in range(trials):
            wrong, findings = _tried(name, place, chance)
            found[f"found: {name}"] += bool(findings)
            if not findings:
                said.append(f"{name}, trial {trial}: not found (row {wrong.start} was wrong).")
            elif not _located(findings, wrong, place):
                said.append(f"{name}, trial {trial}: row {wrong.start} was wrong, and this was said: {findings[0]}")
    return {"trials": trials * (len(ATTACKS) + len(COPIES)), "said": said, "figures": dict(found)}


def _tried(name: str, place: Place, chance: Random) -> tuple[range, list[verifier.Finding]]:
    """Tamper in one way: the rows of which the first wrong one should be named, and what the verifier says."""
    given = verifier.Given(place.outside, [keys.public_key()])
    if name in COPIES:
        copy = chance.choice(COPIES[name](place))
        return range(1, place.length + 1), verifier.verify(verifier.opened(copy), given).findings
    with transaction.atomic():
        with lifted(connection):
            wrong = ATTACKS[name](_sql, place, chance)
        findings = verifier.verify(Live(), given).findings
        transaction.set_rollback(True)
    return wrong, findings


def _located(findings: list[verifier.Finding], wrong: range, place: Place) -> bool:
    """Whether the first row that is named is one that is wrong, as exactly as it is defined.

    A chain written anew agrees with itself: it is placed behind the last head before the first row that is wrong.
    """
    first = next((finding for finding in findings if finding.chain == NORTH), findings[0])
    if first.code == "chain-rewritten":
        return any(first.n == place.before(n) + 1 for n in wrong)
    return first.n in wrong


# ── the place ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _built(folder: Path, seed: int) -> Place:
    """Fill the store twice: the other database first, then ours, of which older copies are kept on the way."""
    heads_outside = settings.HEADS
    settings.HEADS = folder / "other-heads"
    other = _filled(folder / "other", seed + 1)[1:]
    let_tests_empty_the_database()
    call_command("flush", verbosity=0, interactive=False)
    settings.HEADS = heads_outside
    older = _filled(folder / "older", seed)
    outside = [head for head in verifier.head_files([settings.HEADS]) if head["kind"] == "head"]
    return Place(outside, max(head["n"] for head in outside if head["chain"] == NORTH), older[:-1], other)


def _filled(folder: Path, seed: int) -> list[Path]:
    folder.mkdir(parents=True)
    seed_people()
    copies = []
    for step in range(STEPS):
        at = AT + timedelta(minutes=15 * step)
        answered(range(step * ANSWERS + 1, (step + 1) * ANSWERS + 1), seed, at)
        for n in range(OTHERS):
            with transaction.atomic():
                of = ("sentinel", f"{step}-{n}")
                record(chain="system", by="lead", act=Act.FOLDER_KEPT, of=of, detail={"seed": seed}, at=at)
        heads.write_heads(at=at)
        export_audit(folder / f"{step:02d}")
        copies.append(folder / f"{step:02d}")
    return copies


# ── the attacks: each gives the rows of which the first wrong one is named ──────────────────────────────────────────


def _sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _edit(sql: Sql, place: Place, chance: Random) -> range:
    n = chance.randrange(1, place.length + 1)
    ((text,),) = sql("SELECT row FROM audit_auditrow WHERE chain = %s AND n = %s", NORTH, n)
    changed = text.replace('"by":"i1"', '"by":"i2"')
    sql("UPDATE audit_auditrow SET row = %s, by = 'i2' WHERE chain = %s AND n = %s", changed, NORTH, n)
    return range(n, n + 1)


def _delete(sql: Sql, place: Place, chance: Random) -> range:
    n = chance.randrange(1, place.length)
    _remove(sql, n, n)
    return range(n, n + 1)


def _delete_and_renumber(sql: Sql, place: Place, chance: Random) -> range:
    n = chance.randrange(1, place.length)
    _remove(sql, n, n)
    _shift(sql, n, -1)
    sql("UPDATE audit_tip SET n = n - 1 WHERE chain = %s", NORTH)
    sql("DELETE FROM audit_head")
    return range(n, n + 1)


def _swap(sql: Sql, place: Place, chance: Random) -> range:
    one, other = sorted(chance.sample(range(1, place.length + 1), 2))
    for table, name in (("audit_auditrow", "n"), ("assessments_answerevent", "chain_n")):
        where = "AND chain = %s" if name == "n" else "AND %s <> ''"
        for old, new in ((one, FAR), (other, one), (FAR, other)):
            sql(f"UPDATE {table} SET {name} = %s WHERE {name} = %s {where}", new, old, NORTH)
    return range(one, one + 1)


def _insert(sql: Sql, place: Place, chance: Random) -> range:
    """A row that fits what stands before it: it is named itself by a head, and what comes after it by its link."""
    n = chance.randrange(1, place.length + 1)
    _shift(sql, n, 1)
    _forged(sql, n)
    sql("UPDATE audit_tip SET n = n + 1 WHERE chain = %s", NORTH)
    sql("DELETE FROM audit_head")
    return range(n, n + 2)


def _forged(sql: Sql, n: int) -> None:
    """A row that fits what stands before it, but for the seal."""
    before = sql("SELECT hash FROM audit_auditrow WHERE chain = %s AND n = %s", NORTH, n - 1)
    prev = before[0][0] if before else "0" * 64
    said = {"act": "folder.kept", "at": "2026-03-02T09:00:00.000Z", "by": "lead", "chain": NORTH, "detail": {}, "n": n}
    text = verifier.canonical({**said, "object": ["files", "x"], "schema": 1})
    digest = hashlib.sha256((prev + text).encode()).hexdigest()
    sql(
        "INSERT INTO audit_auditrow (chain, n, at, by, act, object_kind, object_key, row, prev, hash, seal)"
        " VALUES (%s, %s, %s, %s, %s, 'files', 'x', %s, %s, %s, %s)",
        NORTH, n, said["at"], "lead", said["act"], text, prev, digest, "0" * 64,
    )  # fmt: skip


def _rewrite(sql: Sql, place: Place, chance: Random, *, key: bytes = b"") -> range:
    """Another answer, and everything behind it made to fit: rows, digests, answers, tip; and with the key, seals and heads."""
    first = chance.randrange(1, place.length + 1)
    rows = sql("SELECT n, row, prev FROM audit_auditrow WHERE chain = %s AND n >= %s ORDER BY n", NORTH, first)
    prev, changed, answers = rows[0][2], list[tuple[object, ...]](), list[tuple[object, ...]]()
    for n, text, _ in rows:
        said = json.loads(text)
        if n == first:
            coded = "coded_sha256" if "coded_sha256" in said["detail"] else "payload_sha256"
            said["detail"][coded] = _other_answer(sql, said["object"][1], coded)
        text = verifier.canonical(said)  # noqa: PLW2901
        digest = hashlib.sha256((prev + text).encode()).hexdigest()
        seal = hmac.digest(key, digest.encode(), "sha256").hex() if key else "0" * 64
        changed.append((text, prev, digest, seal, NORTH, n))
        answers.append((digest, n))
        prev = digest
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE audit_auditrow SET row = %s, prev = %s, hash = %s, seal = %s WHERE chain = %s AND n = %s", changed
        )
        cursor.executemany("UPDATE assessments_answerevent SET chain_hash = %s WHERE chain_n = %s", answers)
    sql("UPDATE audit_tip SET hash = %s WHERE chain = %s", prev, NORTH)
    sql("DELETE FROM audit_head")
    if key:
        said = {"kind": "head", "chain": NORTH, "n": place.length, "hash": prev, "at": "2026-03-02T12:00:00.000Z"}
        signature, key_id = keys.sign(verifier.canonical(said).encode())
        sql(
            "INSERT INTO audit_head (chain, n, hash, at, signature, key_id) VALUES (%s, %s, %s, %s, %s, %s)",
            NORTH, place.length, prev, said["at"], signature, key_id,
        )  # fmt: skip
    return range(first, first + 1)


def _rewrite_with_key(sql: Sql, place: Place, chance: Random) -> range:
    return _rewrite(sql, place, chance, key=keys.kept("audit.key"))


def _truncate(sql: Sql, place: Place, chance: Random) -> range:
    n = chance.randrange(1, place.length + 1)
    _remove(sql, n, place.length)
    _tip_to(sql, n - 1)
    sql("DELETE FROM audit_head")
    return range(n, n + 1)


def _other_answer(sql: Sql, key: str, column: str) -> str:
    """Another value, and its digest; of an answer with words nobody can work out the other digest, so that one stays."""
    event = next(event for event in wordless("testshire") if event["op_id"] == key)
    digest = verifier.payload_digest({**event, "value": "no"})
    sql("UPDATE assessments_answerevent SET value = 'no' WHERE op_id = %s", key)
    if column == "payload_sha256":
        sql("UPDATE assessments_answerevent SET payload_sha256 = %s WHERE op_id = %s", digest, key)
    return digest


def _remove(sql: Sql, first: int, last: int) -> None:
    sql("DELETE FROM audit_auditrow WHERE chain = %s AND n BETWEEN %s AND %s", NORTH, first, last)
    gone = "SELECT op_id FROM assessments_answerevent WHERE chain_n BETWEEN %s AND %s"
    for table in ("assessments_locator", "assessments_excerpt"):
        sql(f"DELETE FROM {table} WHERE op_id IN ({gone})", first, last)
    sql("DELETE FROM assessments_answerevent WHERE chain_n BETWEEN %s AND %s", first, last)


def _shift(sql: Sql, first: int, by: int) -> None:
    """New numbers for all rows from one on, without two of a number on the way."""
    for step in (FAR, by - FAR):
        least = first if step == FAR else FAR
        sql("UPDATE audit_auditrow SET n = n + %s WHERE chain = %s AND n >= %s", step, NORTH, least)
        sql("UPDATE assessments_answerevent SET chain_n = chain_n + %s WHERE chain_n >= %s", step, least)


def _tip_to(sql: Sql, n: int) -> None:
    last = sql("SELECT hash FROM audit_auditrow WHERE chain = %s AND n = %s", NORTH, n)
    sql("UPDATE audit_tip SET n = %s, hash = %s WHERE chain = %s", n, last[0][0] if last else "0" * 64, NORTH)


ATTACKS: dict[str, Attack] = {
    "a row edited": _edit,
    "a row removed": _delete,
    "a row removed, the rest renumbered": _delete_and_renumber,
    "two rows exchanged": _swap,
    "a row forged in between": _insert,
    "written anew without the key": _rewrite,
    "the end cut off": _truncate,
    "written anew with the key": _rewrite_with_key,
    **ON_ANSWERS,
}
COPIES: dict[str, Callable[[Place], list[Path]]] = {
    "an older database put back": lambda place: place.older,
    "another database put here": lambda place: place.other,
}


# ── the same from outside, and how long it takes ────────────────────────────────────────────────────────────────────


def _alone(place: Place, chance: Random, folder: Path) -> dict[str, int]:
    """The exit status for one of each attack, exported and checked by the one file in a process of its own."""
    statuses = {"nothing": _status(folder, "nothing")}
    for name, tamper in ATTACKS.items():
        with transaction.atomic():
            with lifted(connection):
                tamper(_sql, place, chance)
            statuses[name] = _status(folder, name)
            transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        statuses["the database file itself"] = _checked(Path(settings.DATABASES["default"]["NAME"]))
    return statuses


def _status(folder: Path, name: str) -> int:
    export = folder / f"alone {name}"
    export_audit(export)
    return _checked(export)


def _checked(what: Path) -> int:
    key = settings.KEYS / "receipts.pub"
    command = [sys.executable, "-I", verifier.__file__, what, "--heads", settings.HEADS, "--key", key]
    return subprocess.run(command, check=False, capture_output=True).returncode


def _timed(rows: int, folder: Path) -> dict[str, float]:
    """Seconds to chain so many rows, to export them, and to check the export."""
    call_command("flush", verbosity=0, interactive=False)
    began = time.monotonic()
    for _ in range(rows // 1000):
        with transaction.atomic():
            some = [(("answer", op_id(n)), {"payload_sha256": "a" * 64, "n": n}) for n in range(1000)]
            record_many(chain="system", by="lead", act=Act.FOLDER_KEPT, rows=some, at=AT)
    chained = time.monotonic()
    export_audit(folder / "timed")
    exported = time.monotonic()
    report = verifier.verify(verifier.opened(folder / "timed"), verifier.Given())
    assert report.agrees
    assert report.rows == rows
    checked = time.monotonic()
    named = {"chained": chained - began, "exported": exported - chained, "checked": checked - exported}
    return {f"seconds {what}, {rows:,} rows": round(seconds, 2) for what, seconds in named.items()}


def _behind_the_last_head(place: Place) -> dict[str, int]:
    """The limit that is said: a row added after the last head that left, seen without the audit key and with it."""
    public = verifier.Given(place.outside, [keys.public_key()])
    with transaction.atomic():
        with lifted(connection):
            _forged(_sql, place.length + 1)
            _tip_to(_sql, place.length + 1)
        found = [
            len(verifier.verify(Live(), given).findings)
            for given in (public, replace(public, audit_key=keys.kept("audit.key")))
        ]
        transaction.set_rollback(True)
    return {"forged after the last head, found without the audit key": found[0], "and with it": found[1]}
