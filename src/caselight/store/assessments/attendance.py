"""Who was noted to be present while each case, or interview, was examined."""

from __future__ import annotations

from collections.abc import Collection

from caselight.store.assessments.models import Presence
from caselight.store.assessments.words import DESTROYED, opened_text


def presences(inspection: str, subjects: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The last note of each of these subjects that has one; :data:`DESTROYED` where its key is."""
    rows = Presence.objects.filter(inspection__key=inspection, subject_key__in={key for _, key in subjects})
    last = {(row.subject_kind, row.subject_key): row for row in rows.order_by("pk")}
    found: dict[tuple[str, str], str] = {}
    for subject in subjects:
        if (row := last.get(subject)) is not None:
            text = opened_text(inspection, f"presence:{row.chain_n}", bytes(row.sealed), row.key_id)
            found[subject] = DESTROYED if text is None else text
    return found
