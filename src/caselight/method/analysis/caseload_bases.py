"""How many cases of the whole caseload a question is relevant to, and so which interval is honest.

Known only where the rule uses nothing but facts that the service supplied for every eligible case, and no inspector
found that a supplied fact put an examined case on the wrong side; any gate that the inspector decides makes it unknown
(letter.md, Figure, ``interval``; frameworks.md section 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from caselight.method.analysis.figure import Cell, Figure, Interval
from caselight.method.answers.sheet import Sheet
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import ALWAYS, AllOf, Not, Rule, references, rows_in
from caselight.method.framework.truth import truth
from caselight.method.inspection.package import Package
from caselight.method.inspection.samples import drawn_for
from caselight.method.statistics.intervals import interval_for


class CaseloadBases:
    """The eligible cases of an inspection, and the bases of questions among them."""

    def __init__(self, package: Package, examined: Iterable[Subject]) -> None:
        self._package = package
        self._kind = package.framework.subjects[0].id
        self._examined = tuple(subject for subject in examined if subject.kind == self._kind)
        self._holidays = package.holidays
        self._known: dict[Rule, int | None] = {}

    @cached_property
    def _eligible(self) -> tuple[Sheet, ...]:
        return tuple(self._sheet(case.key, case.facts) for case in self._package.caseload if case.eligible)

    def _sheet(self, key: str, facts: Mapping[str, FactValue]) -> Sheet:
        return Sheet(
            self._package.framework, Subject(self._kind, key, "", facts), asked=frozenset(), holidays=self._holidays
        )

    @cached_property
    def _supplied(self) -> frozenset[tuple[str, str]]:
        facts = self._package.framework.facts
        return frozenset(("fact", fact.id) for fact in facts if fact.supplied_by == "service")

    def relevant(self, rule: Rule) -> int | None:
        """The number of eligible cases for which a rule holds; ``None`` when that is not known for every one.

        Nor is it known of what a named design draws from: its population may be a part of the eligible cases.
        """
        if self._package.inspection.samples:
            return None
        inspected = any(rows_in(rule))  # what is found within a case is not known of cases that nobody examined
        if not self._eligible or inspected or not references(rule) <= self._supplied:
            return None
        if rule not in self._known:
            held = [truth(rule, sheet) for sheet in self._eligible]
            unknown = None in held or self._corrected(rule)
            self._known[rule] = None if unknown else sum(value is True for value in held)
        return self._known[rule]

    def _corrected(self, rule: Rule) -> bool:
        """Whether a correction moved an examined case: then the supplied facts of the others cannot be relied on."""
        return any(
            truth(rule, self._sheet(case.key, case.supplied)) is not truth(rule, self._sheet(case.key, case.facts))
            for case in self._examined
        )

    def interval(self, question: Question, where: Rule | None, figure: Figure) -> Interval:
        """The interval of a figure, with the method that its base allows and the reason for it."""
        framework = self._package.framework
        subject = next(item for item in framework.subjects if item.id == figure.subject)
        drawn = subject.id == self._kind and subject.sampled
        known = self.relevant(_base(question, where)) if drawn and not _sets_aside(question) else None
        return interval_for(
            figure.sufficient,
            figure.relevant,
            population=known if _still_holds(known, figure) else None,
            sampled=subject.sampled,
            census=self.census and self._everybody_drawn(question),
            stratified=self._stratified,
        )

    @cached_property
    def census(self) -> bool:
        """Whether every eligible case of the caseload was examined."""
        return bool(self._eligible) and len(self._examined) >= len(self._eligible)

    def _everybody_drawn(self, question: Question) -> bool:
        """Whether no design drew only a part of the examined cases for the question's form."""
        drawn = drawn_for(self._package).get(question.tool)
        return drawn is None or len(drawn) >= len(self._examined)

    @cached_property
    def _stratified(self) -> bool:
        return len({row.stratum for row in self._package.sample}) > 1


def _base(question: Question, where: Rule | None) -> Rule:
    """The rule of a figure's base: when the question applies, when it must not, and the population."""
    must_not = question.not_relevant_when
    rules = [question.when, *([Not.model_construct(not_=must_not)] if must_not is not None else ())]
    rules += [where] if where is not None else []
    rules = [rule for rule in rules if rule != ALWAYS] or [ALWAYS]
    return rules[0] if len(rules) == 1 else AllOf.model_construct(all=tuple(rules))  # all validated when they were read


def _sets_aside(question: Question) -> bool:
    """Whether the value of a computed question may be *not relevant*, which the facts of a caseload do not tell."""
    table = question.computed.table if question.computed else None
    return table is not None and NOT_RELEVANT in (table.otherwise, *(line.value for line in table.lines))


def _still_holds(known: int | None, figure: Figure) -> bool:
    """Whether the caseload's count is one of the same thing as the sample's.

    It is not where an inspector found cases not relevant that the rule would count, nor where corrected facts left
    more examined cases relevant than the caseload was thought to hold.
    """
    by_inspector = figure.count(Cell.NOT_RELEVANT_BY_INSPECTOR)
    return known is not None and known >= figure.relevant and not by_inspector
