"""S4, on the chain: what the owner of the database does to its rows, making everything fit that they can reach.

Each attack gives the rows of which the first wrong one is to be named.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import connection
from tests.evidence.work.tampered_store import Place
from tests.evidence.work.tampering_answers import NORTH

from caselight import verifier
from caselight.store.assessments.wordless import wordless
from caselight.store.audit import keys

FAR = 1_000_000_000  # where rows are put while their numbers are changed
Sql = Callable[..., list[tuple[Any, ...]]]
Attack = Callable[[Sql, Place, Random], range]


def sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
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
    forged(sql, n)
    sql("UPDATE audit_tip SET n = n + 1 WHERE chain = %s", NORTH)
    sql("DELETE FROM audit_head")
    return range(n, n + 2)


def forged(sql: Sql, n: int) -> None:
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
    tip_to(sql, n - 1)
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


def tip_to(sql: Sql, n: int) -> None:
    last = sql("SELECT hash FROM audit_auditrow WHERE chain = %s AND n = %s", NORTH, n)
    sql("UPDATE audit_tip SET n = %s, hash = %s WHERE chain = %s", n, last[0][0] if last else "0" * 64, NORTH)


ON_CHAINS: dict[str, Attack] = {
    "a row edited": _edit,
    "a row removed": _delete,
    "a row removed, the rest renumbered": _delete_and_renumber,
    "two rows exchanged": _swap,
    "a row forged in between": _insert,
    "written anew without the key": _rewrite,
    "the end cut off": _truncate,
    "written anew with the key": _rewrite_with_key,
}
