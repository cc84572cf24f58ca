"""The actions of an inspection, as values."""

from __future__ import annotations

from caselight.method.inspection.package import Action
from caselight.store.improvement import models


def actions_of(inspection: str) -> tuple[Action, ...]:
    """The actions by id."""
    rows = models.Action.objects.filter(inspection__key=inspection).values_list(
        "key", "subject_kind", "subject_key", "question_id", "text", "owner", "due", "status"
    )
    return tuple(sorted((Action(*row) for row in rows), key=lambda action: action.id))
