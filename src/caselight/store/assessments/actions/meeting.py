"""A slot of the timetable was held: that it was, and who was present, in one step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caselight.store.assessments.actions.attending import note_presence
from caselight.store.samples.timetable.publishing import Noted, note_outcome
from caselight.store.samples.timetable.values import Outcome


@transaction.atomic
def note_held(*, by: str, inspection: str, slot: str, who: str, at: datetime) -> None:
    """Note that a slot was held and who was present; the case, or the interview, has the same note.

    Raises what ``note_outcome`` and ``note_presence`` do.
    """
    held = note_outcome(by=by, inspection=inspection, slot=slot, noted=Noted(Outcome.HELD), at=at)
    if who.strip():
        note_presence(by=by, inspection=inspection, subject=held.subject, who=who, at=at)
