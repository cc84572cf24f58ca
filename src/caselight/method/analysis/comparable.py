"""Whether a figure of one inspection may be held against the same figure of another, and if not, why not.

A question keeps its id while its meaning is the same (``method.framework.differences``). Two figures also need the same
base: nothing that decides whom the question is asked about may have changed, however far back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from caselight.method.analysis.figure import Figure, Figures
from caselight.method.framework.definition import Framework, Population
from caselight.method.framework.differences import Change, Differences, differences
from caselight.method.framework.rules import references
from caselight.method.inspection.package import Package

KINDS = ("share", "people")

OTHER_BANK = "Its framework belongs to another question bank ({bank}), so the same id may mean something else."
NOT_ASKED = "{name} does not ask it."
REPLACED = "{name} asks {new} in its place, which has another meaning."
OTHER_BASE = "Another base: {which}, which decides whom it is asked about, differs."
OTHER_GROUP = "Another base: the group {which} is not the same in both."
NO_CASES = "No case was relevant in {name}."
WHY: dict[Change, str] = {
    "re-routed": "Another base: it is asked about other cases.",
    "re-scaled": "It is answered on another scale, or its answers count as something else.",
    "recomputed": "It is worked out in another way.",
}


@dataclass(frozen=True)
class Inspected:
    """An inspection with its figures."""

    package: Package
    figures: Figures

    @property
    def name(self) -> str:
        """What it is called beside another: the short name of the service and the month of the fieldwork."""
        inspection = self.package.inspection
        return f"{inspection.service.short} {inspection.dates.fieldwork_from.isoformat()[:7]}"

    def counted(self) -> Iterator[Figure]:
        """Its shares, in the order of the framework."""
        return (figure for figure in self.figures.values() if figure.kind in KINDS)


@dataclass(frozen=True)
class Comparability:
    """Two inspections, as far as their figures mean the same of the same base."""

    one: Inspected
    other: Inspected

    @cached_property
    def _changes(self) -> Differences:
        return differences(self.one.package.framework, self.other.package.framework)

    @cached_property
    def _how(self) -> dict[str, tuple[Change, ...]]:
        return {change.id: change.how for change in self._changes.changed}

    def refusal(self, figure: Figure) -> str:
        """Why the other inspection's figure of this key may not be held against this one; empty when it may."""
        ours, theirs = self.one.package.framework, self.other.package.framework
        if ours.bank.id != theirs.bank.id:
            return OTHER_BANK.format(bank=theirs.bank.id)
        beside = self.other.figures.get(figure.key)
        if beside is None or beside.kind not in KINDS:
            new = self._changes.replaced.get(figure.question)
            return REPLACED.format(name=self.other.name, new=new) if new else NOT_ASKED.format(name=self.other.name)
        changed = self._changed(figure, ours, theirs)
        if changed:
            return changed
        empty = next((side.name for side in (self.one, self.other) if not side.figures[figure.key].relevant), "")
        return NO_CASES.format(name=empty) if empty else ""

    def note(self, figure: Figure) -> str:
        """What a reader should know of a figure that may be compared: ``reworded`` or nothing."""
        return "reworded" if "reworded" in self._how.get(figure.question, ()) else ""

    def _changed(self, figure: Figure, ours: Framework, theirs: Framework) -> str:
        for how in self._how.get(figure.question, ()):
            if how in WHY:
                return WHY[how]
        population = figure.key.partition("@")[2]
        if population and _group(ours, population) != _group(theirs, population):
            return OTHER_GROUP.format(which=population)
        return other_base(ours, figure.question, self._changes, _group(ours, population))


def other_base(framework: Framework, question: str, found: Differences, group: tuple[object, ...] = ()) -> str:
    """Why a question has another base though itself it is the same: what decides whom it is asked about differs.

    ``framework`` is either of the two that ``found`` tells apart; empty where the base is the same.
    """
    which = next((name for name in _behind(framework, question, group) if name not in found.comparable), "")
    return OTHER_BASE.format(which=which) if which else ""


def _group(framework: Framework, name: str) -> tuple[object, ...]:
    population = _population(framework, name)
    return (population.where, population.subject) if population else ()


def _population(framework: Framework, name: str) -> Population | None:
    return next((item for item in framework.populations if item.id == name), None)


def _behind(framework: Framework, question: str, group: tuple[object, ...]) -> list[str]:
    """Every question that the base of this one looks at, directly or through others, nearest first."""
    found: list[str] = []
    waiting = [question]
    if group:
        waiting += _looked_at(framework, group[0])
    while waiting:
        name = waiting.pop(0)
        if name not in found and name in framework.questions:
            found.append(name)
            asked = framework.questions[name]
            waiting += [*_looked_at(framework, asked.when), *_looked_at(framework, asked.not_relevant_when)]
    return [name for name in found if name != question]


def _looked_at(framework: Framework, rule: object) -> list[str]:
    if rule is None:
        return []
    return sorted(name for kind, name in references(rule) if kind != "fact" and name in framework.questions)  # type: ignore[arg-type]
