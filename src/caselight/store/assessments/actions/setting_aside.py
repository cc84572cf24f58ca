"""Setting messages aside: what was refused and would otherwise be lost is kept as it came, sealed, for a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments import models
from caselight.store.assessments.evidence import sent_digest
from caselight.store.assessments.judging import Judged
from caselight.store.assessments.receipts import Refusal
from caselight.store.assessments.room import Room
from caselight.store.assessments.words import sealed_digest
from caselight.store.audit.actions import record_many
from caselight.store.audit.acts import Act

Refused = Sequence[tuple[AnswerEvent, Refusal]]


def set_aside(room: Room, judged: Judged, messages: Refused, *, device: str, at: datetime) -> None:
    """Keep refused messages, each content once, with an audit row for each that is new."""
    wanted = {
        (event.op_id, event.payload_sha256, sent_digest(event.op_id, *_evidence(event, judged))): (event, refusal)
        for event, refusal in messages
        if refusal.kept
    }
    if not wanted:
        return
    before = models.Quarantined.objects.filter(inspection_id=room.id, op_id__in=[op_id for op_id, *_ in wanted])
    known = set(before.values_list("op_id", "payload_sha256", "evidence_sha256"))
    fresh = {key: pair for key, pair in wanted.items() if key not in known}
    rows = [_row(room, judged, *pair, evidence=key[2], at=at) for key, pair in fresh.items()]
    models.Quarantined.objects.bulk_create(rows, batch_size=200)
    record_many(
        chain=room.chain,
        by=judged.by,
        act=Act.ANSWER_QUARANTINED,
        rows=[
            (
                ("message", event.op_id),
                {"code": refusal.code, "payload_sha256": event.payload_sha256, "device": device}
                | ({"evidence_sha256": key[2]} if key[2] else {})
                | {"sealed_sha256": sealed_digest(bytes(row.sealed), row.key_id)},
            )
            for (key, (event, refusal)), row in zip(fresh.items(), rows, strict=True)
        ],
        at=at,
    )


def _evidence(event: AnswerEvent, judged: Judged) -> tuple[tuple[Locator, ...], tuple[Excerpt, ...]]:
    return judged.locators.get(event.op_id, ()), judged.excerpts.get(event.op_id, ())


def _row(
    room: Room, judged: Judged, event: AnswerEvent, refusal: Refusal, *, evidence: str, at: datetime
) -> models.Quarantined:
    locators, excerpts = _evidence(event, judged)
    known = (event.subject_kind, event.subject_key) in judged.subjects
    # Nothing is ever sealed under a key that a sender made up, nor under one that was destroyed.
    subject = event.subject_key if known and judged.words.usable(event.subject_key) else ""
    text = json.dumps({
        "event": event._asdict(),
        "locators": [asdict(locator) for locator in locators],
        "excerpts": [asdict(excerpt) for excerpt in excerpts],
    }, ensure_ascii=False)  # fmt: skip
    sealed, key_id = judged.words.seal_text(subject, text, f"quarantined:{event.op_id}:{event.payload_sha256}")
    return models.Quarantined(
        inspection_id=room.id,
        op_id=event.op_id,
        code=refusal.code,
        sealed=sealed,
        key_id=key_id,
        payload_sha256=event.payload_sha256,
        evidence_sha256=evidence,
        received_at=at,
        received_from=judged.by,
    )
