"""R9's attack: the same message by many connections at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection, connections
from tests.evidence.work.inspections import AT, adopted, begun
from tests.factories import small
from tests.factories.answers import op_id, sent

from caselight.method.answers.events import AnswerEvent as Event
from caselight.store.assessments import current_answer, rows
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.models import AnswerEvent, Quarantined
from caselight.store.assessments.receipts import Receipt

AT_ONCE = 100
THREADS = 50  # each sends twice: a server has fewer connections than messages
KEY = "at-once"


def attack(trials: int, *, planted: bool) -> dict[str, Any]:
    """So many messages, each a hundred times at once; a fault is a duplicate, another receipt, or no answer."""
    begun(KEY, adopted(small.framework()), {"C1": {}})
    said: list[str] = []
    with _unguarded() if planted else _nothing():
        for n in range(trials):
            said += _one(n)
    return {
        "trials": trials,
        "failures": len({sentence.partition(":")[0] for sentence in said}),
        "figures": {"at_once": AT_ONCE, "events": AnswerEvent.objects.count(), "aside": Quarantined.objects.count()},
        "said": said,
    }


def _one(n: int) -> Iterator[str]:
    event = sent("C1", "A", "yes", op_id(n), note="The same words.")
    answers = _answers(event)
    kept = AnswerEvent.objects.filter(op_id=event.op_id).count()
    if kept != 1:
        yield f"Message {n}: {kept} events are kept."
    others = Counter(str(answer)[:60] for answer in answers if not isinstance(answer, Receipt))
    if others or len(answers) != AT_ONCE:
        yield f"Message {n}: not every sender got a receipt ({dict(others)})."
    elif len(set(answers)) != 1:
        yield f"Message {n}: {len(set(answers))} different receipts were given."


def _answers(event: Event) -> list[object]:
    answers: list[object] = []
    barrier = threading.Barrier(THREADS)

    def send() -> None:
        try:
            barrier.wait()
            for _ in range(AT_ONCE // THREADS):
                answers.extend(record_answers(by="i1", inspection=KEY, device="d", events=[event], at=AT))
        except Exception as error:  # noqa: BLE001 - whatever is raised is no receipt
            answers.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _unguarded() -> Iterator[None]:
    """Neither is it asked whether an id is known, nor does the database refuse it a second time."""
    with connection.cursor() as cursor:
        cursor.execute(current_answer.DROP)  # SQLite makes the table anew, which the view would hinder
    once = next(item for item in AnswerEvent._meta.constraints if item.name == "event_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(AnswerEvent, once)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute('DROP TRIGGER IF EXISTS "assessments_answerevent_append_only_replace"')
    with patch.object(rows, "known", lambda _: iter(())):
        yield
