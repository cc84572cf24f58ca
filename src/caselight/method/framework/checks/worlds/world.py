"""One world: some facts and answers have a value, the rest are open, and what follows from them is worked out.

A question that is computed by a rule or a table follows from its rules; every other has the value it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caselight.method.framework.checks.worlds.relating import Relating, Variable
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome
from caselight.method.framework.questions import Question, Table
from caselight.method.framework.rules import Truth
from caselight.method.framework.tables import fitting
from caselight.method.framework.truth import Facts, negated, truth


def derived(question: Question) -> bool:
    """Whether a question follows from its rules alone, so that it does not vary by itself."""
    computed = question.computed
    return computed is not None and not computed.may_override and bool(computed.sufficient_when or computed.table)


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
