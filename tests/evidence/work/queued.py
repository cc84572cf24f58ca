"""R12's other half: what devices had queued under an older version of a framework, sent after the inspection was moved.

Each message is answered: with the receipt it had, where it was recorded before; with a refusal and its code, and then it
lies in quarantine; and one of the new version with a receipt. Nothing that was sent is nowhere.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict
from random import Random
from typing import Any
from unittest.mock import patch

from tests.evidence.work.inspections import AT, adopted, begun, hastily
from tests.factories import small
from tests.factories.answers import altered, op_id, sent

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import record_answers, recording
from caselight.store.assessments.receipts import Receipt, genuine
from caselight.store.audit import keys
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.models import Inspection

OLD, NEW, NEVER = "1", "2", "0"
CASES, QUESTIONS, PEOPLE = ("C1", "C2", "C3"), ("A", "B.due", "C"), ("i1", "i2")
CODES = {OLD: "answer.framework-version", NEVER: "answer.framework-version", NEW: ""}


def attack(seed: int, trials: int, *, silent: bool) -> dict[str, Any]:
    """So many inspections that are moved while devices are away; with the fault planted, what is refused is dropped."""
    hastily()
    chance, said, figures = Random(seed), list[str](), {"queued messages": 0, "receipts": 0, "refused and kept": 0}
    with ExitStack() as stack:
        if silent:
            stack.enter_context(patch.object(recording, "set_aside", lambda *_, **__: None))
        for n in range(trials):
            said += _one(n, chance, figures)
    return {"trials": trials, "failures": len(said), "figures": figures, "said": said}


def _one(n: int, chance: Random, figures: dict[str, int]) -> list[str]:
    key = f"moved-{n}"
    row = begun(key, adopted(small.framework(id="moving", version=OLD)), {case: {"psr": "yes"} for case in CASES})
    messages = [_message(n * 100 + at, chance, OLD) for at in range(chance.randint(4, 12))]
    arrived = [event for event in messages if chance.random() < 0.4]  # the answers to some of these were lost
    receipts = {one.op_id: one for one in _sent(key, arrived) if isinstance(one, Receipt)}
    _moved(row)
    new = [
        _message(n * 100 + at, chance, chance.choice((NEW, NEW, NEVER))) for at in range(20, 20 + chance.randint(1, 5))
    ]
    changed = [altered(event, note="Something else.") for event in arrived if chance.random() < 0.3]
    queue = [*messages, *new, *changed]
    chance.shuffle(queue)
    answers = _sent(key, queue)
    figures["queued messages"] += len(queue)
    if len(answers) != len(queue):
        return [f"{len(queue)} messages were sent, and {len(answers)} answers came."]
    wrong = [
        said for event, answer in zip(queue, answers, strict=True) if (said := _wrong(event, answer, receipts, key))
    ]
    figures["receipts"] += sum(isinstance(answer, Receipt) for answer in answers)
    figures["refused and kept"] += sum(not isinstance(answer, Receipt) and answer.kept for answer in answers)
    return wrong


def _wrong(event: AnswerEvent, answer: Any, before: dict[str, Receipt], key: str) -> str:
    """What is wrong with the answer to one message, or with where the message lies now; '' where nothing is."""
    again = before.get(event.op_id)
    if again is not None and again.payload_sha256 == event.payload_sha256:
        return "" if answer == again else f"A message that was recorded before the move got {answer}."
    code = "answer.other-content" if again is not None else CODES[event.framework_version]
    if isinstance(answer, Receipt):
        stands = any(one.op_id == event.op_id for one in queries.events(key))
        true = not code and genuine(answer, keys.public_key()) and stands
        return (
            "" if true else f"A message of version {event.framework_version} got a receipt ({asdict(answer)['op_id']})."
        )
    if answer.code != code:
        return f"{code or 'A receipt'} was expected, and {answer.code} was said."
    aside = models.Quarantined.objects.filter(op_id=event.op_id, payload_sha256=event.payload_sha256, code=code)
    told = AuditRow.objects.filter(act="answer.quarantined", object_key=event.op_id)
    return "" if answer.kept and aside.count() == 1 and told.exists() else f"A message refused with {code} is nowhere."


def _message(n: int, chance: Random, version: str) -> AnswerEvent:
    return sent(
        chance.choice(CASES),
        chance.choice(QUESTIONS),
        chance.choice(("yes", "no")),
        op_id(n + 1),
        actor=chance.choice(PEOPLE),
        note="Seen." if chance.random() < 0.5 else "",
        framework_version=version,
    )


def _sent(key: str, events: list[AnswerEvent]) -> list[Any]:
    """The answers to these messages in their order, as each person's device sends its own."""
    found: dict[int, Any] = {}
    for person in PEOPLE:
        own = [n for n, event in enumerate(events) if event.actor == person]
        if own:
            some = [events[n] for n in own]
            answers = record_answers(by=person, inspection=key, device="d", events=some, at=AT)
            found |= dict(zip(own, answers, strict=False))
    return [found[n] for n in sorted(found)]


def _moved(row: Inspection) -> None:
    """The inspection is pinned to the next version, as ``caselight migrate`` leaves its definition."""
    said = json.loads(row.definition)
    said["framework"]["version"] = NEW
    said["migrations"] = [
        {"id": "moving", "version": OLD, "by": "lead", "on": "2026-03-02", "reason": "A new version."}
    ]
    row.framework, row.definition = adopted(small.framework(id="moving", version=NEW)), json.dumps(said)
    row.save()
