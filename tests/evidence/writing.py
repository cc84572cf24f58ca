"""The process under test: records answers through Django and the product, and acknowledges what it has a receipt for.

    python -m tests.evidence.writing prepare                    a new database with an inspection of many cases
    python -m tests.evidence.writing write COMMITS [FAULT]      several threads; a receipt is a line of ``answers.ack``

Everything lies in ``CASELIGHT_DATA``, heads of the audit too: one of the threads writes them again and again, and has
changes of state witnessed. ``FAULT`` plants one from outside: ``normal`` (a commit is not flushed), ``early``
(acknowledged before it is written) or ``ahead`` (a head leaves before the commit of the row it names).
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caselight.method.answers.events import AnswerEvent
    from caselight.store.assessments.receipts import Receipt

THREADS = 3
CASES = 240  # beside those that every test's inspection has
INSPECTION, BY = "testshire", "i1"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACKNOWLEDGED = "answers.ack"
CHAIN = f"inspection:{INSPECTION}"
EVERY = 6  # commits of the first thread after which it writes heads
WITNESSED = 4  # of so many times one is a change of state that is witnessed


def started(fault: str = "") -> None:
    """Django with the settings as they are shipped, but for the planted fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caselight.config.settings")
    import django
    from django.conf import settings

    if fault == "normal":
        options = settings.DATABASES["default"]["OPTIONS"]
        settings.DATABASES["default"]["OPTIONS"] = options | {
            "init_command": options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
        }
    django.setup()


def prepare() -> None:
    """The tables, and an inspection with many cases."""
    from django.conf import settings
    from django.core.management import call_command
    from tests.factories.store import seeded

    from caselight.store.caseloads.models import CaseloadCase, Subject
    from caselight.store.samples.models import Allocation, SampledCase

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: nobody signs in here
    call_command("migrate", verbosity=0)
    made = seeded(AT)
    of = {"inspection": made.inspection}
    cases = [(10 + number, f"T{number}") for number in range(CASES)]
    Subject.objects.bulk_create(Subject(position=p, kind="case", key=key, label=key, **of) for p, key in cases)
    CaseloadCase.objects.bulk_create(
        CaseloadCase(position=p, key=key, eligible=True, facts={"psr": "yes"}, **of) for p, key in cases
    )
    SampledCase.objects.bulk_create(
        SampledCase(position=p, case_key=key, order=p, stratum="", status="drawn", **of) for p, key in cases
    )
    Allocation.objects.bulk_create(
        Allocation(case_key=key, user=made.people[BY], pass_kind="first", from_at=AT, **of) for _, key in cases
    )


class Messages:
    """What one device sends, for ever: answers to its own cases, each based on the one before at the same address."""

    def __init__(self, thread: int, seed: int) -> None:
        self.thread, self.chance = thread, Random(seed * 100 + thread)
        self.heads: dict[tuple[str, str], str] = {}
        self.sent = 0

    def one(self) -> AnswerEvent:
        """An answer event."""
        from tests.factories.small import event

        self.sent += 1
        case = f"T{self.chance.randrange(CASES // THREADS) * THREADS + self.thread}"
        question = self.chance.choice("AC")
        value = self.chance.choice(("yes", "no"))
        at = (AT + timedelta(seconds=self.sent)).strftime("%Y-%m-%dT%H:%M:%SZ")
        op_id = str(
            uuid.UUID(int=(7 << 76) | (2 << 62) | (self.sent << 80) | self.chance.getrandbits(60) | self.thread << 60)
        )
        before = self.heads.get((case, question))
        self.heads[case, question] = op_id
        return event(
            case,
            question,
            value,
            op_id,
            reasons=("weak",) if value == "no" else (),
            note="x" * self.chance.randrange(1, 400) if self.chance.random() < 0.5 else "",
            base_op_ids=(before,) if before else (),
            client_time=at,
            server_time="",
            actor=BY,
            device=f"device-{self.thread}",
        )

    def batches(self) -> Iterator[list[AnswerEvent]]:
        """Mostly one at a time; a device that was offline sends many."""
        while True:
            yield [self.one() for _ in range(self.chance.randint(2, 20) if self.chance.random() < 0.1 else 1)]


def write(folder: Path, commits: int, seed: int, fault: str) -> None:
    """So many commits by several threads at once; ends without closing anything, as a machine without power does."""
    acknowledged = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    devices = [Messages(number, seed) for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        if fault == "ahead":
            plant_ahead()
        sending = [pool.submit(_send, device, commits // THREADS, acknowledged, fault) for device in devices]
    for one in sending:
        one.result()  # raises what it raised
    sys.stdout.flush()
    os._exit(0)


def _send(messages: Messages, commits: int, acknowledged: int, fault: str) -> None:
    for number, events in enumerate(islice(messages.batches(), commits), start=1):
        if fault == "early":
            acknowledge(acknowledged, [{"op_id": event.op_id} for event in events])
        receipts = record(events)
        if fault != "early":
            acknowledge(acknowledged, [asdict(receipt) for receipt in receipts])
        if messages.thread == 0 and number % EVERY == 0:
            if number % (EVERY * WITNESSED) == 0:
                witness()
            acknowledge(acknowledged, heads())


def heads() -> list[dict[str, object]]:
    """Heads of the chains that grew, written as the product writes them on its schedule; ``Faults`` where it cannot."""
    from caselight.store.audit.heads import write_heads

    return [asdict(head) for head in write_heads(at=AT)]


def witness() -> None:
    """A change of state, announced outside the database before its commit and witnessed after it."""
    from django.db import transaction

    from caselight.store.audit.actions import record as recorded
    from caselight.store.audit.acts import Act
    from caselight.store.audit.heads import write_head
    from caselight.store.audit.unwritten import said_when_unwritten

    with said_when_unwritten(), transaction.atomic():
        recorded(chain=CHAIN, by=BY, act=Act.FOLDER_KEPT, of=("files", "x"), detail={}, at=AT)
        write_head(chain=CHAIN, at=AT)


def plant_ahead() -> None:
    """The fault: with each judgement a head leaves while its row can still be lost."""
    from caselight.store.assessments.actions import recording
    from caselight.store.audit import growing, heads

    insert = recording.rows.insert

    def insert_behind(*values: Any) -> None:
        insert(*values)
        heads._append(heads._signed("head", CHAIN, growing.locked_tip(CHAIN), "2026-03-02T09:00:00.000Z"))

    recording.rows.insert = insert_behind


def acknowledge(file: int, receipts: list[dict[str, object]]) -> None:
    """What a sender is told, in one write that the recorder marks."""
    os.write(file, "".join(json.dumps(receipt) + "\n" for receipt in receipts).encode())


def record(events: list[AnswerEvent]) -> list[Receipt]:
    """The receipts of some events, recorded as the product records them; ``ValueError`` where one was refused."""
    from caselight.store.assessments.actions import record_answers
    from caselight.store.assessments.receipts import Receipt

    answers = record_answers(by=BY, inspection=INSPECTION, device=events[0].device, events=events, at=AT)
    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    if len(receipts) < len(answers):
        raise ValueError(f"refused: {answers}")
    return receipts


def main(arguments: list[str]) -> None:
    """As the first lines say; ``WRITING_SEED`` seeds the load."""
    fault = arguments[2] if len(arguments) > 2 else ""
    started(fault)
    if arguments[0] == "prepare":
        prepare()
    else:
        write(Path(os.environ["CASELIGHT_DATA"]), int(arguments[1]), int(os.environ.get("WRITING_SEED", "1")), fault)


if __name__ == "__main__":
    main(sys.argv[1:])
