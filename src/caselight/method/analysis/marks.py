"""What each of two people said about each question of each case, read off their own passes.

The second person may leave a gate to the first: the second pass is then read on top of the first. *Not relevant* is a
mark where somebody said so, or where somebody's own answer to a gate rules the question out; what only the facts of the
case rule out is nobody's judgement, and no mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from caselight.method.answers.current import Recorded, current
from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.rules import references
from caselight.method.inspection.package import Package

FIRST, SECOND, MODERATED = "first", "second", "moderated"
Heads = Mapping[Address, tuple[AnswerEvent, ...]]


Unit = tuple[str, str]  # the kind of a subject and its key


class Marked(NamedTuple):
    """A unit with the marks of both passes, and what it was moderated to (empty when it was not)."""

    unit: str
    first: str
    second: str
    moderated: str = ""


class Pass:
    """The answers of one pass: what its person recorded, on top of ``under`` where the person recorded nothing."""

    def __init__(self, package: Package, own: Heads, under: Heads) -> None:
        self._package = package
        self._heads = {**under, **own}
        self.recorded: Mapping[Unit, Recorded] = current(own)

    @cached_property
    def _sheets(self) -> Mapping[Unit, Sheet]:
        package, screening = self._package, self._package.inspection.framework.screening
        found = sheets(package.framework, package.subjects, self._heads, screening=screening, holidays=package.holidays)
        return {(sheet.subject.kind, sheet.subject.key): sheet for sheet in found}

    @cached_property
    def answered(self) -> frozenset[str]:
        """The questions that the person answered for any unit."""
        return frozenset(question for answers in self.recorded.values() for question in answers)

    def contested(self, unit: Unit, question: str) -> bool:
        """Whether the pass holds two answers that nobody decided between."""
        return len(self.recorded.get(unit, {}).get(question, ())) > 1

    def mark(self, unit: Unit, question: str) -> str:
        """The answer, or ``not_relevant``; empty when the person said nothing about it, directly or by a gate."""
        sheet = self._sheets.get(unit)
        if sheet is None or unit not in self.recorded or self.contested(unit, question):
            return ""
        if self._ruled_out(sheet, unit, question):
            return NOT_RELEVANT
        own = self.recorded[unit].get(question, ())
        return own[0].value if own else ""

    def _ruled_out(self, sheet: Sheet, unit: Unit, question: str) -> bool:
        """Whether the rule leaves the question out because of something that this person recorded."""
        standing = sheet.standing(question)
        if standing.relevant is not False or standing.by != "rule":
            return False
        own = self.recorded[unit]
        looked_at = (name for kind, name in references(sheet.framework.questions[question].when) if kind != "fact")
        return question in own or any(
            name in own or self._ruled_out(sheet, unit, name) for name in looked_at if name in sheet.framework.questions
        )


class MarkedTwice:
    """The two passes of an inspection, and the moderated one beside them."""

    def __init__(self, package: Package) -> None:
        by_pass: dict[str, dict[Address, tuple[AnswerEvent, ...]]] = {FIRST: {}, SECOND: {}, MODERATED: {}}
        for address, standing in heads(package.counted).items():
            if address.pass_ in by_pass:
                # The sheets count the first pass: each is read as one.
                by_pass[address.pass_][address._replace(pass_=FIRST)] = standing
        first = by_pass[FIRST]
        self.first, self.second = Pass(package, first, {}), Pass(package, by_pass[SECOND], first)
        self.moderated = Pass(package, by_pass[MODERATED], first)
        self._both = sorted(set(self.first.recorded) & set(self.second.recorded))

    def of(self, question: str) -> tuple[tuple[Marked, ...], int]:
        """The units with a mark of each person, in the order of their keys; and how many are contested within a pass.

        None when one of the two never answered the question: gates alone would then speak for it.
        """
        found: list[Marked] = []
        contested = 0
        if question not in self.first.answered & self.second.answered:
            return (), 0
        for unit in self._both:
            contested += any(one.contested(unit, question) for one in (self.first, self.second))
            first, second = self.first.mark(unit, question), self.second.mark(unit, question)
            if first and second:
                found.append(Marked(unit[1], first, second, self.moderated.mark(unit, question)))
        return tuple(found), contested


def columns(units: Iterable[Marked]) -> tuple[list[str], list[str]]:
    """The first marks and the second marks, in one order."""
    pairs = [(unit.first, unit.second) for unit in units]
    return [first for first, _ in pairs], [second for _, second in pairs]
