"""The truth values that a rule can take over everything its facts and answers could be.

A *world* gives some of them a value; the rest stay open, which three-valued logic reads as unknown. What the rule asks
for next is tried next, and a branch is left as soon as the rule is settled in it. Facts or answers that a rule asks to
be known may also be missing. Where whole chains of questions are too much to try, each question is taken by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caselight.method.framework.checks.domains import domain, tests_of
from caselight.method.framework.checks.relating import Relating, Variable
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome
from caselight.method.framework.questions import Question, Table
from caselight.method.framework.rules import Measured, Rated, Ratings, Rule, Truth, leaves, questions_in, references
from caselight.method.framework.tables import fitting
from caselight.method.framework.truth import Facts, negated, truth

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


def derived(question: Question) -> bool:
    """Whether a question follows from its rules alone, so that it does not vary by itself."""
    computed = question.computed
    return computed is not None and not computed.may_override and bool(computed.sufficient_when or computed.table)


def _variables(framework: Framework, rules: list[Rule], *, loose: bool) -> list[Variable]:
    """What can vary, in a fixed order."""
    names = {(kind if kind == "fact" else "answer", name) for rule in rules for kind, name in references(rule)}
    return [v for v in sorted(names) if v[0] == "fact" or loose or not _is_derived(framework, v[1])]


def _is_derived(framework: Framework, name: str) -> bool:
    return name in framework.questions and derived(framework.questions[name])


class World(Facts):
    """What a rule looks at while the search has given some variables a value; what it works out is remembered.

    ``open`` is the first variable without a value that the rule asked for, ``firm`` the first of those that may be
    missing: until it has a value, whether it is known cannot be read.
    """

    def __init__(
        self,
        framework: Framework,
        relating: Relating,
        domains: Mapping[Variable, list[Any]],
        *,
        loose: bool,
    ) -> None:
        self.framework = framework
        self.domains = domains
        self.chosen: dict[Variable, Any] = {}
        self.open: Variable | None = None
        self.firm: Variable | None = None
        self._relating = relating
        self._tables: dict[str, Table] = {}
        self._loose = loose
        self._applies: dict[str, Truth] = {}
        self._reached: dict[str, Any] = {}

    def put(self, variable: Variable, value: tuple[Any] | None) -> None:
        """Give a variable a value, or leave it open again."""
        self.forget()
        if value is None:
            self.chosen.pop(variable, None)
        else:
            self.chosen[variable] = value[0]

    def forget(self) -> None:
        """Forget what was worked out and asked for."""
        self._applies.clear()
        self._reached.clear()
        self.open = self.firm = None

    def _value(self, variable: Variable) -> Any:
        if variable in self.chosen:
            return self.chosen[variable]
        self.open = self.open or variable
        if self.firm is None and self.domains[variable][0] is None:
            self.firm = variable
        return None

    def fact(self, name: str) -> Any:
        relation = self._relating.found.get(name)
        if relation is not None and any(self._missing(variable) for variable in relation.of):
            return None
        return self._value(("fact", name))

    def _missing(self, variable: Variable) -> bool:
        """Whether a fact or answer behind a relation is there not at all."""
        may_be = variable in self.domains and self.domains[variable][0] is None
        return may_be and self._value(variable) is None and variable in self.chosen

    def relevant(self, question: str) -> Truth:
        if question not in self._applies:
            self._applies[question] = self._relevant(self.framework.questions[question])
        return self._applies[question]

    def _relevant(self, asked: Question) -> Truth:
        applies = True if self._loose else self._by_rule(asked)
        if applies is False or not self._may_be_set_aside(asked):
            return applies
        value = self._answer(asked)
        if value == NOT_RELEVANT:
            return False
        unknown = value is None and ("answer", asked.id) not in self.chosen
        return None if unknown else applies  # an open answer may still be that it is not relevant

    def _may_be_set_aside(self, asked: Question) -> bool:
        """Whether the answer itself, or the value of a table, may be that the question is not relevant."""
        if self._loose or not derived(asked):
            return NOT_RELEVANT in self.domains[("answer", asked.id)]
        table = asked.computed.table if asked.computed else None
        return table is not None and NOT_RELEVANT in (table.otherwise, *(line.value for line in table.lines))

    def _by_rule(self, asked: Question) -> Truth:
        applies = truth(self._relating.plain(asked.when), self)
        if asked.not_relevant_when is None or applies is False:
            return applies
        must_not = truth(self._relating.plain(asked.not_relevant_when), self)
        return applies if must_not is False else negated(must_not)

    def _answer(self, asked: Question) -> Any:
        if self._loose or not derived(asked):
            return self._value(("answer", asked.id))
        if asked.id not in self._reached:
            self._reached[asked.id] = self._derived(asked)
        return self._reached[asked.id]

    def _derived(self, asked: Question) -> Any:
        computed = asked.computed
        if computed is None:
            return None
        if computed.table is not None:
            table = self._tables.get(asked.id) or self._tables.setdefault(
                asked.id, self._relating.table(computed.table)
            )
            return fitting(table, self)[0]
        rule = computed.sufficient_when
        held = truth(self._relating.plain(rule), self) if rule is not None else None
        if held is None:
            return None
        outcome = Outcome.SUFFICIENT if held else Outcome.INSUFFICIENT
        scale = self.framework.scale_by_id.get(asked.scale or "")
        options = scale.outcomes.items() if scale else ()
        return next((value for value, counts in options if counts is outcome), "yes" if held else "no")

    def answer(self, question: str) -> Any:
        return self._answer(self.framework.questions[question])

    def outcome(self, question: str) -> str | None:
        asked = self.framework.questions[question]
        value = self._answer(asked)
        scale = self.framework.scale_by_id.get(asked.scale or "")
        if scale is not None:
            return scale.outcomes.get(value) if isinstance(value, str) else None
        return {"yes": Outcome.SUFFICIENT, "no": Outcome.INSUFFICIENT}.get(value)


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
