"""The sheet of a practice case as its author reads it: where each question stands, in words, and what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caselight.method.answers.computing import options_of
from caselight.method.answers.consistency import against_prompts, inconsistencies
from caselight.method.answers.practice.practice import KEY, Practice
from caselight.method.answers.practice.steps import Step
from caselight.method.answers.sheet import Sheet
from caselight.method.answers.standing import Standing
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.questions import Question


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the sheet. ``standing`` is answered, computed, not relevant, not yet answered or not known.

    ``shown`` is the answer, by its label; ``why`` are the reasons given, or why it does not apply.
    """

    row: str
    question: str
    short: str
    standing: str
    shown: str = ""
    why: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Answers that do not fit together: what is said, and what to do."""

    row: str
    check: str
    severity: str
    says: str
    cure: str


def lines(practice: Practice) -> tuple[Line, ...]:
    """Every question about the case and about what was found within it, in the order of the framework."""
    return tuple(
        _line(practice, sheet, question)
        for sheet in practice.sheets
        for question in practice.framework.asked(practice.screening)
        if practice.framework.subject_of(question) == sheet.subject.kind
    )


def _line(practice: Practice, sheet: Sheet, question: Question) -> Line:
    standing, language = sheet.standing(question.id), practice.language
    row, short = _row(sheet), question.short.in_(language)
    if standing.relevant is None:
        return Line(row, question.id, short, "not known")
    if standing.by == "rule":
        why = practice.why_not(Step("question", row, question.id))
        return Line(row, question.id, short, "not relevant", "", why)
    if standing.relevant is False and standing.event is None:  # a decision table that gives no answer
        return Line(row, question.id, short, "not relevant", "", practice.why_not(Step("question", row, question.id)))
    if standing.value is None and standing.event is None:
        return Line(row, question.id, short, "not known" if question.computed else "not yet answered")
    kind = "computed" if question.computed else "not relevant" if standing.relevant is False else "answered"
    note = standing.event.note if standing.event else ""
    return Line(
        row,
        question.id,
        short,
        kind,
        _shown(sheet, question, standing, language),
        _why(practice, question, standing),
        note,
    )


def _row(sheet: Sheet) -> str:
    return "" if sheet.subject.key == KEY else sheet.subject.key


def _shown(sheet: Sheet, question: Question, standing: Standing, language: str) -> str:
    labels = {option.value: option.label.in_(language) for option in options_of(question, sheet)}
    value = standing.value
    if isinstance(value, tuple):
        return ", ".join(labels.get(one, one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else labels.get(str(value), str(value))


def _why(practice: Practice, question: Question, standing: Standing) -> tuple[str, ...]:
    """The reasons that were given, by their labels."""
    if standing.event is None:
        return ()
    framework = practice.framework
    known = (*framework.reasons_of(question), *framework.good_of(question))
    if standing.event.value == NOT_RELEVANT:
        known = framework.not_relevant_reasons
    labels = {reason.id: reason.label.in_(practice.language) for reason in known}
    return tuple(labels.get(reason, reason) for reason in standing.event.reasons)


def misfits(practice: Practice) -> Iterator[Misfit]:
    """The cross-checks that fire, and the judgements that most of their prompts contradict."""
    rows, language = {sheet.subject.key: _row(sheet) for sheet in practice.sheets}, practice.language
    for key, check in inconsistencies(practice.sheets):
        yield Misfit(rows[key], check.id, check.severity, check.says.in_(language), check.cure.in_(language))
    for flag in against_prompts(practice.sheets):
        yield Misfit(rows[flag.subject_key], flag.question_id, "flag", ", ".join(flag.against), "")
