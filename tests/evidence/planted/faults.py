"""The faults, each a replacement of one function of the product while it runs.

``early``      the receipt is given first, and the judgement written a moment later
``apart``      the audit row is committed by itself, before the judgement that it speaks of
``deferred``   a transaction begins to write only when it has read (see ``settings``)
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig

APART = 0.2  # seconds: most of the time somebody is in between, on a busy machine too


class Planted(AppConfig):
    """Plants the fault when Django is ready."""

    name = "tests.evidence.planted"

    def ready(self) -> None:
        """Replace what the fault is in."""
        PLANT.get(os.environ["CASELIGHT_PLANTED"], lambda: None)()


def _early() -> None:
    from caselight.api import answers
    from caselight.store.assessments.receipts import Receipt
    from caselight.store.audit.keys import sign

    truly = answers.record_answers

    def record(**message: Any) -> tuple[Receipt, ...]:
        signature, key_id = sign(b"")
        threading.Timer(0.1, _write, [truly, message]).start()
        return tuple(
            Receipt(event.op_id, event.payload_sha256, "", 0, "", signature, key_id) for event in message["events"]
        )

    answers.record_answers = record  # type: ignore[assignment]


def _write(truly: Any, message: dict[str, Any]) -> None:
    from django.db import connections

    try:
        truly(**message)
    finally:
        connections.close_all()


def _apart() -> None:
    from django.db import connection

    from caselight.store.assessments.actions import recording

    insert = recording.rows.insert

    def insert_later(values: Sequence[Any], links: Sequence[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
            time.sleep(APART)
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
        insert(values, links)

    recording.rows.insert = insert_later  # type: ignore[assignment]


PLANT = {"early": _early, "apart": _apart}
