"""How a computed question gets its value for one subject: a rule, working days, a decision table, points.

Each way is one entry of ``WAYS`` and nowhere else. What is not known stays not known: a line of a table whose rule is
unknown leaves every later line open, unless the lines exclude each other. An override is an answer beside the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.points import possible, scored
from caselight.method.answers.standing import CONTESTED, NOT_ASKED, UNANSWERED, Settled, Standing
from caselight.method.caseload.workdays import add_working_days
from caselight.method.framework.parts import NOT_RELEVANT, Option, Outcome, Text
from caselight.method.framework.questions import OnTime, Points, Question, Table
from caselight.method.framework.rules import Rule, Truth, questions_in
from caselight.method.framework.tables import fitting
from caselight.method.framework.truth import truth


def computed(question: Question, sheet: Settled, heads: tuple[AnswerEvent, ...] = ()) -> Standing:
    """Where a computed question that applies stands; ``heads`` are the answers recorded in place of its value."""
    assert question.computed is not None  # noqa: S101 - the caller looked; this tells the type checker
    way, spec = question.computed.way
    reached = WAYS[way](spec, question, sheet)
    return _overridden(question, reached, sheet, heads) if question.computed.may_override and heads else reached


def _overridden(question: Question, reached: Standing, sheet: Settled, heads: tuple[AnswerEvent, ...]) -> Standing:
    """The answer of an inspector with its note, and beside it the value that was computed."""
    if len(heads) > 1:
        return CONTESTED._replace(computed_value=reached.value)
    event = heads[0]
    if event.withdrawn or not event.note.strip():
        return reached
    before = NOT_RELEVANT if reached.relevant is False else reached.value
    if event.value == NOT_RELEVANT:
        return Standing(relevant=False, by="inspector", event=event, computed_value=before)
    options = options_of(question, sheet)
    if event.value not in {option.value for option in options}:
        return reached
    return _valued(event.value, options)._replace(event=event, computed_value=before)


_YES_NO = tuple(
    Option(value=value, label=Text(value), outcome=outcome)
    for value, outcome in (("yes", Outcome.SUFFICIENT), ("no", Outcome.INSUFFICIENT))
)


def options_of(question: Question, sheet: Settled) -> tuple[Option, ...]:
    """The values that a computed question may take: those of its scale, else yes and no."""
    scale = sheet.framework.scale_by_id.get(question.scale or "")
    return scale.options if scale else _YES_NO


def _valued(value: str, options: Iterable[Option]) -> Standing:
    outcome = next((option.outcome for option in options if option.value == value), None)
    return Standing(relevant=True, value=value, outcome=outcome)


def _by_rule(rule: Rule, question: Question, sheet: Settled) -> Standing:
    held = truth(rule, sheet)
    return _held(held, question, sheet) if held is not None else _open(questions_in(rule), sheet)


def _held(held: Truth, question: Question, sheet: Settled) -> Standing:
    """Yes or no as an answer: the first option of the scale with that outcome."""
    if held is None:
        return UNANSWERED
    wanted, options = Outcome.SUFFICIENT if held else Outcome.INSUFFICIENT, options_of(question, sheet)
    value = next((option.value for option in options if option.outcome is wanted), "yes" if held else "no")
    return Standing(relevant=True, value=value, outcome=wanted)


def _open(questions: Iterable[str], sheet: Settled) -> Standing:
    """Not known yet: contested where one of the answers that it rests on is."""
    return CONTESTED if any(sheet.standing(name).contested for name in questions) else UNANSWERED


def _on_time(measure: OnTime, question: Question, sheet: Settled) -> Standing:
    return _held(_in_time(measure, sheet), question, sheet)


def _in_time(measure: OnTime, sheet: Settled) -> Truth:
    start, done = sheet.fact(measure.start), sheet.fact(measure.done)
    due = sheet.fact(measure.due) if measure.due else None
    if not isinstance(done, date):
        return None
    if isinstance(due, date):
        return done <= due
    target = next((target for target in measure.targets if truth(target.when, sheet) is not False), None)
    if target is None or truth(target.when, sheet) is None or not isinstance(start, date):
        return None
    return done <= add_working_days(start, target.working_days, sheet.holidays)


def _by_table(table: Table, question: Question, sheet: Settled) -> Standing:
    value, known = fitting(table, sheet)
    if not known:
        return _open((name for line in table.lines for name in questions_in(line.when)), sheet)
    if value is None:
        return UNANSWERED
    return NOT_ASKED if value == NOT_RELEVANT else _valued(value, options_of(question, sheet))


def _by_points(points: Points, question: Question, sheet: Settled) -> Standing:
    """Points over what is relevant. Nothing left is no score: the question then does not apply."""
    del question
    got: list[tuple[Fraction, Fraction]] = []
    for name in points.questions:
        standing = sheet.standing(name)
        if standing.relevant is not False:
            if standing.relevant is None or standing.value is None:
                return _open(points.questions, sheet)
            asked = sheet.framework.questions[name]
            score = scored(asked, standing, sheet.framework)
            if score is not None:
                got.append((score, possible(asked, sheet.framework)))
    total, most = sum((score for score, _ in got), Fraction(0)), sum((top for _, top in got), Fraction(0))
    if not got or (points.as_ == "share" and not most):
        return NOT_ASKED
    parts = {"sum": Fraction(1), "mean": Fraction(len(got)), "share": most}
    return Standing(relevant=True, value=total / parts[points.as_])


WAYS: Mapping[str, Callable[[Any, Question, Settled], Standing]] = {
    "sufficient_when": _by_rule,
    "on_time": _on_time,
    "table": _by_table,
    "points": _by_points,
}
