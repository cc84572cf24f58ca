"""Moderation as events: an answer agreed beside the first one, and a decision between two answers. Neither changes any.

A moderated answer builds on the moderated answers that were shown, never on the first one, which stays as it was said.
One that was sent twice has the same id and so is recorded once.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from caselight.method.answers.events import Address, AnswerEvent, payload_digest
from caselight.method.faults import Fault, Faults, stop
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.access import scope
from caselight.store.assessments.actions.agreeing import prefer
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.assessments.queries import standing
from caselight.store.assessments.receipts import Receipt, Refusal
from caselight.store.assessments.stances import agreed as agreed_by_all
from caselight.store.assessments.stances import stances
from caselight.store.audit.actions import as_text
from caselight.store.inspections.access import demand

MODERATED = "moderated"
DEVICE = "browser"


@dataclass(frozen=True)
class Agreed:
    """What was agreed about one answer: its place, the value with its coded reasons, and why it is not the first one."""

    address: Address
    value: str
    reasons: tuple[str, ...]
    note: str
    op_id: str
    made_at: str  # when the page was made that it was agreed on, as events write instants
    bases: tuple[str, ...] = ()


def new_op_id(at: datetime) -> str:
    """A new id of an answer, made at an instant: a UUID of version 7.

    >>> from datetime import UTC
    >>> new_op_id(datetime(2026, 3, 2, tzinfo=UTC))[:9]
    '019cac0d-'
    """
    milliseconds = int(at.timestamp() * 1000)
    number = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(UUID(int=number))


def agree(*, by: str, inspection: str, version: str, agreed: Agreed, at: datetime) -> Receipt | Refusal:
    """Record what was agreed; ``version`` is that of the framework.

    Whoever went back to the page and agreed something else builds on what they sent from it before.
    """
    answer = _agreed(by, inspection, version, agreed, at)
    if isinstance(answer, Refusal) and answer.code == "answer.other-content":
        again = replace(agreed, op_id=new_op_id(at), bases=(agreed.op_id,))
        answer = _agreed(by, inspection, version, again, at)
    return answer


def _agreed(by: str, inspection: str, version: str, agreed: Agreed, at: datetime) -> Receipt | Refusal:
    tool, kind, key, table, row, question, _ = agreed.address
    fields: dict[str, Any] = {
        "op_id": agreed.op_id, "tool": tool, "subject_kind": kind, "subject_key": key, "table": table, "row_key": row,
        "question_id": question, "pass_": MODERATED, "value": agreed.value, "reasons": agreed.reasons,
        "note": agreed.note, "themes": (), "notable": False, "withdrawn": False, "actor": by, "device": DEVICE,
        "base_op_ids": agreed.bases, "resolves_reason": "", "client_time": agreed.made_at, "server_time": as_text(at),
        "framework_version": version, "payload_sha256": "",
    }  # fmt: skip
    return _recorded(by, inspection, AnswerEvent(**fields), at)


def decide(*, by: str, inspection: str, chosen: str, reason: str, at: datetime) -> Receipt | Refusal:
    """Decide between answers that stand against each other: the one with the id ``chosen`` stands, for a reason.

    Raises ``answer.not-contested`` where there is nothing to decide, and ``answer.resolves-reason`` without a reason.
    """
    groups = (group for group in standing(inspection).values() if len(group) > 1)
    heads = next((group for group in groups if any(one.op_id == chosen for one in group)), ())
    if not heads:
        says = "These two answers are not in question any more."
        stop(Fault("answer.not-contested", ("chosen",), says, "Look at the question again: somebody has decided."))
    if not reason.strip():
        stop(
            Fault("answer.resolves-reason", ("reason",), "The decision has no reason.", "Enter why this answer stands.")
        )
    picked = next(one for one in heads if one.op_id == chosen)
    event = picked._replace(
        op_id=new_op_id(at), actor=by, base_op_ids=tuple(one.op_id for one in heads), resolves_reason=reason.strip(),
        client_time=as_text(at), server_time=as_text(at), device=DEVICE,
    )  # fmt: skip
    return _recorded(by, inspection, event, at)


def prefer_one(
    *, by: str, inspection: str, heads: Collection[str], chosen: str, reason: str, at: datetime
) -> Receipt | Refusal | None:
    """Say, as the author of one of these answers, which of them stands; decided where every author now says the same.

    None where it is not decided by it. Raises what ``prefer`` does.
    """
    prefer(by=by, inspection=inspection, heads=heads, chosen=chosen, reason=reason, at=at)
    wanted = set(heads)
    group = next((one for one in standing(inspection).values() if {event.op_id for event in one} == wanted), ())
    if not group or agreed_by_all(group, stances(inspection)) != chosen:
        return None
    demand(scope(by, inspection, at), Permission.ANSWER_RESOLVE, group[0].subject_key, agreed=True)
    try:
        return decide(by=by, inspection=inspection, chosen=chosen, reason=reason, at=at)
    except Faults as refused:
        if [fault.code for fault in refused.faults] == ["answer.not-contested"]:
            return None  # another author said it at the same moment, and that decided it
        raise


def _recorded(by: str, inspection: str, event: AnswerEvent, at: datetime) -> Receipt | Refusal:
    made = event._replace(payload_sha256=payload_digest(event))
    (answer,) = record_answers(by=by, inspection=inspection, device=DEVICE, events=[made], at=at)
    return answer
