"""An event as a row of the database and back, in SQL that both databases understand.

Raw statements with tuples: a sync inserts hundreds of events and an import a hundred thousand, and a model object for
each would cost more than everything else together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments.words import opened
from caselight.store.audit import inserting
from caselight.store.audit.acts import Act

Row = tuple[Any, ...]
COLUMNS = (
    "inspection_id", "op_id", "tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "pass", "value",
    "reasons", "themes", "notable", "withdrawn", "actor", "device", "base_op_ids", "client_time", "server_time",
    "framework_version", "payload_sha256", "sealed", "key_id", "chain_n", "chain_hash",
)  # fmt: skip
NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # no database keeps them
MANY = 500  # values in one condition; SQLite takes 32,766 at most

_READ = ", ".join(f'"{name}"' for name in COLUMNS[1:23])
_TABLE = '"assessments_answerevent"'
_SELECT = f"SELECT {_READ} FROM {_TABLE} WHERE"  # noqa: S608
_PLACE = ", ".join(
    f'"{name}"' for name in ("op_id", "inspection_id", "payload_sha256", "chain_n", "chain_hash", *COLUMNS[2:9])
)
_KNOWN = f'SELECT {_PLACE} FROM {_TABLE} WHERE "op_id" IN'  # noqa: S608
_IMPORTED = """
    SELECT "object_key", "by" FROM "audit_auditrow"
    WHERE "chain" = %s AND "act" = %s AND "object_kind" = 'answer' AND "object_key" IN"""
_AUTHOR = """CASE WHEN "pass" = 'moderated' THEN '' ELSE "actor" END"""  # whose a judgement is, as it is read
_ADDRESS = ", ".join(f'"{name}"' for name in COLUMNS[2:9])
# Few are contested: for those alone it is looked up where their address begins.
_FIRST = " AND ".join(f'f."{name}" = c."{name}"' for name in ("inspection_id", *COLUMNS[2:9]))
_CONTESTED = f"""
    SELECT "op_id", "subject_key", {_AUTHOR}, (SELECT MIN(f."chain_n") FROM {_TABLE} AS f WHERE {_FIRST}), {_ADDRESS}
    FROM "current_answer" AS c WHERE "inspection_id" = %s AND "contested" """  # noqa: S608 - our own constants
_STEPS = """
    SELECT s."kind", s."key", (
        SELECT c."step" FROM "assessments_casestep" AS c
        WHERE c."inspection_id" = s."inspection_id" AND c."subject_kind" = s."kind" AND c."subject_key" = s."key"
        ORDER BY c."id" DESC LIMIT 1
    ) FROM "caseloads_subject" AS s WHERE s."inspection_id" = %s AND s."key" IN"""


def row(inspection_id: int, event: AnswerEvent, sealed: tuple[str, bytes, str]) -> Row:
    """An event as it is inserted, but for its place in the chain, which :func:`insert` adds."""
    value, words, key_id = sealed
    (op_id, tool, kind, key, table, row_key, question, pass_, _, reasons, _, themes, notable, withdrawn, actor,
     device, bases, _, client, server, version, digest) = event  # fmt: skip
    return (
        inspection_id, op_id, tool, kind, key, table, row_key, question, pass_, value, "|".join(reasons),
        "|".join(themes), notable, withdrawn, actor, device, "|".join(bases), client, server, version, digest, words,
        key_id,
    )  # fmt: skip


def insert(rows: Sequence[Row], links: Iterable[tuple[int, str]]) -> None:
    """Insert events, each with the number and hash of its audit row."""
    inserting.insert(
        "assessments_answerevent", COLUMNS, [(*made, *link) for made, link in zip(rows, links, strict=True)]
    )


def known(op_ids: Iterable[str]) -> Iterator[Row]:
    """Of these ids those that are recorded: id, inspection, digest, place in the chain, then the address."""
    return _selected(_KNOWN, (), op_ids)


def last_steps(inspection_id: int, keys: Iterable[str]) -> Iterator[Row]:
    """Of these keys those that are subjects: kind, key, and the last step of the case, or None."""
    return _selected(_STEPS, (inspection_id,), keys)


def imported(chain: str, op_ids: Iterable[str]) -> Iterator[Row]:
    """Of these ids those that came in with a package, with who brought them in; the audit says so, which is signed."""
    return _selected(_IMPORTED, (chain, Act.ANSWER_IMPORTED.value), op_ids)


def _selected(query: str, first: Row, keys: Iterable[str]) -> Iterator[Row]:
    """What a query finds whose last condition is a list of keys."""
    wanted = [key for key in keys if NO_TEXT.search(key) is None]
    with connection.cursor() as cursor:
        for at in range(0, len(wanted), MANY):
            some = wanted[at : at + MANY]
            cursor.execute(f"{query} ({', '.join(['%s'] * len(some))})", [*first, *some])
            yield from cursor.fetchall()


def standing(inspection_id: int, subject_key: str | None = None) -> Iterator[Row]:
    """Kind and key of the subject, id and digest of each event that stands, of one subject or of all; from the view."""
    columns = '"subject_kind", "subject_key", "op_id", "payload_sha256"'
    query = f'SELECT {columns} FROM "current_answer" WHERE "inspection_id" = %s'  # noqa: S608 - our own constants
    values: list[str | int] = [inspection_id]
    if subject_key is not None:
        query, values = query + ' AND "subject_key" = %s', [inspection_id, subject_key]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        yield from cursor.fetchall()


def judgements(inspection_id: int, op_id: str = "") -> list[Row]:
    """Subject and author of every judgement, or of that of one event; the author of a moderated one is nobody."""
    query = f'SELECT DISTINCT "subject_key", {_AUTHOR} FROM {_TABLE} WHERE "inspection_id" = %s'  # noqa: S608
    return _all(query + (' AND "op_id" = %s' if op_id else ""), [inspection_id, op_id] if op_id else [inspection_id])


def of_judgements(inspection_id: int, wanted: Iterable[tuple[str, str]]) -> tuple[str, list[str | int]]:
    """The condition that an event is of an inspection and one of some judgements, and its values."""
    subjects: dict[str, list[str]] = {}
    for subject, author in sorted(wanted):
        subjects.setdefault(author, []).append(subject)
    either = " OR ".join(f'({_AUTHOR} = %s AND "subject_key" IN ({_marks(keys)}))' for keys in subjects.values())
    values = [value for author, keys in subjects.items() for value in (author, *keys)]
    return f'"inspection_id" = %s AND ({either or "1 = 0"})', [inspection_id, *values]


def count(where: str, values: Sequence[str | int]) -> int:
    """How many events a condition selects; nothing of them is unsealed."""
    return int(_all(f"SELECT COUNT(*) FROM {_TABLE} WHERE {where}", values)[0][0])  # noqa: S608 - our own constants


def contested(inspection_id: int) -> list[Row]:
    """Of each answer that stands against another: id, subject, author, where its address begins, and the address."""
    return _all(_CONTESTED, [inspection_id])


def contested_actors(inspection_id: int) -> list[Row]:
    """Of each answer that stands against another: id, who gave it, and the address."""
    query = f'SELECT "op_id", "actor", {_ADDRESS} FROM "current_answer" WHERE "inspection_id" = %s AND "contested"'  # noqa: S608
    return _all(query, [inspection_id])


def read_these(inspection: str, inspection_id: int, op_ids: Sequence[str]) -> Iterator[AnswerEvent]:
    """Some events of an inspection by their ids, in any order."""
    for at in range(0, len(op_ids), MANY):
        some = op_ids[at : at + MANY]
        yield from read(inspection, f'"inspection_id" = %s AND "op_id" IN ({_marks(some)})', [inspection_id, *some])


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _all(query: str, values: Sequence[str | int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[Row] = cursor.fetchall()
    return found


def read(inspection: str, where: str, values: list[str | int]) -> list[AnswerEvent]:
    """The events of one inspection that a condition selects, as they were recorded; ``where`` is our own constant."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} {where}", values)
        return list(_events(inspection, cursor.fetchall()))


def _events(inspection: str, rows: Iterable[Row]) -> Iterator[AnswerEvent]:
    new, lists, shared = tuple.__new__, _Lists(), dict[str, str]()
    kept = shared.setdefault
    for (op_id, tool, kind, key, table, row_key, question, pass_, value, reasons, themes, notable, withdrawn, actor,
         device, bases, client, server, version, digest, sealed, key_id) in rows:  # fmt: skip
        note = reason = ""
        if sealed:
            note, reason, written = opened(inspection, op_id, sealed, key_id)
            value = value if written is None else written  # noqa: PLW2901
        yield new(AnswerEvent, (
            op_id, kept(tool, tool), kept(kind, kind), kept(key, key), kept(table, table), kept(row_key, row_key),
            kept(question, question), kept(pass_, pass_), kept(value, value), lists[reasons], note, lists[themes],
            bool(notable), bool(withdrawn), kept(actor, actor), kept(device, device), lists[bases] if bases else (),
            reason, client, server, kept(version, version), digest,
        ))  # fmt: skip


class _Lists(dict[str, tuple[str, ...]]):
    """The lists that columns hold, each made once."""

    def __missing__(self, cell: str) -> tuple[str, ...]:
        value = self[cell] = tuple(cell.split("|")) if cell else ()
        return value
