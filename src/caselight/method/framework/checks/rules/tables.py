"""Decision tables: lines that overlap, subjects that no line fits, and lines that can never hold.

Each finding names an example: the facts and answers under which two lines hold at once, or none does. When there is too
much to try, or when what was tried may be impossible, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from caselight.method.faults import DataPath, Fault, Severity, quoted
from caselight.method.framework.checks.worlds.relating import Variable
from caselight.method.framework.checks.worlds.search import Budget, Tried, explore, possible, questions_behind
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.questions import Line, Question, Table
from caselight.method.framework.rules import (
    ALWAYS,
    AllOf,
    AnyOf,
    Not,
    NotRelevant,
    Rule,
    Test,
    questions_in,
    references,
)

MOST_SHOWN = 6


def table_faults(framework: Framework, path: DataPath, question: Question, budget: Budget) -> Iterator[Fault]:
    """Everything that is wrong with the table of one question; ``path`` is the path of the table."""
    table = question.computed.table if question.computed else None
    if table is None:
        return
    yield from _never(framework, path, question, table, budget)
    if not table.first_match:
        yield from _overlaps(framework, path, question, table, budget)
    if table.otherwise is None:
        yield from _gap(framework, path, question, table, budget)


def applying(question: Question) -> Rule:
    """The rule under which a question applies: its ``when``, and not its ``not_relevant_when``."""
    aside = question.not_relevant_when
    return question.when if aside is None else _all(question.when, _not(aside))


def _all(*rules: Rule) -> Rule:
    parts = tuple(rule for rule in rules if rule is not ALWAYS)
    return parts[0] if len(parts) == 1 else AllOf.model_construct(all=parts or (ALWAYS,))


def _any(rules: list[Rule]) -> Rule:
    return rules[0] if len(rules) == 1 else AnyOf.model_construct(any=tuple(rules))


def _not(rule: Rule) -> Rule:
    return Not.model_construct(not_=rule)


def _never(framework: Framework, path: DataPath, question: Question, table: Table, budget: Budget) -> Iterator[Fault]:
    """Lines whose rule can never hold, by itself or behind the lines before it."""
    before: list[Rule] = []
    for at, line in enumerate(table.lines):
        truths = possible(framework, _all(applying(question), *before, line.when), budget)
        if truths is not None and True not in truths:
            behind = " or an earlier line always holds first" if before else ""
            says = f"This line of {question.id} can never hold{behind}."
            cure = "Correct its rule, move it up, or take it out."
            yield Fault("framework.line-never-holds", (*path, "lines", at, "when"), says, cure, Severity.WARNING)
        if table.first_match:
            before.append(_not(line.when))


def _overlaps(
    framework: Framework, path: DataPath, question: Question, table: Table, budget: Budget
) -> Iterator[Fault]:
    """Two lines of different values that hold at once. The lines of each two values are tried together first."""
    by_value: dict[str, list[tuple[int, Line]]] = {}
    for at, line in enumerate(table.lines):
        by_value.setdefault(line.value, []).append((at, line))
    for one, other in combinations(by_value.values(), 2):
        together = _any([line.when for _, line in one]), _any([line.when for _, line in other])
        if _example(framework, _all(applying(question), *together), budget) is not None:
            yield from _overlapping(framework, path, question, one + other, budget)


def _overlapping(
    framework: Framework, path: DataPath, question: Question, lines: list[tuple[int, Line]], budget: Budget
) -> Iterator[Fault]:
    for (first, one), (second, other) in combinations(sorted(lines, key=lambda item: item[0]), 2):
        example = None
        if one.value != other.value:
            example = _example(framework, _all(applying(question), one.when, other.when), budget)
        if example is not None:
            says = f"Lines {first + 1} ({one.value}) and {second + 1} ({other.value}) of {question.id} hold at once: {example}."
            cure = "Make the rules exclude each other, or write “first_match: true” so that the first counts."
            yield Fault("framework.table-overlap", (*path, "lines", second, "when"), says, cure)


def _gap(framework: Framework, path: DataPath, question: Question, table: Table, budget: Budget) -> Iterator[Fault]:
    none = _not(_any([line.when for line in table.lines]))
    example = _example(framework, _all(applying(question), none), budget)
    if example is not None:
        says = f"No line of {question.id} holds: {example}."
        yield Fault("framework.table-gap", path, says, "Add a line, or say the value of all others under “otherwise:”.")


def _example(framework: Framework, rule: Rule, budget: Budget) -> str | None:
    """A world in words in which a rule holds, when there surely is one; ``None`` otherwise."""
    if budget.spent:
        return None
    tried = explore(framework, rule, budget)
    if tried is None:
        tried = explore(framework, rule, budget, loose=True)
        if tried is None or not _can_be(framework, rule, tried, budget):
            return None
    elif not tried.free:
        return None
    return None if tried.example is None else _shown(tried.example)


def _can_be(framework: Framework, rule: Rule, tried: Tried, budget: Budget) -> bool:
    """Whether the example of a loose search can really be.

    The questions rest on nothing in common, no fact is tested beside them, and each can come to its value.
    """
    if tried.example is None:
        return False
    facts = {name for kind, name in references(rule) if kind == "fact"}
    rests_on: set[Variable] = {("fact", name) for name in facts}
    for question in sorted(questions_in(rule)):
        own = _rests_on(framework, question)
        if not rests_on.isdisjoint(own) or not _reaches(framework, question, tried.example, budget):
            return False
        rests_on |= own
    return True


def _rests_on(framework: Framework, question: str) -> set[Variable]:
    test = Test(answer=question, known=True)
    names = questions_behind(framework, test)
    found: set[Variable] = {("answer", name) for name in names}
    for name in names:
        asked = framework.questions[name]
        lines = asked.computed.table.lines if asked.computed and asked.computed.table else ()
        computed = asked.computed.sufficient_when if asked.computed else None
        rules = [asked.when, asked.not_relevant_when, computed, *(line.when for line in lines)]
        found |= {
            (kind, each) for rule in rules if rule is not None for kind, each in references(rule) if kind == "fact"
        }
    return found


def _reaches(framework: Framework, question: str, example: dict[Variable, Any], budget: Budget) -> bool:
    value = example.get(("answer", question))
    if not isinstance(value, str):
        return value is None
    test: Rule = Test(answer=question, is_=value)
    if value == NOT_RELEVANT:
        test = NotRelevant(not_relevant=question)
    tried = explore(framework, test, budget)
    return tried is not None and tried.free and True in tried.seen


def _shown(example: dict[Variable, Any]) -> str:
    """A world as a reader can check it: ``I6.B is yes, I6.C is no``."""
    told = [f"{name[:60]} is {_value(value)}" for (_, name), value in sorted(example.items())]
    return ", ".join(told[:MOST_SHOWN]) + (" …" if len(told) > MOST_SHOWN else "") if told else "whatever the facts are"


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " and ".join(value) or "nothing"
    return "not known" if value is None else quoted(value) if value == "\n" else str(value).replace("_", " ")
