"""Setting messages aside: what was refused and would otherwise be lost is kept as it came, sealed, for a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments import models
from caselight.store.assessments.judging import Judged
from caselight.store.assessments.receipts import Refusal
from caselight.store.assessments.room import Room
from caselight.store.audit.actions import record_many
from caselight.store.audit.acts import Act

Refused = Sequence[tuple[AnswerEvent, Refusal]]


def set_aside(room: Room, judged: Judged, messages: Refused, *, device: str, at: datetime) -> None:
    """Keep refused messages, each content once, with an audit row for each that is new."""
    wanted = {(event.op_id, event.payload_sha256): (event, refusal) for event, refusal in messages if refusal.kept}
    if not wanted:
        return
    before = models.Quarantined.objects.filter(inspection_id=room.id, op_id__in=[op_id for op_id, _ in wanted])
    known = set(before.values_list("op_id", "payload_sha256"))
    fresh = [pair for key, pair in wanted.items() if key not in known]
    models.Quarantined.objects.bulk_create([_row(room, judged, *pair, at=at) for pair in fresh], batch_size=200)
    record_many(
        chain=room.chain,
        by=judged.by,
        act=Act.ANSWER_QUARANTINED,
        rows=[
            (
                ("message", event.op_id),
                {"code": refusal.code, "payload_sha256": event.payload_sha256, "device": device},
            )
            for event, refusal in fresh
        ],
        at=at,
    )


def _row(room: Room, judged: Judged, event: AnswerEvent, refusal: Refusal, *, at: datetime) -> models.Quarantined:
    known = (event.subject_kind, event.subject_key) in judged.subjects
    # Nothing is ever sealed under a key that a sender made up, nor under one that was destroyed.
    subject = event.subject_key if known and judged.words.usable(event.subject_key) else ""
    text = json.dumps({
        "event": event._asdict(),
        "locators": [asdict(locator) for locator in judged.locators.get(event.op_id, ())],
        "excerpts": [asdict(excerpt) for excerpt in judged.excerpts.get(event.op_id, ())],
    }, ensure_ascii=False)  # fmt: skip
    sealed, key_id = judged.words.seal_text(subject, text, f"quarantined:{event.op_id}:{event.payload_sha256}")
    return models.Quarantined(
        inspection_id=room.id,
        op_id=event.op_id,
        code=refusal.code,
        sealed=sealed,
        key_id=key_id,
        payload_sha256=event.payload_sha256,
        received_at=at,
        received_from=judged.by,
    )
