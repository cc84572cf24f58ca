"""Noting who was present while a case was examined: the last note counts, earlier ones are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.assessments import models
from caselight.store.assessments.room import enter
from caselight.store.assessments.words import Words
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

MOST = 1_000  # characters


@transaction.atomic
def note_presence(*, by: str, inspection: str, subject: tuple[str, str], who: str, at: datetime) -> None:
    """Note who was present, in words; empty takes the last note back.

    Raises ``answer.case-unknown`` and ``answer.presence-long``.
    """
    room = enter(inspection)
    subjects, _ = room.subjects([subject[1]])
    if subject not in subjects:
        says = "The inspection has no such case, case manager or other subject."
        stop(Fault("answer.case-unknown", subject, says, "Check the key."))
    if len(who) > MOST:
        says = "This is longer than a list of who was present."
        stop(Fault("answer.presence-long", ("who",), says, "Write names or roles, at most 1,000 characters."))
    kind, key = subject
    link = record(chain=room.chain, by=by, act=Act.PRESENCE_NOTED, of=(kind, key), detail={}, at=at)
    sealed, key_id = Words(room.key, room.framework).seal_text(key, who.strip(), f"presence:{link.n}")
    models.Presence.objects.create(
        inspection_id=room.id, subject_kind=kind, subject_key=key, by=by, at=at, sealed=sealed, key_id=key_id,
        chain_n=link.n,
    )  # fmt: skip
