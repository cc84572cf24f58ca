"""What changes judgements: recording them, and the steps of a case from complete to locked."""

from __future__ import annotations

from caselight.store.assessments.actions.recording import Message, record_answers, record_messages

__all__ = ["Message", "record_answers", "record_messages"]
