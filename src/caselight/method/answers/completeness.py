"""What is still to be answered: per subject, the questions that apply and have no answer, or two; and contested facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from caselight.method.answers.decisions import RATING
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import ALWAYS
from caselight.method.framework.truth import truth


class Missing(NamedTuple):
    """A question that keeps a subject from being complete, and why: ``unanswered`` or ``contested``."""

    subject_key: str
    question_id: str
    why: str


def missing(sheets: Iterable[Sheet]) -> tuple[Missing, ...]:
    """Every question that applies, or may apply, and has no single answer, by subject and in the framework's order.

    A question with ``required_when`` is left out where that rule is false. Computed questions are never asked and so
    never missing; their inputs are. After the questions of a subject come, as ``fact:`` or ``rating:`` and the id, what
    else is contested: its facts, decisions about ratings, and answers in the place of computed ones.
    """
    asked: dict[str, list[Question]] = {}
    found: list[Missing] = []
    for sheet in sheets:
        key, kind = sheet.subject.key, sheet.subject.kind
        for question in asked.get(kind) or asked.setdefault(kind, _asked(sheet)):
            standing = sheet.standing(question.id)
            if standing.contested:
                found.append(Missing(key, question.id, "contested"))
            elif standing.relevant is not False and standing.value is None and _required(question, sheet):
                found.append(Missing(key, question.id, "unanswered"))
        found.extend(Missing(key, name, "contested") for name in sorted(_contested(sheet)))
    return tuple(found)


def _required(question: Question, sheet: Sheet) -> bool:
    return question.required_when is ALWAYS or truth(question.required_when, sheet) is not False


def _contested(sheet: Sheet) -> Iterator[str]:
    questions = sheet.framework.questions
    for name, heads in sheet.recorded.items():
        if len(heads) > 1:
            computed = name in questions and questions[name].computed is not None
            if name.startswith((FACT, RATING)) or (computed and sheet.standing(name).contested):
                yield name


def _asked(sheet: Sheet) -> list[Question]:
    """The questions that are answered about subjects of this kind."""
    questions, kind = sheet.framework.questions.values(), sheet.subject.kind
    return [q for q in questions if q.computed is None and sheet.framework.subject_of(q) == kind]


def not_counted(sheets: Iterable[Sheet]) -> tuple[Missing, ...]:
    """Answers that were recorded although the rule says that the question does not apply: kept, and counted nowhere.

    Those that a question must not have, by its ``not_relevant_when``, are in ``consistency``.
    """
    return tuple(
        Missing(sheet.subject.key, question_id, "does not apply")
        for sheet in sheets
        for question_id in sheet.recorded
        if question_id in sheet.framework.questions
        and sheet.standing(question_id).by == "rule"
        and not set_aside(sheet, sheet.framework.questions[question_id])
    )


def set_aside(sheet: Sheet, question: Question) -> bool:
    """Whether a question would apply, and its ``not_relevant_when`` takes it out."""
    rule = question.not_relevant_when
    return rule is not None and truth(rule, sheet) is True and truth(question.when, sheet) is True
