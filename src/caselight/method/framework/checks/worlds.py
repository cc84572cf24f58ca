"""The truth values that a rule can take over everything its facts and answers could be.

A *world* gives some of them a value; the rest stay open, which three-valued logic reads as unknown. A branch is left as
soon as the rule is settled in it. Facts or answers that a rule asks to be known may also be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import ceil, floor
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Fact
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Elapsed, Leaf, Named, Rule, Test, Truth, leaves, references
from caselight.method.framework.truth import Facts, truth

MOST_TRIES = 20_000  # worlds for one rule
MOST_STEPS = 300_000  # tests looked at for one framework
Variable = tuple[str, str]  # ("fact", "psr") or ("answer", "R2.due")


@dataclass(slots=True)
class Budget:
    """How much may still be tried for a framework, so that no framework takes for ever to check."""

    left: int = MOST_STEPS

    @property
    def spent(self) -> bool:
        """Whether nothing more is to be tried."""
        return self.left <= 0


def possible(framework: Framework, rule: Rule, budget: Budget | None = None) -> set[Truth] | None:
    """The truth values that can occur, as far as they matter: both true and false end the search.

    ``None`` when there is too much to try, when a fact or a scale is not known, or when a rule relates one fact or
    answer to another: then the sides of named values do not stand for all others.
    """
    rules = [rule, *_rules_of(framework, questions_behind(framework, rule))]
    if any(_relates(leaf) for each in rules for _, leaf in leaves(each)):
        return None
    tests = _tests(rules)
    domains = {
        variable: _domain(framework, variable, tests.get(variable, [])) for variable in _variables(framework, rules)
    }
    if not all(domains.values()):
        return None
    cost = 1 + sum(1 for each in rules for _ in leaves(each))
    search = _Search(_World(framework), rule, domains, budget=budget or Budget(), cost=cost)
    return search.seen if search.run(0) else None


def _relates(leaf: Leaf) -> bool:
    """Whether a test holds two facts or answers against each other: two days, or one against another by name."""
    return isinstance(leaf, Elapsed) or (isinstance(leaf, Test) and isinstance(leaf.comparison[1], Named))


def questions_behind(framework: Framework, rule: Rule) -> set[str]:
    """The questions that a rule looks at, and those that their rules look at, and so on."""
    found: set[str] = set()
    waiting = [rule]
    while waiting:
        names = {name for kind, name in references(waiting.pop()) if kind != "fact"} - found
        found |= names
        waiting += _rules_of(framework, names)
    return found


def _rules_of(framework: Framework, names: set[str]) -> list[Rule]:
    questions = [framework.questions[name] for name in sorted(names) if name in framework.questions]
    computed = [question.computed.sufficient_when for question in questions if question.computed]
    return [*(question.when for question in questions), *(rule for rule in computed if rule is not None)]


def _tests(rules: list[Rule]) -> dict[Variable, list[Test]]:
    tests: dict[Variable, list[Test]] = {}
    for rule in rules:
        for _, leaf in leaves(rule):
            if isinstance(leaf, Test):
                kind, name = leaf.subject
                tests.setdefault((kind if kind == "fact" else "answer", name), []).append(leaf)
    return tests


def _variables(framework: Framework, rules: list[Rule]) -> list[Variable]:
    """What can vary, in a fixed order; the outcome of a rule over other answers does not vary by itself."""
    names = {(kind if kind == "fact" else "answer", name) for rule in rules for kind, name in references(rule)}
    return [variable for variable in sorted(names) if variable[0] == "fact" or not _derived(framework, variable[1])]


def _derived(framework: Framework, name: str) -> bool:
    question = framework.questions.get(name)
    return bool(question and question.computed and question.computed.sufficient_when)


def _domain(framework: Framework, variable: Variable, tests: list[Test]) -> list[Any]:
    """Values that stand for all others; the missing value first when a test asks for it. Empty when not known."""
    kind, name = variable
    values: list[Any] = []
    if kind == "fact":
        fact = framework.fact_by_id.get(name)
        values = _fact_values(fact, tests) if fact else []
    else:
        question = framework.questions.get(name)
        values = _answers(framework, question, tests) if question else []
    return [None, *values] if values and any(test.known is not None for test in tests) else values


def _fact_values(fact: Fact, tests: list[Test]) -> list[Any]:
    listed = fact.values()
    if listed is not None:
        return list(listed)
    named = [value for test in tests for value in _values_of(test)]
    if fact.type == "date":
        days = {date.fromisoformat(value) for value in named}
        near = {day + timedelta(step) for day in days for step in (-1, 0, 1) if date.min < day < date.max}
        return sorted(near) or [date(2000, 1, 1)]
    if fact.type == "integer":
        return sorted(
            {edge + step for value in named for edge in (floor(value), ceil(value)) for step in (-1, 0, 1)}
        ) or [0]
    return [*sorted(set(named)), "\n"]  # a line break stands for every text that no rule names


def _values_of(test: Test) -> tuple[Any, ...]:
    ((how, value),) = test.comparisons.items()
    if how == "known":
        return ()
    return tuple(value) if how == "in" else (value,)


def _answers(framework: Framework, question: Question, tests: list[Test]) -> list[Any]:
    if question.kind == "computed":
        return ["sufficient", "insufficient"] if question.computed else []
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None:
        return []
    if not scale.multiple:
        return [*(option.value for option in scale.options), NOT_RELEVANT]
    named = sorted({str(test.includes) for test in tests if test.includes is not None})[:8]
    return [*(some for size in range(len(named) + 1) for some in combinations(named, size)), NOT_RELEVANT]


class _World(Facts):
    """What a rule looks at while the search has given some variables a value; what it works out is remembered."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.chosen: dict[Variable, Any] = {}
        self._applies: dict[str, Truth] = {}
        self._held: dict[str, Truth] = {}

    def put(self, variable: Variable, value: tuple[Any] | None) -> None:
        """Give a variable a value, or leave it open again."""
        self._applies.clear()
        self._held.clear()
        if value is None:
            self.chosen.pop(variable, None)
        else:
            self.chosen[variable] = value[0]

    def fact(self, name: str) -> Any:
        return self.chosen.get(("fact", name))

    def relevant(self, question: str) -> Truth:
        if question not in self._applies:
            self._applies[question] = self._relevant(self.framework.questions[question])
        return self._applies[question]

    def _relevant(self, asked: Question) -> Truth:
        applies = truth(asked.when, self)
        if applies is False or asked.kind == "computed":
            return applies
        if ("answer", asked.id) not in self.chosen:
            return None  # it may still be said to be not relevant
        return False if self.chosen["answer", asked.id] == NOT_RELEVANT else applies

    def answer(self, question: str) -> Any:
        if self.framework.questions[question].kind != "computed":
            return self.chosen.get(("answer", question))
        words: dict[Any, str | None] = {"sufficient": "yes", "insufficient": "no"}
        return words.get(self.outcome(question))

    def outcome(self, question: str) -> str | None:
        asked = self.framework.questions[question]
        rule = asked.computed.sufficient_when if asked.computed else None
        if rule is not None:
            if question not in self._held:
                self._held[question] = truth(rule, self)
            held = self._held[question]
            return None if held is None else "sufficient" if held else "insufficient"
        value = self.chosen.get(("answer", question))
        if asked.kind == "computed":
            return None if value is None else str(value)
        scale = self.framework.scale_by_id[asked.scale or ""]
        return next((option.outcome for option in scale.options if option.value == value), None)


class _Search:
    """Tries the values of one variable after the other and leaves a branch as soon as the rule is settled in it."""

    def __init__(
        self, world: _World, rule: Rule, domains: dict[Variable, list[Any]], *, budget: Budget, cost: int
    ) -> None:
        self.world = world
        self.rule = rule
        # Those that may be missing come first: until they have a value, "known" cannot be read.
        self.order = sorted(domains, key=lambda variable: (domains[variable][0] is not None, variable))
        self.firm = sum(domains[variable][0] is None for variable in domains)
        self.domains = domains
        self.seen: set[Truth] = set()
        self.tries = 0
        self.cost = cost
        self.budget = budget

    def run(self, depth: int) -> bool:
        """Whether everything below was tried, or need not be."""
        self.tries += 1
        self.budget.left -= self.cost
        if self.tries > MOST_TRIES or self.budget.spent:
            return False
        if depth >= self.firm:
            held = truth(self.rule, self.world)
            if held is not None or depth == len(self.order):
                self.seen.add(held)
                return True
        variable = self.order[depth]
        complete = all(self._with(variable, value, depth) for value in self.domains[variable])
        self.world.put(variable, None)
        return complete

    def _with(self, variable: Variable, value: Any, depth: int) -> bool:
        if self.seen >= {True, False}:
            return True
        self.world.put(variable, (value,))
        return self.run(depth + 1)
