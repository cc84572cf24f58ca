"""Tests that hold two things against each other, or count rows, turned into tests of a number of their own.

The time between two days, a day compared with another by its name, and the number of rows found are each taken as free:
more than can happen. So what never holds here never holds at all; what does hold here may be impossible when the same
day is tested in other ways too, and :meth:`Relating.free` says where that cannot be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caselight.method.framework.questions import Table
from caselight.method.framework.rules import (
    AllOf,
    Always,
    AnyOf,
    Bounds,
    Elapsed,
    Named,
    Not,
    NotRelevant,
    Rows,
    Rule,
    Test,
    leaves,
)

Variable = tuple[str, str]  # ("fact", "psr") or ("answer", "R2.due")


@dataclass(frozen=True, slots=True)
class Relation:
    """One such number, or yes and no, under a name that no fact can have. ``of`` are the facts and answers behind it."""

    name: str
    type: str
    of: tuple[Variable, ...] = ()
    rows: str = ""


class Relating:
    """Turns rules into rules without relations, and remembers which relations it met."""

    def __init__(self) -> None:
        self.found: dict[str, Relation] = {}
        self._known: dict[int, tuple[Rule, Rule]] = {}  # by identity: rules hold lists and cannot be keys

    def plain(self, rule: Rule) -> Rule:
        """The rule with tests of single facts and answers only; the very same where it has no others."""
        known = self._known.get(id(rule))
        if known is None:
            known = self._known[id(rule)] = (rule, self._turned(rule))
        return known[1]

    def table(self, table: Table) -> Table:
        """A decision table with plain rules."""
        lines = tuple(line.model_copy(update={"when": self.plain(line.when)}) for line in table.lines)
        return table.model_copy(update={"lines": lines})

    def _turned(self, rule: Rule) -> Rule:
        match rule:
            case AllOf():
                parts = tuple(self.plain(part) for part in rule.all)
                return rule if _same(parts, rule.all) else AllOf.model_construct(all=parts)
            case AnyOf():
                parts = tuple(self.plain(part) for part in rule.any)
                return rule if _same(parts, rule.any) else AnyOf.model_construct(any=parts)
            case Not():
                part = self.plain(rule.not_)
                return rule if part is rule.not_ else Not.model_construct(not_=part)
            case Elapsed():
                of = (_variable(rule.elapsed.from_), _variable(rule.elapsed.to))
                name = f"{rule.elapsed.in_} {of[0][1]} → {of[1][1]}"
                return self._tests(Relation(name, "integer", of), [*_bounded(rule, name)])
            case Rows():
                where = "" if isinstance(rule.where, Always) else f" where {rule.where!r}"
                name = f"the number of {rule.rows}{where}"
                return self._tests(Relation(name, "count", (), rule.rows), [*_bounded(rule, name)])
            case Test():
                return self._of_test(rule)
            case _:
                return rule

    def _of_test(self, test: Test) -> Rule:
        how, other = test.comparison
        if not isinstance(other, Named):
            return test
        kind, subject = test.subject
        of = ("fact" if kind == "fact" else "answer", subject), _variable(other)
        name = f"{subject} {how} {of[1][1]}"
        return self._tests(Relation(name, "yes_no", of), [Test(fact=name, is_="yes")])

    def _tests(self, relation: Relation, tests: list[Rule]) -> Rule:
        """The tests of a relation, and before them that the questions behind it apply."""
        self.found.setdefault(relation.name, relation)
        asked = [
            Not.model_construct(not_=NotRelevant(not_relevant=name)) for kind, name in relation.of if kind == "answer"
        ]
        return AllOf.model_construct(all=(*asked, *tests))

    def free(self, rules: Iterable[Rule]) -> bool:
        """Whether each relation can have any value, whatever the others and the plain tests are."""
        behind = Counter(variable for relation in self.found.values() for variable in set(relation.of))
        rows = Counter(relation.rows for relation in self.found.values() if relation.rows)
        tested = {
            ("fact" if leaf.subject[0] == "fact" else "answer", leaf.subject[1])
            for rule in rules
            for _, leaf in leaves(rule)
            if isinstance(leaf, Test) and leaf.comparison[0] != "known"
        }
        alone = all(times == 1 for times in behind.values()) and tested.isdisjoint(behind)
        return alone and all(times == 1 for times in rows.values())


def _same(parts: tuple[Rule, ...], others: tuple[Rule, ...]) -> bool:
    return all(part is other for part, other in zip(parts, others, strict=True))


def _variable(named: Named) -> Variable:
    kind, name = named.subject
    return kind, name


def _bounded(bounds: Bounds, name: str) -> Iterator[Rule]:
    if bounds.is_ is not None:
        yield Test(fact=name, is_=bounds.is_)
    if bounds.at_least is not None:
        yield Test(fact=name, at_least=bounds.at_least)
    if bounds.at_most is not None:
        yield Test(fact=name, at_most=bounds.at_most)
