"""Rules that can never hold, and rules that always do, found by trying what facts and answers can be.

The truth space is finite: of a date or a number only the sides of the values that rules name matter. Each question of a
chain keeps its own rule, so a test of an answer that its own gate excludes is seen. When there is too much to try,
nothing is said. Decision tables are tried in :mod:`caselight.method.framework.checks.rules.tables`.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import Fault, Severity
from caselight.method.framework.checks.rules.tables import applying, table_faults
from caselight.method.framework.checks.rules.uses import RuleUse
from caselight.method.framework.checks.worlds.search import Budget, possible, questions_behind
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Always


def reachability_faults(framework: Framework, uses: list[RuleUse], known: list[Fault]) -> Iterator[Fault]:
    """Faults of rules that are sound; ``known`` are the faults already found in rules, which are left alone."""
    touched = {fault.where[:depth] for fault in known for depth in range(len(fault.where) + 1)}
    broken = {use.path for use in uses if use.path in touched}
    unsound = {use.question.id for use in uses if use.question is not None and use.path in broken}
    budget = Budget()
    for use in uses:
        if use.role == "line":
            yield from _table(framework, use, unsound, budget)
        elif not isinstance(use.rule, Always) and use.path not in broken and not budget.spent:
            behind = questions_behind(framework, use.rule)
            budget.left -= len(behind)
            if unsound.isdisjoint(behind):
                yield from _of_rule(framework, use, budget)


def _of_rule(framework: Framework, use: RuleUse, budget: Budget) -> Iterator[Fault]:
    truths = possible(framework, use.rule, budget)
    if truths is not None and True not in truths:
        yield _never(use)
    elif truths == {True}:
        yield _set_aside(use) if use.role == "not_relevant_when" else _always(use)
    elif use.role == "not_relevant_when" and use.question is not None:
        both = possible(framework, applying(use.question), budget)
        if both is not None and True not in both:
            yield _set_aside(use)


def _table(framework: Framework, use: RuleUse, unsound: set[str], budget: Budget) -> Iterator[Fault]:
    """The whole table, once, where its first line stands."""
    question = use.question
    if question is None or use.path[-2] != 0 or question.id in unsound or budget.spent:
        return
    lines = question.computed.table.lines if question.computed and question.computed.table else ()
    behind: set[str] = set().union(*(questions_behind(framework, line.when) for line in lines))
    behind |= questions_behind(framework, applying(question))
    budget.left -= len(behind)
    if unsound.isdisjoint(behind):
        yield from table_faults(framework, use.path[:-3], question, budget)


def _never(use: RuleUse) -> Fault:
    if use.role == "when":
        says = f"The rule of {use.title} can never hold, so it would never be asked."
        cure = "Correct the rule, or remove the question; look at the rules of the questions that it tests."
        return Fault("framework.never-applies", use.path, says, cure)
    if use.role == "consistency":
        says = f"The rule of {use.title} can never hold, so it would never fire."
        return Fault(
            "framework.never-fires", use.path, says, "Correct the rule, or remove the check.", Severity.WARNING
        )
    says = f"The rule of {use.title} can never hold."
    return Fault("framework.never-holds", use.path, says, "Correct the rule.", Severity.WARNING)


def _set_aside(use: RuleUse) -> Fault:
    says = f"Wherever {use.title} would apply, this rule sets it aside, so it would never be asked."
    return Fault("framework.never-applies", use.path, says, "Correct one of the two rules, or remove the question.")


def _always(use: RuleUse) -> Fault:
    says = f"The rule of {use.title} holds whatever the facts and answers are."
    cure = "Correct it, or write {always: true} to say so."
    return Fault("framework.always-true", use.path, says, cure, Severity.WARNING)
