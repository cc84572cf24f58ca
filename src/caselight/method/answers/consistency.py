"""Answers that do not fit together: the framework's own checks, and what its questions say about themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from caselight.method.answers.completeness import set_aside
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.definition import Consistency
from caselight.method.framework.parts import NOT_RELEVANT, Outcome
from caselight.method.framework.questions import Question
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


class Surplus(NamedTuple):
    """An answer to a question that must not be relevant for a subject."""

    subject_key: str
    question_id: str


def surplus(sheets: Iterable[Sheet]) -> tuple[Surplus, ...]:
    """Answers other than *not relevant* where ``not_relevant_when`` of the question holds: errors."""
    return tuple(
        Surplus(sheet.subject.key, name)
        for sheet in sheets
        for name, heads in sheet.recorded.items()
        if name in sheet.framework.questions
        and any(not event.withdrawn and event.value != NOT_RELEVANT for event in heads)
        and set_aside(sheet, sheet.framework.questions[name])
    )


class AgainstPrompts(NamedTuple):
    """A judgement that points one way while more than half of the prompts that apply point the other way."""

    subject_key: str
    question_id: str
    outcome: str
    against: tuple[str, ...]
    applicable: int


def against_prompts(sheets: Iterable[Sheet]) -> tuple[AgainstPrompts, ...]:
    """Judgements to look at again, by subject. A flag and never a fault of the answer: the judgement stands.

    Prompts that apply and are not answered count among those that apply, so that few answers raise no flag early.
    """
    return tuple(
        flag
        for sheet in sheets
        for question in _informed(sheet)
        for flag in [_against(sheet, question)]
        if flag is not None
    )


def _informed(sheet: Sheet) -> list[Question]:
    framework, kind = sheet.framework, sheet.subject.kind
    return [q for q in framework.questions.values() if q.informed_by and framework.subject_of(q) == kind]


def _against(sheet: Sheet, question: Question) -> AgainstPrompts | None:
    outcome = sheet.standing(question.id).outcome
    if outcome is None:
        return None
    other = Outcome.INSUFFICIENT if outcome == Outcome.SUFFICIENT else Outcome.SUFFICIENT
    standings = {name: sheet.standing(name) for name in question.informed_by}
    against = tuple(name for name, standing in standings.items() if standing.outcome == other)
    applicable = sum(standing.relevant is True for standing in standings.values())
    if 2 * len(against) <= applicable:
        return None
    return AgainstPrompts(sheet.subject.key, question.id, outcome, against, applicable)
