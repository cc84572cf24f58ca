"""The truth values that a rule can take over everything its facts and answers could be.

A *world* gives some of them a value; the rest stay open, which three-valued logic reads as unknown. What the rule asks
for next is tried next, and a branch is left as soon as the rule is settled in it. Facts or answers that a rule asks to
be known may also be missing. Where whole chains of questions are too much to try, each question is taken by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from caselight.method.framework.checks.worlds.domains import domain, tests_of
from caselight.method.framework.checks.worlds.relating import Relating, Variable
from caselight.method.framework.checks.worlds.world import World, derived
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Measured, Rated, Ratings, Rule, Truth, leaves, questions_in, references
from caselight.method.framework.truth import truth

MOST_TRIES = 20_000  # worlds for one rule
MOST_STEPS = 200_000  # tests looked at for one framework
SHARE = 8  # one rule may use up this part of what is left, so that many rules get their turn


@dataclass(slots=True)
class Budget:
    """How much may still be tried for a framework, so that no framework takes for ever to check."""

    left: int = MOST_STEPS

    @property
    def spent(self) -> bool:
        """Whether nothing more is to be tried."""
        return self.left <= 0


@dataclass(slots=True)
class Tried:
    """What a rule came to in the worlds that were tried, and the first world in which it held.

    ``free``: whatever was tried can really be, so that the world is an example and not only a suspicion.
    """

    seen: set[Truth] = field(default_factory=set)
    example: dict[Variable, Any] | None = None
    free: bool = True


def possible(framework: Framework, rule: Rule, budget: Budget | None = None) -> set[Truth] | None:
    """The truth values that can occur, as far as they matter: both true and false end the search.

    ``None`` when there is too much to try, or when a fact or a scale is not known. Where relations between facts or
    questions were taken as free, only what never or always holds is told: that holds all the more.
    """
    spending = budget or Budget()
    tried = explore(framework, rule, spending) or explore(framework, rule, spending, loose=True)
    if tried is None:
        return None
    return tried.seen if tried.free or True not in tried.seen or tried.seen == {True} else None


def explore(framework: Framework, rule: Rule, budget: Budget, *, loose: bool = False) -> Tried | None:
    """The worlds of a rule, tried as far as needed; ``None`` when that is too much, or a name is not known.

    ``loose`` takes every question that the rule names by itself: any value, or none, whatever its own rules say.
    """
    if any(isinstance(leaf, (Measured, Rated, Ratings)) for _, leaf in leaves(rule)):
        return None
    relating = Relating()
    plain = relating.plain(rule)
    behind = () if loose else sorted(questions_behind(framework, plain, relating))
    rules = [plain, *(relating.plain(inner) for name in behind for inner in _rules(framework.questions[name]))]
    tests = tests_of(rules)
    variables = _variables(framework, rules, loose=loose)
    domains = {
        variable: domain(framework, variable, tests.get(variable, []), relating.found, loose=loose)
        for variable in variables
    }
    if not all(domains.values()):
        return None
    cost = 1 + sum(1 for each in rules for _ in leaves(each))
    world = World(framework, relating, domains, loose=loose)
    search = _Search(world, plain, budget, cost=cost)
    if not search.run():
        return None
    search.tried.free = not loose and (not relating.found or relating.free(rules))
    return search.tried


def questions_behind(framework: Framework, rule: Rule, relating: Relating | None = None) -> set[str]:
    """The questions that a rule looks at, and those that their rules look at, and so on; of those that there are."""
    plain = (relating or Relating()).plain
    found: set[str] = set()
    waiting = [plain(rule)]
    while waiting:
        names = {name for name in questions_in(waiting.pop()) if name in framework.questions} - found
        found |= names
        waiting += [plain(inner) for name in names for inner in _rules(framework.questions[name])]
    return found


def _rules(question: Question) -> list[Rule]:
    """The rules that decide where a question stands."""
    rules = [question.when]
    if question.not_relevant_when is not None:
        rules.append(question.not_relevant_when)
    if derived(question) and question.computed is not None:
        table = question.computed.table
        rules += [line.when for line in table.lines] if table else []
        rules += [question.computed.sufficient_when] if question.computed.sufficient_when is not None else []
    return rules


def _variables(framework: Framework, rules: list[Rule], *, loose: bool) -> list[Variable]:
    """What can vary, in a fixed order."""
    names = {(kind if kind == "fact" else "answer", name) for rule in rules for kind, name in references(rule)}
    return [v for v in sorted(names) if v[0] == "fact" or loose or not _is_derived(framework, v[1])]


def _is_derived(framework: Framework, name: str) -> bool:
    return name in framework.questions and derived(framework.questions[name])


class _Search:
    """Tries the values of what the rule asks for, one after the other, until the rule is settled."""

    def __init__(self, world: World, rule: Rule, budget: Budget, *, cost: int) -> None:
        self.world = world
        self.rule = rule
        self.budget = budget
        self.cost = cost
        self.tried = Tried()
        self.left = min(MOST_TRIES, max(1, budget.left // (SHARE * cost)) + 100)

    def run(self) -> bool:
        """Whether everything below was tried, or need not be."""
        self.left -= 1
        self.budget.left -= self.cost
        if self.left < 0 or self.budget.spent:
            return False
        world = self.world
        held = truth(self.rule, world)
        variable = world.firm or (world.open if held is None else None)
        if variable is None:
            self._note(held)
            return True
        complete = all(self._with(variable, value) for value in world.domains[variable])
        world.put(variable, None)
        return complete

    def _note(self, held: Truth) -> None:
        self.tried.seen.add(held)
        if held and self.tried.example is None:
            self.tried.example = dict(self.world.chosen)

    def _with(self, variable: Variable, value: Any) -> bool:
        if self.tried.seen >= {True, False}:
            return True
        self.world.put(variable, (value,))
        return self.run()
