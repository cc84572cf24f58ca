"""Settling messages that could not be taken as answers: recorded anew by their author, or left out for a reason.

The message itself stays as it came, for ever; what became of it is one more row. Who may is asked before.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, NoReturn

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.assessments import models
from caselight.store.assessments.quarantine import LEFT_OUT, RECORDED, Aside, message_of, reason_of
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.words import sealed_digest
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.identities import sealing

MOST = 20_000  # characters of a reason
ACTS = {RECORDED: Act.MESSAGE_RECORDED, LEFT_OUT: Act.MESSAGE_LEFT_OUT}


class _Done(NamedTuple):
    """What became of a message, by whom and when."""

    how: str
    by: str
    at: datetime
    op_id: str = ""
    reason: str = ""


@transaction.atomic
def leave_out(*, by: str, inspection: str, message: int, reason: str, at: datetime) -> None:
    """Decide that a message stays out, for a reason.

    Raises ``answer.message-unknown``, ``answer.message-settled`` and ``answer.message-reason``.
    """
    room = enter(inspection)
    open_message(inspection, message)
    if not reason.strip() or len(reason) > MOST:
        says = "A message stays out only for a reason of at most 20,000 characters."
        stop(Fault("answer.message-reason", ("reason",), says, "Enter why it is not recorded."))
    _settle(room, message, _Done(LEFT_OUT, by, at, reason=reason.strip()))


@transaction.atomic
def note_recorded(*, by: str, inspection: str, message: int, op_id: str, at: datetime) -> None:
    """Note that the author of a message recorded it anew, as the answer with this id. The same twice is noted once.

    Raises ``answer.message-unknown`` and ``answer.message-settled``; ``answer.message-unrecorded`` where no such answer
    of theirs is there.
    """
    room = enter(inspection)
    done = models.Settlement.objects.filter(message=message, how=RECORDED, op_id=op_id, by=by)
    if done.exists():
        return
    told = open_message(inspection, message)
    mine = models.AnswerEvent.objects.filter(inspection_id=room.id, op_id=op_id, actor=by)
    if told.author != by or not mine.exists():
        says = "The author of the message has not recorded this answer."
        stop(Fault("answer.message-unrecorded", ("message",), says, "Record the answer first."))
    _settle(room, message, _Done(RECORDED, by, at, op_id=op_id))


def open_message(inspection: str, message: int) -> Aside:
    """A message that somebody must still look at. Raises ``answer.message-unknown`` and ``answer.message-settled``."""
    told = message_of(inspection, message)
    if told is None:
        _unknown()
    if not told.open:
        says = "Somebody has settled this message, or its words are destroyed."
        stop(Fault("answer.message-settled", ("message",), says, "Open it again to see what became of it."))
    return told


def _unknown() -> NoReturn:
    says = "The inspection has no such message."
    stop(Fault("answer.message-unknown", ("message",), says, "Open the list of messages again."))


def _settle(room: Room, message: int, done: _Done) -> None:
    kept = models.Quarantined.objects.get(inspection_id=room.id, pk=message)
    sealed, key_id = b"", ""
    if done.reason:
        key_id, text = kept.key_id, done.reason.encode("utf-8", "surrogatepass")
        sealed = sealing.seal(key_id, text, sealing.about(room.key, "assessments", reason_of(message)))
    link = record(
        chain=room.chain, by=done.by, act=ACTS[done.how], of=("message", kept.op_id),
        detail={
            "payload_sha256": kept.payload_sha256, "evidence_sha256": kept.evidence_sha256, "answer": done.op_id,
            "sealed_sha256": sealed_digest(sealed, key_id),
        }, at=done.at,
    )  # fmt: skip
    models.Settlement.objects.create(
        message=kept, inspection_id=room.id, how=done.how, op_id=done.op_id, by=done.by, at=done.at, sealed=sealed,
        key_id=key_id, chain_n=link.n,
    )  # fmt: skip
