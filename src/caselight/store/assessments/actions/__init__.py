"""What changes judgements: recording them, and the steps of a case from complete to locked."""

from __future__ import annotations

from caselight.store.assessments.actions.recording import Message, record_answers, record_messages
from caselight.store.assessments.actions.taking_in import Taken, take_in

__all__ = ["Message", "Taken", "record_answers", "record_messages", "take_in"]
