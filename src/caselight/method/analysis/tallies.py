"""Tallies: which subjects are sufficient, insufficient, not relevant, unanswered or contested for a question.

The denominator falls out of applicability and is never typed. ``tests/method/analysis`` holds the five-line naive
count that every tally must equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from caselight.method.analysis.figure import Cell
from caselight.method.answers.sheet import Sheet
from caselight.method.answers.standing import Standing
from caselight.method.framework.applicability import why_not
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Outcome
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import ALWAYS, Always, Rule
from caselight.method.framework.truth import truth

Cells = Mapping[Cell, tuple[str, ...]]
_OF_OUTCOME = {outcome.value: Cell(outcome.value) for outcome in Outcome}
OUTSIDE = (Cell.NOT_RELEVANT_BY_RULE, Cell.NOT_RELEVANT_BY_INSPECTOR)


def cell(standing: Standing) -> Cell:
    """The cell of one standing.

    An answer that counts as nothing ("cannot say") is outside the base, as the inspector recorded it.
    """
    if standing.relevant is False:
        return Cell.NOT_RELEVANT_BY_INSPECTOR if standing.by == "inspector" else Cell.NOT_RELEVANT_BY_RULE
    if standing.contested:
        return Cell.CONTESTED
    if standing.outcome is not None:
        return _OF_OUTCOME[standing.outcome]
    return Cell.UNANSWERED if standing.value is None else Cell.NOT_RELEVANT_BY_INSPECTOR


def tally(question_id: str, sheets: Iterable[Sheet], where: Rule = ALWAYS) -> Cells:
    """The subject keys in each cell of one question, over the subjects for which ``where`` holds.

    A subject for which ``where`` is not yet known is unanswered: it may belong to the population.
    """
    cells: dict[Cell, list[str]] = {}
    everyone = isinstance(where, Always)
    for sheet in sheets:
        inside = everyone or truth(where, sheet)
        if inside is False:
            continue
        found = cell(sheet.standing(question_id)) if inside else Cell.UNANSWERED
        cells.setdefault(found, []).append(sheet.subject.key)
    return {name: tuple(sorted(keys)) for name, keys in cells.items()}


def count(where: Rule, sheets: Iterable[Sheet], answered: str | None = None) -> Cells:
    """Subjects with a fact (``sufficient``) and without it (``insufficient``); not known is ``unanswered``.

    With ``answered``, only subjects with one answer to that question are counted ("case managers interviewed"); those
    with two are ``contested``.
    """
    cells: dict[Cell, list[str]] = {}
    for sheet in sheets:
        cells.setdefault(_counted(where, sheet, answered), []).append(sheet.subject.key)
    return {name: tuple(sorted(keys)) for name, keys in cells.items()}


def _counted(where: Rule, sheet: Sheet, answered: str | None) -> Cell:
    holds = truth(where, sheet)
    if holds and answered is not None:
        standing = sheet.standing(answered)
        if standing.contested:
            return Cell.CONTESTED
        holds = standing.value is not None
    return Cell.UNANSWERED if holds is None else Cell.SUFFICIENT if holds else Cell.INSUFFICIENT


def why_not_relevant(question: Question, sheets: Iterable[Sheet], language: str) -> dict[str, str]:
    """For each subject to which a question does not apply, the reason in words: by the rule, or by the inspector."""
    return {
        sheet.subject.key: _reason(question, sheet, language)
        for sheet in sheets
        if cell(sheet.standing(question.id)) in OUTSIDE
    }


def _reason(question: Question, sheet: Sheet, language: str) -> str:
    framework = sheet.framework
    standing = sheet.standing(question.id)
    if standing.relevant:
        options = framework.scale_by_id[question.scale or ""].options
        return next(option.label.in_(language) for option in options if option.value == standing.value)
    if standing.by == "inspector" and standing.event is not None:
        labels = {reason.id: reason.label.in_(language) for reason in framework.not_relevant_reasons}
        return "; ".join(labels.get(code, code) for code in standing.event.reasons)
    return "; ".join(why_not(question, sheet, framework, language))


def reasons(
    question: Question, sheets: Iterable[Sheet], keys: Iterable[str], language: str
) -> tuple[tuple[str, str, int], ...]:
    """The coded reasons of the insufficient answers among ``keys``: id, label, cases.

    Commonest first, ties in the order of the framework. A case may have several reasons.
    """
    wanted = set(keys)
    tallied: Counter[str] = Counter()
    framework: Framework | None = None
    for sheet in sheets:
        framework = sheet.framework
        event = sheet.standing(question.id).event if sheet.subject.key in wanted else None
        if event is not None and event.reasons:
            tallied.update(set(event.reasons))
    if framework is None or not tallied:
        return ()
    listed = {reason.id: reason.label.in_(language) for reason in framework.reasons_of(question)}
    order = {code: position for position, code in enumerate(listed)}
    ranked = sorted(tallied.items(), key=lambda item: (-item[1], order.get(item[0], len(order)), item[0]))
    return tuple((code, listed.get(code, code), times) for code, times in ranked)
