"""Urgent concerns about a child: raised, somebody told, their answer noted, closed. Each step is only ever added.

They lie outside the findings: nothing counts them, and no package carries them. They may be raised and carried on in
every state of an inspection; who may is asked before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.assessments import concerns, models
from caselight.store.assessments.concerns import ANSWERED, CLOSED, RAISED, TOLD
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.words import Words
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

ACTS = {
    RAISED: Act.CONCERN_RAISED,
    TOLD: Act.CONCERN_TOLD,
    ANSWERED: Act.CONCERN_ANSWERED,
    CLOSED: Act.CONCERN_CLOSED,
}
MOST = 20_000  # characters
_KEY = re.compile(r"[0-9a-f]{32}")
Subject = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class _Step:
    step: str
    by: str
    at: datetime
    words: str
    whom: str = ""
    when: str = ""


@transaction.atomic
def raise_concern(*, by: str, inspection: str, subject: Subject, key: str, what: str, at: datetime) -> str:
    """Raise a concern about a subject under a random key of 32 hexadecimal digits; the same key twice raises one.

    Raises ``answer.case-unknown`` and ``answer.concern-words``.
    """
    room = enter(inspection)
    subjects, _ = room.subjects([subject[1]])
    if subject not in subjects:
        says = "The inspection has no such case, case manager or other subject."
        stop(Fault("answer.case-unknown", subject, says, "Check the key."))
    if not _KEY.fullmatch(key):
        stop(Fault("answer.concern-unknown", ("concern",), "This is no key of a concern.", "Open the page again."))
    if not models.ConcernStep.objects.filter(concern=key).exists():
        _add(room, subject, key, _Step(RAISED, by, at, what))
    return key


@transaction.atomic
def tell(*, by: str, inspection: str, concern: str, whom: str, when: str, at: datetime) -> None:
    """Note who was told of a concern, and when, in words. Raises as :func:`answer`."""
    room = enter(inspection)
    _add(room, _open(room, concern), concern, _Step(TOLD, by, at, "-", whom, when))


@transaction.atomic
def answer(*, by: str, inspection: str, concern: str, says: str, at: datetime) -> None:
    """Note what they answered. ``answer.concern-unknown``, ``answer.concern-closed``, ``answer.concern-words``."""
    room = enter(inspection)
    _add(room, _open(room, concern), concern, _Step(ANSWERED, by, at, says))


@transaction.atomic
def close(*, by: str, inspection: str, concern: str, why: str, at: datetime) -> None:
    """Close a concern with the reason. Raises as :func:`answer`, and ``answer.concern-untold`` where nobody was told."""
    room = enter(inspection)
    subject = _open(room, concern)
    if not models.ConcernStep.objects.filter(concern=concern, step=TOLD).exists():
        says = "Nobody has been told of this concern."
        stop(Fault("answer.concern-untold", ("concern",), says, "Note who was told and when, then close it."))
    _add(room, subject, concern, _Step(CLOSED, by, at, why))


def _open(room: Room, concern: str) -> Subject:
    """The subject of a concern that is not closed."""
    steps = list(
        models.ConcernStep.objects.filter(inspection_id=room.id, concern=concern[:40])
        .order_by("id")
        .values_list("subject_kind", "subject_key", "step")
    )
    if not steps:
        says = "The inspection has no such concern."
        stop(Fault("answer.concern-unknown", ("concern",), says, "Open the case again and choose the concern there."))
    if any(step == CLOSED for _, _, step in steps):
        says = "The concern is closed, and takes no more steps."
        stop(Fault("answer.concern-closed", ("concern",), says, "Raise a new one."))
    return steps[0][0], steps[0][1]


def _add(room: Room, subject: Subject, concern: str, step: _Step) -> None:
    for part in (step.words, step.whom if step.step == TOLD else "-", step.when if step.step == TOLD else "-"):
        if not part.strip() or len(part) > MOST:
            says = "A concern needs words for each of its steps, and no more than 20,000 characters."
            stop(Fault("answer.concern-words", ("words",), says, "Write what was seen, who was told and when, or why."))
    kind, key = subject
    link = record(
        chain=room.chain, by=step.by, act=ACTS[step.step], of=("concern", concern),
        detail={"subject": [kind, key]}, at=step.at,
    )  # fmt: skip
    text = concerns.as_text("" if step.step == TOLD else step.words.strip(), step.whom.strip(), step.when.strip())
    sealed, key_id = Words(room.key, room.framework).seal_text(key, text, concerns.context(concern, step.step))
    models.ConcernStep.objects.create(
        inspection_id=room.id, concern=concern, subject_kind=kind, subject_key=key, step=step.step, by=step.by,
        at=step.at, sealed=sealed, key_id=key_id, chain_n=link.n,
    )  # fmt: skip
