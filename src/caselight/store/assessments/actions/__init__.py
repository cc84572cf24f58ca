"""What changes judgements: recording them, taking them in, and the steps of a case from complete to locked."""

from __future__ import annotations

from caselight.store.assessments.actions.messages import Message
from caselight.store.assessments.actions.recording import record_answers, record_messages
from caselight.store.assessments.actions.stepping import complete, countersign, moderate, reopen, sign, unlock
from caselight.store.assessments.actions.taking_in import Taken, take_in

__all__ = [
    "Message", "Taken", "complete", "countersign", "moderate", "record_answers", "record_messages", "reopen", "sign",
    "take_in", "unlock",
]  # fmt: skip
