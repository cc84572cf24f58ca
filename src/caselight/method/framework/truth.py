"""Whether a rule holds for one subject: true, false, or not known (Kleene's three values).

*Unknown is not false*: a fact nobody supplied, a question nobody has answered, and an answer that is contested all make
a test unknown, and ``all``, ``any``, ``not`` pass that on. A question that does not apply makes every test of its
answer false, because there is no such answer. Each operator and each comparison is one entry of a table here, and
nowhere else. (ADR 0003.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from caselight.method.framework.rules import (
    AllOf,
    Always,
    AnyOf,
    Bounds,
    Counted,
    Elapsed,
    Measured,
    Named,
    Not,
    NotRelevant,
    Rated,
    Ratings,
    Rows,
    Rule,
    Test,
    Truth,
    Unit,
    Value,
)


class Facts:
    """What a rule may look at: one subject's facts and its answers so far, and what was found within it.

    Here nothing is known. Whoever looks at something overrides what it knows.
    """

    def fact(self, name: str) -> Value | None:
        """The value of a fact; ``None`` when nobody supplied it."""
        del name
        return None

    def answer(self, question: str) -> Value | None:
        """The uncontested answer to a question; ``None`` when there is none yet, or two that differ."""
        del question
        return None

    def outcome(self, question: str) -> str | None:
        """``sufficient`` or ``insufficient`` for an answered question; ``None`` when not known."""
        del question
        return None

    def relevant(self, question: str) -> Truth:
        """False when the question does not apply or the inspector said so; ``None`` when that is not known yet."""
        del question
        return None

    def rows(self, kind: str) -> Iterable[Facts] | None:
        """The subjects of a kind that were found within this one; ``None`` while that is not known."""
        del kind
        return None

    def elapsed(self, start: date, end: date, unit: Unit) -> int | None:
        """From one day to another in a unit; ``None`` where the days needed to count are not known."""
        del start, end, unit
        return None

    def measure(self, name: str) -> Fraction | None:
        """The value of a measure of the whole inspection; ``None`` when it has none."""
        del name
        return None

    def rated(self, rating: str) -> Truth:
        """False when a rating is not rated in this inspection; ``None`` while that is not known."""
        del rating
        return None

    def rank(self, rating: str) -> int | None:
        """The place of a rating's grade on its scale, worst first from 0; ``None`` when it has no grade."""
        del rating
        return None

    def rank_of(self, rating: str, grade: str) -> int:
        """The place of a grade on the scale of a rating, worst first from 0."""
        raise KeyError(rating, grade)


def truth(rule: Rule, facts: Facts) -> Truth:
    """Whether a rule holds for one subject: true, false, or ``None`` when it cannot be known yet.

    >>> from caselight.method.framework.rules import ALWAYS
    >>> truth(ALWAYS, None)
    True
    """
    held: Truth = OPERATORS[type(rule)](rule, facts)
    return held


def negated(value: Truth) -> Truth:
    """Kleene's not: the opposite, and unknown of unknown."""
    return None if value is None else not value


def _always(rule: Always, facts: Facts) -> Truth:
    del rule, facts
    return True


def _all(rule: AllOf, facts: Facts) -> Truth:
    result: Truth = True
    for part in rule.all:
        value = truth(part, facts)
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _any(rule: AnyOf, facts: Facts) -> Truth:
    result: Truth = False
    for part in rule.any:
        value = truth(part, facts)
        if value is True:
            return True
        if value is None:
            result = None
    return result


def _not(rule: Not, facts: Facts) -> Truth:
    return negated(truth(rule.not_, facts))


def _not_relevant(rule: NotRelevant, facts: Facts) -> Truth:
    return negated(facts.relevant(rule.not_relevant))


def _test(test: Test, facts: Facts) -> Truth:
    kind, name, how, other = test.asked
    value: Value | None
    if kind == "fact":
        value = facts.fact(name)
    else:
        relevant = facts.relevant(name)
        if relevant is not True:
            return relevant
        value = facts.answer(name) if kind == "answer" else facts.outcome(name)
    if how == "known":
        return bool((value is not None) == other)
    if isinstance(other, Named):
        if _outside(other, facts):
            return False
        other = _named(other, facts)
    return None if value is None or other is None else bool(COMPARISONS[how](value, other))


def _named(name: Named, facts: Facts) -> Value | None:
    if name.fact is not None:
        return facts.fact(name.fact)
    question = name.answer or ""
    return facts.answer(question) if facts.relevant(question) else None


def _outside(name: Named, facts: Facts) -> bool:
    """Whether it is the answer to a question that does not apply, so that there is nothing to compare with."""
    return name.answer is not None and facts.relevant(name.answer) is False


def _day(value: Any) -> Any:
    """A day that the framework writes as text, as a day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _exact(number: Any) -> Any:
    """A number as it is written: 0.9 is nine tenths, and not the binary fraction next to it."""
    return Fraction(str(number)) if isinstance(number, float) else number


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, other: value == other,
    "in": lambda value, other: value in other,
    "includes": lambda value, other: other in value,
    "includes_any": lambda value, other: any(one in value for one in other),
    "includes_all": lambda value, other: all(one in value for one in other),
    "includes_none": lambda value, other: not any(one in value for one in other),
    "at_least": lambda value, other: value >= _exact(other),
    "at_most": lambda value, other: value <= _exact(other),
    "before": lambda value, other: value < _day(other),
    "after": lambda value, other: value > _day(other),
    "same_as": lambda value, other: value == other,
}


def _elapsed(rule: Elapsed, facts: Facts) -> Truth:
    if _outside(rule.elapsed.from_, facts) or _outside(rule.elapsed.to, facts):
        return False
    start, end = _named(rule.elapsed.from_, facts), _named(rule.elapsed.to, facts)
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    passed = facts.elapsed(start, end, rule.elapsed.in_)
    return None if passed is None else within(rule, passed, passed)


def _counted(rule: Counted, facts: Facts) -> Truth:
    """How many of the questions have the outcome or answer: surely so many, and perhaps so many more."""
    surely = perhaps = 0
    for name in rule.count:
        held = truth(rule.tested(name), facts)
        surely += held is True
        perhaps += held is None
    return within(rule, surely, surely + perhaps)


def _rows(rule: Rows, facts: Facts) -> Truth:
    rows = facts.rows(rule.rows)
    if rows is None:
        return None
    held = [truth(rule.where, row) for row in rows]
    surely = sum(value is True for value in held)
    return within(rule, surely, surely + sum(value is None for value in held))


def _measured(rule: Measured, facts: Facts) -> Truth:
    value = facts.measure(rule.measure)
    return None if value is None else within(rule, value, value)


def _rated(rule: Rated, facts: Facts) -> Truth:
    return _of_rank(rule, rule.rating, facts)


def _ratings(rule: Ratings, facts: Facts) -> Truth:
    held = [_of_rank(rule, name, facts) for name in rule.ratings]
    surely = sum(value is True for value in held)
    return within(rule.times, surely, surely + sum(value is None for value in held))


def _of_rank(rule: Rated | Ratings, rating: str, facts: Facts) -> Truth:
    """Whether a rating has the grade that the rule asks for; what is not rated has no grade, so every test is false."""
    if facts.rated(rating) is False:
        return False
    rank = facts.rank(rating)
    if rank is None:
        return None
    wanted = facts.rank_of(rating, rule.grade)
    held: Truth = {"is": rank == wanted, "or_better": rank >= wanted, "or_worse": rank <= wanted}[rule.how]
    return held


def within(bounds: Bounds, low: int | Fraction, high: int | Fraction) -> Truth:
    """Whether a number that lies from ``low`` to ``high`` is inside the bounds: surely, surely not, or not known.

    >>> from caselight.method.framework.rules import Bounds
    >>> [within(Bounds(at_most=1), 0, 1), within(Bounds(at_most=1), 1, 2), within(Bounds(at_most=1), 2, 2)]
    [True, None, False]
    """
    least, most = bounds.least, bounds.most
    if (least is not None and high < least) or (most is not None and low > most):
        return False
    if (least is None or low >= least) and (most is None or high <= most):
        return True
    return None


OPERATORS: Mapping[type, Callable[[Any, Facts], Truth]] = {
    Always: _always,
    AllOf: _all,
    AnyOf: _any,
    Not: _not,
    NotRelevant: _not_relevant,
    Test: _test,
    Elapsed: _elapsed,
    Counted: _counted,
    Rows: _rows,
    Measured: _measured,
    Rated: _rated,
    Ratings: _ratings,
}
