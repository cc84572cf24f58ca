"""Processes that crowd one database (R6): writers through the product, readers, and one that resets the log."""

from __future__ import annotations

import time
from dataclasses import asdict
from random import Random
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connection
from tests.evidence import writing

from caselight.method.faults import Faults
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.assessments.receipts import Receipt


def prepare() -> None:
    """An inspection with many cases."""
    writing.prepare()


def refuses_old() -> bool:
    """Whether nothing starts on a SQLite with the fault."""
    from caselight.config.sqlite3 import base
    from caselight.procedures.serving.starting import prepare

    with patch.object(base.SQLITE, "sqlite_version_info", (3, 51, 2)):
        try:
            prepare()
        except Faults as refused:
            return refused.faults[0].code == "store.unreachable"
    return False


def write(seconds: int, seed: int, number: int) -> dict[str, Any]:
    """Record as fast as one device can; its receipts, the seconds each waited for, and what failed."""
    messages = writing.Messages(number, seed)
    receipts, waits, failed = [], [], []
    end = time.monotonic() + seconds
    for events in messages.batches():
        began = time.monotonic()
        if began > end:
            return {"receipts": receipts, "waits": waits, "failed": failed[:50]}
        try:
            answers = record_answers(
                by=writing.BY, inspection=writing.INSPECTION, device=events[0].device, events=events, at=writing.AT
            )
        except (OperationalError, Faults) as error:
            failed.append(f"a writer was told: {' '.join(str(error).split())[:120]}")
            continue
        waits.append(time.monotonic() - began)
        receipts += [asdict(answer) for answer in answers if isinstance(answer, Receipt)]
        failed += [f"an answer was refused: {a.code}" for a in answers if not isinstance(a, Receipt)]
    raise AssertionError("a device never runs out of answers")


def read(seconds: int) -> dict[str, Any]:
    """Hold a snapshot open for a while, again and again; it must not change meanwhile."""
    chance, done, failed = Random(seconds), 0, list[str]()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            first = _count(cursor)
            time.sleep(chance.uniform(0.0, 1.0))
            if _count(cursor) != first:
                failed.append("a reader saw its snapshot change")
            cursor.execute("COMMIT")
        done += 1
    return {"done": done, "failed": failed}


def _count(cursor: Any) -> int:
    cursor.execute("SELECT COUNT(*) FROM assessments_answerevent")
    return int(cursor.fetchone()[0])


def checkpoint(seconds: int) -> dict[str, Any]:
    """Reset the log as often as can be; one that is in use is left for the next time."""
    done, end = 0, time.monotonic() + seconds
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
        while time.monotonic() < end:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            done += cursor.fetchone()[0] == 0
            time.sleep(0.02)
    return {"done": done, "failed": []}
