"""S4, on answers and evidence: what somebody does to them behind the triggers, and whether a dropped trigger is missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any, Protocol

from django.db import connection, transaction
from tests.factories.answers import op_id, sent

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.procedures.doctor import databases
from caselight.store.assessments.actions import record_answers, take_in
from caselight.store.audit.actions import as_text

NORTH = "inspection:testshire"
Sql = Callable[..., list[tuple[Any, ...]]]
GONE = "DELETE FROM {} WHERE id = %s"
OTHER = "UPDATE {} SET key_id = 'another' WHERE id = %s"


class Long(Protocol):
    """A place that knows how many rows its chain has."""

    length: int


Attack = Callable[[Sql, Long, Random], range]


def answered(numbers: range, seed: int, at: datetime) -> None:
    """Keep answers: a third with words, a fifth with evidence, and the last ten come in with a package."""
    events = [
        sent(f"C{n % 4 + 1}", "A", "yes", op_id(n, seed % 10**6), note="" if n % 3 else f"Seen {n}.",
             server_time=as_text(at))
        for n in numbers
    ]  # fmt: skip
    for one in range(0, len(events), 10):
        some = events[one : one + 10]
        told = {event.op_id for event in some[::5]}
        locators = [Locator(op, "Plan", "p. 3") for op in told]
        excerpts = [Excerpt(f"x-{op}", op, "He had it in his hand.") for op in told]
        if one + 10 < len(events):
            record_answers(
                by="i1", inspection="testshire", device="d", events=some, locators=locators, excerpts=excerpts, at=at
            )
        else:
            take_in(by="i1", inspection="testshire", events=some, locators=locators, excerpts=excerpts, at=at)


def _edit_answer(sql: Sql, place: Long, chance: Random) -> range:
    n = chance.randrange(1, place.length + 1)
    sql("UPDATE assessments_answerevent SET value = 'no' WHERE chain_n = %s", n)
    return range(n, n + 1)


def _with_words(column: str, value: object) -> Attack:
    """An attack that changes a column of an answer that has words."""

    def change(sql: Sql, place: Long, chance: Random) -> range:
        ((n,),) = _drawn(sql, chance, "SELECT chain_n FROM assessments_answerevent WHERE key_id <> '' ORDER BY chain_n")
        sql(f"UPDATE assessments_answerevent SET {column} = %s WHERE chain_n = %s", value, n)
        return range(n, n + 1)

    return change


def _hide_behind_words(sql: Sql, place: Long, chance: Random) -> range:
    ((n,),) = _drawn(sql, chance, "SELECT chain_n FROM assessments_answerevent WHERE key_id = '' ORDER BY chain_n")
    sql("UPDATE assessments_answerevent SET value = 'no', key_id = 'k', sealed = %s WHERE chain_n = %s", b"\x01x", n)
    return range(n, n + 1)


def _delete_imported(sql: Sql, place: Long, chance: Random) -> range:
    imported = "SELECT n FROM audit_auditrow WHERE chain = %s AND act = 'answer.imported' ORDER BY n"
    ((n,),) = _drawn(sql, chance, imported, NORTH)
    sql("DELETE FROM assessments_answerevent WHERE chain_n = %s", n)
    return range(n, n + 1)


def _evidence(table: str, statement: str) -> Attack:
    """An attack on a piece of evidence, a statement that ends in the id of its row."""

    def change(sql: Sql, place: Long, chance: Random) -> range:
        pieces = f"SELECT chain_n, {table}.id FROM {table} JOIN assessments_answerevent e ON e.op_id = {table}.op_id ORDER BY 1, 2"
        ((n, number),) = _drawn(sql, chance, pieces)
        sql(statement.format(table), number)
        return range(n, n + 1)

    return change


def _drawn(sql: Sql, chance: Random, query: str, *values: object) -> list[tuple[Any, ...]]:
    return [chance.choice(sql(query, *values))]


ON_ANSWERS: dict[str, Attack] = {
    "an answer edited": _edit_answer,
    "an answer with words edited": _with_words("value", "no"),
    "an answer with words put on another base": _with_words("base_op_ids", "x"),
    "an answer with words given to another person": _with_words("actor", "i2"),
    "an answer edited behind words put there": _hide_behind_words,
    "an answer that came in removed": _delete_imported,
    "a locator removed": _evidence("assessments_locator", GONE),
    "a locator changed": _evidence("assessments_locator", OTHER),
    "an excerpt removed": _evidence("assessments_excerpt", GONE),
    "an excerpt changed": _evidence("assessments_excerpt", OTHER),
}


def each_trigger_dropped() -> tuple[int, list[str]]:
    """Every trigger that refuses changes, dropped alone: how many there are, and which the doctor does not miss."""
    by_vendor = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only%'",
        "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%append_only%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(by_vendor[connection.vendor])
        triggers = cursor.fetchall()
    unseen = []
    for table, name in triggers:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
            missed = {fault.where[1] for fault in databases.examine() if fault.code == "doctor.not-guarded"}
            transaction.set_rollback(True)
        if missed != {table}:
            unseen.append(f"The trigger {name} was dropped, and the doctor missed {sorted(missed)}.")
    return len(triggers), unseen
