"""What an answer scores, and what its question can score: points of a question for one subject.

An option's own points count; without them a sufficient answer scores all the points of its question and any other
none. What is not relevant, and an answer that counts as nothing, leaves both sides.
"""

from __future__ import annotations

from fractions import Fraction

from caselight.method.answers.standing import Standing
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Option, Outcome
from caselight.method.framework.questions import Question


def possible(question: Question, framework: Framework) -> Fraction:
    """The most that a question can score."""
    own = [option.points for option in _options(question, framework) if option.points is not None]
    return max(Fraction(str(points)) for points in own) if own else Fraction(str(question.points))


def scored(question: Question, standing: Standing, framework: Framework) -> Fraction | None:
    """What an answer scores; ``None`` when there is no single answer, or one that counts as nothing."""
    values = standing.value if isinstance(standing.value, tuple) else (standing.value,)
    chosen = [option for option in _options(question, framework) if option.value in values]
    own = [Fraction(str(option.points)) for option in chosen if option.points is not None]
    if own:
        return sum(own, Fraction(0))
    if standing.outcome is None:
        return None
    return Fraction(str(question.points)) if standing.outcome == Outcome.SUFFICIENT else Fraction(0)


def scores(question: Question, framework: Framework) -> tuple[Fraction, ...]:
    """Everything that one answer to a question can score, smallest first."""
    options = _options(question, framework)
    found = {Fraction(str(option.points)) for option in options if option.points is not None}
    outcomes = {option.outcome for option in options if option.points is None and option.outcome}
    if question.computed is not None and not options:
        outcomes = set(Outcome)
    if Outcome.SUFFICIENT in outcomes:
        found.add(Fraction(str(question.points)))
    if Outcome.INSUFFICIENT in outcomes:
        found.add(Fraction(0))
    return tuple(sorted(found))


def _options(question: Question, framework: Framework) -> tuple[Option, ...]:
    scale = framework.scale_by_id.get(question.scale or "")
    return scale.options if scale else ()
