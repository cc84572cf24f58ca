"""A sync of 250 queued answers in one request, held against a bare script that does the least that could be meant by it.

Ours is the whole request, through the server's own entry point in the same process: sign-in, parsing, permissions, every
rule for each answer, notes sealed under the keys of their subjects, rows and audit rows in one transaction, and after the
commit a signed receipt for each, as JSON. The bare script parses the same bytes, makes a canonical text of each answer,
chains the texts by SHA-256, signs a receipt for each with Ed25519, inserts everything into one table with the keys that
ours has, by one ``executemany`` and one commit, and writes the receipts as JSON. It asks nobody's permission, checks
nothing and seals nothing. Both write to the same kind of database with the same safeguards: SQLite as it is shipped, in
WAL with ``synchronous=FULL``, or one PostgreSQL with ``synchronous_commit=on``.

Both run in one process, in turns, each message once on each side. On PostgreSQL *by processor* is of this process only.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.evidence.django_run import in_django
from tests.evidence.promise import Run as Attack

from benchmarks import queued
from benchmarks.measuring import Line, Run, doing, on_each_database

CASES, UNCOUNTED = 44, 4  # of about 250 answers each; and messages to warm up
LIMIT = 4
ADDRESS = f"/api/inspections/{queued.INSPECTION}/answers"
FIELDS = (
    "op_id", "tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "pass", "value", "reasons", "note",
    "themes", "notable", "withdrawn", "actor", "device", "base_op_ids", "resolves_reason", "client_time",
    "framework_version", "payload_sha256",
)  # fmt: skip
COLUMNS = ("n", *FIELDS, "text", "prev", "hash", "signature")
Sync = Callable[[bytes], bytes]


def lines(folder: Path, database: str) -> list[Line]:
    """The comparison on one database, measured now."""
    with doing(f"Syncs of {queued.MANY} answers on {database}"):
        place = folder / f"queued-{CASES}"
        if not place.exists():
            queued.write(place, CASES)
        data = folder / f"syncing-{database}"
        data.mkdir()
        attack = Attack(0, 0, database, data)
        found = in_django(attack, "benchmarks.syncing:inside", folder=str(place))
    ours, bare = ([Run(*run) for run in found[side]] for side in ("ours", "bare"))
    return [
        Line(
            f"sync of {queued.MANY} answers, {database}; bare script",
            _milliseconds(ours),
            _milliseconds(bare),
            min(run.seconds for run in ours) / min(run.seconds for run in bare),
            LIMIT,
            min(run.processor for run in ours) / min(run.processor for run in bare),
        )
    ]


def _milliseconds(runs: list[Run]) -> str:
    walls = [run.seconds * 1000 for run in runs]
    processor = min(run.processor for run in runs) * 1000
    return f"{min(walls):.0f} ms (median {statistics.median(walls):.0f}, processor {processor:.0f})"


def inside(folder: str) -> dict[str, list[tuple[float, float]]]:
    """In a process with Django: every whole message to both sides, in turns; what each took."""
    place = Path(folder)
    tokens = queued.begin(folder)
    sides = {"ours": _ours(tokens), "bare": _bare()}
    sent = [body for bodies in queued.messages(place).values() for body in bodies[:-1]]  # the last holds fewer
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for body in sent:
        for name, sync in sides.items():
            wall, processor = time.perf_counter(), time.process_time()
            answered = sync(body)
            taken[name].append((time.perf_counter() - wall, time.process_time() - processor))
            if answered.count(b'"signature"') != queued.MANY:
                raise SystemExit(f"{name} gave no receipt for an answer: {answered[:500]!r}")
    return {name: runs[UNCOUNTED:] for name, runs in taken.items()}


def _ours(tokens: dict[str, str]) -> Sync:
    """The product's entry point, called as a server does in the name of whoever's device the message is from."""
    from caselight.config.wsgi import application

    by_device = {f"device-{key}".encode(): token for key, token in tokens.items()}

    def sync(body: bytes) -> bytes:
        device = body.partition(b'"device": "')[2].partition(b'"')[0]
        answer: Any = application(_environ(body, by_device[device]), lambda *_: bytes)
        try:
            return b"".join(answer)
        finally:
            answer.close()

    return sync


def _environ(body: bytes, token: str) -> dict[str, Any]:
    """What a server says of a request (PEP 3333)."""
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": ADDRESS, "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "HTTP_AUTHORIZATION": f"Bearer {token}",
        "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip


def _bare() -> Sync:
    """The bare script, on a database that has its table."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
    insert, key = _table(), Ed25519PrivateKey.generate()
    tip: list[Any] = [0, "0" * 64]

    def sync(body: bytes) -> bytes:
        (n, prev), rows, receipts = tip, [], []
        for event in json.loads(body)["events"]:
            n += 1
            text = encode(event)
            digest = hashlib.sha256((prev + text).encode()).hexdigest()
            said = {name: event[name] for name in ("op_id", "payload_sha256")}
            said |= {"chain_index": n, "chain_hash": digest}
            signature = key.sign(encode(said).encode()).hex()
            plain = ("|".join(value) if isinstance(value, list) else value for value in map(event.get, FIELDS))
            rows.append((n, *plain, text, prev, digest, signature))
            receipts.append(said | {"signature": signature})
            prev = digest
        insert(rows)
        tip[:] = n, prev
        return json.dumps({"results": receipts}).encode()

    return sync


def _table() -> Callable[[list[tuple[Any, ...]]], None]:
    """A table with the keys of ours on a connection of its own, and how many rows are inserted with one commit."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    sqlite = "sqlite" in database["ENGINE"]
    connection: Any
    if sqlite:
        import pysqlite3

        connection = pysqlite3.connect(Path(os.environ["CASELIGHT_DATA"]) / "bare.sqlite3", isolation_level=None)
        for pragma in database["OPTIONS"]["init_command"].split(";"):
            connection.execute(pragma)
        connection.execute("PRAGMA cache_size=-2000")  # as much room as SQLite gives by itself
    else:
        import psycopg

        where = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
        connection = psycopg.connect(autocommit=True, **{name: database[given] for name, given in where.items()})
    flags = {"notable": "boolean", "withdrawn": "boolean", "n": "bigint primary key"}
    kinds = ", ".join(f'"{name}" {flags.get(name, "text")} not null' for name in COLUMNS)
    connection.execute(f"create table bare_event ({kinds})")
    connection.execute("create unique index bare_op on bare_event (op_id)")
    connection.execute("create index bare_address on bare_event (subject_key, question_id)")
    marks = ", ".join(["?" if sqlite else "%s"] * len(COLUMNS))
    statement = f"insert into bare_event values ({marks})"  # noqa: S608 - our own constants

    def insert(rows: list[tuple[Any, ...]]) -> None:
        cursor = connection.cursor()
        cursor.execute("begin immediate" if sqlite else "begin")
        cursor.executemany(statement, rows)
        cursor.execute("commit")

    return insert


if __name__ == "__main__":
    on_each_database("syncing", lines)
