"""What is still to be answered: per subject, the questions that apply and have no answer, or two; and contested facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from caselight.method.answers.fact_values import FACT
from caselight.method.answers.sheet import Sheet


class Missing(NamedTuple):
    """A question that keeps a subject from being complete, and why: ``unanswered`` or ``contested``."""

    subject_key: str
    question_id: str
    why: str


def missing(sheets: Iterable[Sheet]) -> tuple[Missing, ...]:
    """Every question that applies, or may apply, and has no single answer, by subject and in the framework's order.

    Computed questions are never asked and so never missing; their inputs are. After the questions of a subject come
    its contested facts, as ``fact:`` and the id of the fact.
    """
    asked: dict[str, list[str]] = {}
    found: list[Missing] = []
    for sheet in sheets:
        key, kind = sheet.subject.key, sheet.subject.kind
        for name in asked.get(kind) or asked.setdefault(kind, _asked(sheet)):
            standing = sheet.standing(name)
            if standing.contested or (standing.relevant is not False and standing.value is None):
                found.append(Missing(key, name, "contested" if standing.contested else "unanswered"))
        contested = (name for name, heads in sheet.recorded.items() if len(heads) > 1 and name.startswith(FACT))
        found.extend(Missing(key, name, "contested") for name in sorted(contested))
    return tuple(found)


def _asked(sheet: Sheet) -> list[str]:
    """The questions that are answered about subjects of this kind."""
    questions, kind = sheet.framework.questions.values(), sheet.subject.kind
    return [q.id for q in questions if q.computed is None and sheet.framework.subject_of(q) == kind]


def not_counted(sheets: Iterable[Sheet]) -> tuple[Missing, ...]:
    """Answers that were recorded although the rule says that the question does not apply: kept, and counted nowhere."""
    return tuple(
        Missing(sheet.subject.key, question_id, "does not apply")
        for sheet in sheets
        for question_id in sheet.recorded
        if question_id in sheet.framework.questions and sheet.standing(question_id).by == "rule"
    )
