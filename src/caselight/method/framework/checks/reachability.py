"""Rules that can never hold, and rules that always do, found by trying what facts and answers can be.

The truth space is finite: of a date or a number only the sides of the values that rules name matter. Each question of a
chain keeps its own rule, so a test of an answer that its own gate excludes is seen. When there is too much to try,
nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import Fault, Severity
from caselight.method.framework.checks.rule_uses import RuleUse
from caselight.method.framework.checks.worlds import Budget, possible, questions_behind
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Always


def reachability_faults(framework: Framework, uses: list[RuleUse], known: list[Fault]) -> Iterator[Fault]:
    """Faults of rules that are sound; ``known`` are the faults already found in rules, which are left alone."""
    touched = {fault.where[:depth] for fault in known for depth in range(len(fault.where) + 1)}
    broken = {use.path for use in uses if use.path in touched}
    unsound = {use.question.id for use in uses if use.question is not None and use.path in broken}
    budget = Budget()
    for use in uses:
        if isinstance(use.rule, Always) or use.path in broken or budget.spent:
            continue
        behind = questions_behind(framework, use.rule)
        budget.left -= len(behind)
        if unsound.isdisjoint(behind):
            truths = possible(framework, use.rule, budget)
            if truths is not None and True not in truths:
                yield _never(use)
            elif truths == {True}:
                yield _always(use)


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


def _always(use: RuleUse) -> Fault:
    says = f"The rule of {use.title} holds whatever the facts and answers are."
    cure = "Correct it, or write {always: true} to say so."
    return Fault("framework.always-true", use.path, says, cure, Severity.WARNING)
