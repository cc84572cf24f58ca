"""The values that stand for all that a fact or an answer can be, as far as the tests of some rules can tell them apart.

Of a date or a number only the sides of the values that rules name matter; of several choices only those that are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import ceil, floor
from typing import Any

from caselight.method.framework.checks.places import values_of
from caselight.method.framework.checks.worlds.relating import Relation, Variable
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Fact
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Rule, Test, leaves

MOST_NAMED = 8  # of several choices: more would be too many combinations
OTHER_TEXT = "\n"  # a line break stands for every text that no rule names


def tests_of(rules: Iterable[Rule]) -> dict[Variable, list[Test]]:
    """The tests of each fact and each answer; those of an outcome are tests of its answer."""
    tests: dict[Variable, list[Test]] = {}
    for rule in rules:
        for _, leaf in leaves(rule):
            if isinstance(leaf, Test):
                kind, name = leaf.subject
                tests.setdefault((kind if kind == "fact" else "answer", name), []).append(leaf)
    return tests


def domain(
    framework: Framework, variable: Variable, tests: list[Test], relations: dict[str, Relation], *, loose: bool
) -> list[Any]:
    """Values that stand for all others; the missing value first when a test asks for it. Empty when not known.

    ``loose``: the question may also not apply, whatever its own rule says.
    """
    kind, name = variable
    values: list[Any] = []
    if name in relations:
        values = _typed(relations[name].type, tests)
    elif kind == "fact":
        fact = framework.fact_by_id.get(name)
        values = _of_fact(fact, tests) if fact else []
    else:
        question = framework.questions.get(name)
        values = _of_question(framework, question, tests, loose=loose) if question else []
    return [None, *values] if values and any(test.known is not None for test in tests) else values


def _of_fact(fact: Fact, tests: list[Test]) -> list[Any]:
    listed = fact.values()
    return list(listed) if listed is not None else _typed(fact.type, tests)


def _typed(type_: str, tests: list[Test]) -> list[Any]:
    named = [value for test in tests for value in _named(test)]
    if type_ == "yes_no":
        return ["yes", "no"]
    if type_ == "date":
        days = {date.fromisoformat(value) for value in named}
        near = {day + timedelta(step) for day in days for step in (-1, 0, 1) if date.min < day < date.max}
        return sorted(near) or [date(2000, 1, 1)]
    if type_ in ("integer", "count"):
        near_numbers = {edge + step for value in named for edge in (floor(value), ceil(value)) for step in (-1, 0, 1)}
        return sorted(number for number in near_numbers if number >= 0 or type_ == "integer") or [0]
    return [*sorted(set(named)), OTHER_TEXT]


def _named(test: Test) -> tuple[Any, ...]:
    how, value = test.comparison
    if how == "known":
        return ()
    return tuple(value) if isinstance(value, tuple) else (value,)


def _of_question(framework: Framework, question: Question, tests: list[Test], *, loose: bool) -> list[Any]:
    values = _answers(framework, question, tests)
    return [*values, NOT_RELEVANT] if values and (loose or may_be_set_aside(question)) else values


def may_be_set_aside(question: Question) -> bool:
    """Whether the answer itself may be that the question is not relevant, apart from what its rules say."""
    computed = question.computed
    if computed is None:
        return not question.never_not_relevant
    if computed.points is not None:
        return True  # nothing that scores is left
    return computed.may_override and not question.never_not_relevant


def _answers(framework: Framework, question: Question, tests: list[Test]) -> list[Any]:
    if question.kind == "computed" and question.computed is None:
        return []
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is not None and scale.multiple:
        named = sorted({str(value) for test in tests for value in _named(test)})
        if len(named) > MOST_NAMED:
            return []
        return [some for size in range(len(named) + 1) for some in combinations(named, size)]
    if scale is None and question.scale is None and question.type is not None:
        return _typed(question.type, tests)
    if question.computed is not None and question.computed.points is not None:
        return _scores(tests)
    return list(values_of(framework, question) or ())


def _scores(tests: list[Test]) -> list[Any]:
    """Points may be any number, so those between two that are named count too."""
    named = sorted({value for test in tests for value in _named(test)})
    between = [(low + high) / 2 for low, high in pairwise(named)]
    return sorted({*named, *between, named[0] - 1, named[-1] + 1}) if named else [0]
