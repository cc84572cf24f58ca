"""Opening a locked case again: asked for with a reason, allowed by who leads, and agreed by a second person.

The case is unlocked in the moment in which the last of them agrees. In a local audit whoever leads it may do so alone.
Who may take which step is asked before; that they are different people is asked here.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.assessments import models
from caselight.store.assessments.actions.stepping import unlock
from caselight.store.assessments.progress import standing_of
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.steps import Step
from caselight.store.assessments.unlocks import ALLOWED, ASKED, REFUSED, SECONDED, Unlocking, reason_of, unlockings
from caselight.store.assessments.words import Words, sealed_digest
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

ACTS = {
    ASKED: Act.UNLOCK_ASKED,
    ALLOWED: Act.UNLOCK_ALLOWED,
    SECONDED: Act.UNLOCK_SECONDED,
    REFUSED: Act.UNLOCK_REFUSED,
}
MOST = 20_000  # characters of a reason
_KEY = re.compile(r"[0-9a-f]{32}")
Subject = tuple[str, str]  # kind and key


class _Said(NamedTuple):
    step: str
    by: str
    at: datetime
    reason: str = ""


@transaction.atomic
def ask_unlock(*, by: str, inspection: str, subject: Subject, key: str, reason: str, at: datetime) -> None:
    """Ask that a locked case be opened again, under a random key of 32 hexadecimal digits; the same key twice asks once.

    Raises ``answer.case-unknown``, ``answer.unlock-not-locked``, ``answer.unlock-asked`` and ``answer.unlock-reason``.
    """
    room = enter(inspection)
    if subject not in room.subjects([subject[1]])[0]:
        says = "The inspection has no such case, case manager or other subject."
        stop(Fault("answer.case-unknown", subject, says, "Check the key."))
    before = unlockings(inspection, subject)
    if any(one.key == key for one in before):
        return
    if standing_of(room, subject)[0].step is not Step.LOCKED:
        stop(
            Fault("answer.unlock-not-locked", subject, "The case is not locked.", "Open it; it takes answers as it is.")
        )
    if any(one.open for one in before):
        says = "Somebody has asked already that this case be unlocked."
        stop(Fault("answer.unlock-asked", subject, says, "Wait for the answer, or ask them."))
    _with_reason(reason)
    _add(room, subject, key if _KEY.fullmatch(key) else "", _Said(ASKED, by, at, reason))


@transaction.atomic
def allow_unlock(*, by: str, inspection: str, subject: Subject, at: datetime) -> bool:
    """Agree as who leads; whether the case is unlocked by it. Raises ``answer.unlock-unasked``, ``answer.unlock-same-person``."""
    room = enter(inspection)
    return _agree(room, subject, _Said(ALLOWED, by, at), not_among={SECONDED})


@transaction.atomic
def second_unlock(*, by: str, inspection: str, subject: Subject, at: datetime) -> bool:
    """Agree as the second person, who neither asked nor allowed it. Raises as :func:`allow_unlock`."""
    room = enter(inspection)
    return _agree(room, subject, _Said(SECONDED, by, at), not_among={ASKED, ALLOWED})


@transaction.atomic
def refuse_unlock(*, by: str, inspection: str, subject: Subject, reason: str, at: datetime) -> None:
    """Refuse, with the reason; it may be asked again. Raises ``answer.unlock-unasked`` and ``answer.unlock-reason``."""
    room = enter(inspection)
    asked = _asked(room, subject)
    _with_reason(reason)
    _add(room, subject, asked.key, _Said(REFUSED, by, at, reason))


def _agree(room: Room, subject: Subject, said: _Said, *, not_among: set[str]) -> bool:
    asked = _asked(room, subject)
    if not room.local and any(one.by == said.by for one in asked.steps if one.step in not_among):
        says = "The second person must be somebody else than who asked or allowed it."
        stop(Fault("answer.unlock-same-person", subject, says, "Ask the quality assurer of the team."))
    if asked.taken(said.step) is None:
        _add(room, subject, asked.key, said)
    after = next(one for one in unlockings(room.key, subject) if one.key == asked.key)
    allowed, seconded = after.taken(ALLOWED), after.taken(SECONDED)
    if not after.opened or allowed is None:
        return False
    second = (seconded or allowed).by
    unlock(by=allowed.by, second=second, inspection=room.key, subject=subject, reason=asked.asked.reason, at=said.at)
    return True


def _asked(room: Room, subject: Subject) -> Unlocking:
    found = next((one for one in unlockings(room.key, subject) if one.open), None)
    if found is None:
        says = "Nobody asks at present that this case be unlocked."
        stop(
            Fault(
                "answer.unlock-unasked", subject, says, "Open the page again: it was settled meanwhile, or ask first."
            )
        )
    return found


def _with_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > MOST:
        says = "This needs a reason of at most 20,000 characters."
        stop(Fault("answer.unlock-reason", ("reason",), says, "Say why."))


def _add(room: Room, subject: Subject, request: str, said: _Said) -> None:
    if not request:
        stop(Fault("answer.unlock-unasked", subject, "This is no key of a request.", "Open the page again."))
    kind, key = subject
    sealed, key_id = b"", ""
    if said.reason:
        words = Words(room.key, room.framework)
        sealed, key_id = words.seal_text(key, said.reason.strip(), reason_of(request, said.step))
    link = record(
        chain=room.chain, by=said.by, act=ACTS[said.step], of=("unlock", request),
        detail={"subject": [kind, key], "sealed_sha256": sealed_digest(sealed, key_id)}, at=said.at,
    )  # fmt: skip
    models.UnlockStep.objects.create(
        inspection_id=room.id, request=request, subject_kind=kind, subject_key=key, step=said.step, by=said.by, at=said.at,
        sealed=sealed, key_id=key_id, chain_n=link.n,
    )  # fmt: skip
