"""Answers that do not fit together: the framework's cross-question checks, evaluated for each subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from caselight.method.answers.sheet import Sheet
from caselight.method.framework.definition import Consistency
from caselight.method.framework.truth import truth


class Inconsistency(NamedTuple):
    """One check that fired for one subject."""

    subject_key: str
    check: Consistency


def inconsistencies(sheets: Iterable[Sheet]) -> tuple[Inconsistency, ...]:
    """Every check that fires. A check whose rule is not yet known does not fire, nor one answered by a note."""
    return tuple(
        Inconsistency(sheet.subject.key, check)
        for sheet in sheets
        for check in sheet.framework.consistency
        if check.subject == sheet.subject.kind and truth(check.when, sheet) is True and not _noted(sheet, check)
    )


def _noted(sheet: Sheet, check: Consistency) -> bool:
    if check.unless_note_on is None:
        return False
    event = sheet.standing(check.unless_note_on).event
    return event is not None and bool(event.note.strip())
