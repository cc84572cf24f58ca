"""Measures and ratings of the annex in words: their results, the steps to a grade, and what each was made from.

The steps come with the letter, in its language; here stand only their titles and the results of the parts. What is held
back of a measure is held back of every rating that prints it. (letter.md, Trace; frameworks.md, groups 9 to 11)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import figure_anchor
from caselight.formats.letter.parts import Suppressed
from caselight.formats.tables.hiding import NUMBER, REACHED
from caselight.method.analysis.figure import Figure, Number, Reached
from caselight.method.report.scores import RATIOS, shortest
from caselight.method.report.traced import TracedLetter

KINDS = ("score", "rating")
WITHOUT_NUMBERS = ("grade", "why", "so_far", "cap", "decision", "duty", "source")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the figures that a rating or a measure was made from; ``href`` is its entry's, or empty."""

    text: str
    href: str = ""


class Rated:
    """The measures and ratings of one letter in words."""

    def __init__(self, letter: TracedLetter, labels: Labels) -> None:
        self._letter = letter
        self._labels = labels

    def result(self, figure: Figure, hidden: frozenset[str]) -> str:
        """A grade, with the one before a decision beside it; or a measure's number."""
        if figure.reached is not None:
            return self.grade(figure.reached)
        if NUMBER in hidden:
            return self._labels("part.hidden")
        return self._number(figure.number) if figure.number else self._labels("interval.dash")

    def grade(self, reached: Reached) -> str:
        """The grade as it stands, or why there is none."""
        grade, before = reached.label(reached.grade), reached.label(reached.provisional)
        if not grade:
            return self._labels(f"rated.{reached.state}")
        return self._labels("rated.instead", grade=grade, before=before) if before not in ("", grade) else grade

    def _number(self, number: Number) -> str:
        labels = self._labels
        if number.value is None:
            return labels("rated.none", why=labels(f"rated.{number.why or 'no_base'}"))
        percent = labels("rated.percent", p=shortest(number.value * 100)) if number.percent else ""
        if number.way in RATIOS and number.n is not None and number.d:
            ratio = labels("rated.of", n=shortest(number.n), d=shortest(number.d))
            return labels("rated.both", value=ratio, p=percent) if percent else ratio
        return percent or shortest(number.value, places=2)

    def value(self, figure: Figure, hidden: frozenset[str]) -> str:
        """What a rating's value was, for a narrow column."""
        reached = figure.reached
        if reached is None or reached.value is None or reached.way not in ("cut", "sum"):
            return self._labels("interval.dash")
        if REACHED in hidden:
            return self._labels("part.hidden")
        if reached.maximum is not None:
            return self._labels("rated.of", n=shortest(reached.value), d=reached.maximum)
        measure = self._letter.figures.get(reached.measure)
        if measure and measure.number:
            return self._number(measure.number)
        return (
            self._labels("rated.percent", p=shortest(reached.value * 100))
            if reached.percent
            else shortest(reached.value)
        )

    def discretion(self, figure: Figure, hidden: frozenset[str]) -> str:
        """Whether discretion was open; a dash where the scheme has none."""
        reached = figure.reached
        if reached is None or reached.discretion is None:
            return self._labels("interval.dash")
        if REACHED in hidden:
            return self._labels("part.hidden")
        return self._labels("rated.open" if reached.discretion else "rated.closed")

    def chance(self, figure: Figure, hidden: frozenset[str]) -> str:
        """The chance of another grade; a dash where there is none."""
        reached = figure.reached
        if reached is None or reached.chance is None or "census" in reached.chance_why.split():
            return self._labels("interval.dash")
        if REACHED in hidden:
            return self._labels("part.hidden")
        chance = Fraction(reached.chance) * 100
        if not 1 <= chance <= 99:
            return self._labels("rated.low" if chance < 1 else "rated.high")
        return self._labels("rated.percent", p=shortest(chance, places=0))

    def steps(self, figure: Figure, hidden: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Title and words of each step after the grade; steps that give a held-back number away are left out."""
        for about, words in self._letter.reached.get(figure.key, ())[1:]:
            if about in WITHOUT_NUMBERS or REACHED not in hidden:
                yield self._labels(f"step.{about}"), words[:1].upper() + words[1:]

    def parts(self, figure: Figure, hidden_of: Suppressed) -> tuple[Part, ...]:
        """What it was made from, each with its result; the one that decided is marked."""
        keys = figure.reached.parts if figure.reached else figure.number.of if figure.number else ()
        deciding = figure.reached.deciding if figure.reached else ()
        deciding = deciding if len(deciding) < len(keys) else ()
        known = [key for key in keys if key in self._letter.figures]
        return tuple(self._part(key, hidden_of.get(key, frozenset()), decides=key in deciding) for key in known)

    def _part(self, key: str, hidden: frozenset[str], *, decides: bool) -> Part:
        figure = self._letter.figures[key]
        if figure.kind not in KINDS:
            return Part(figure.label)
        name = "rated.deciding" if decides else "rated.part"
        return Part(self._labels(name, name=figure.label, result=self.result(figure, hidden)), figure_anchor(key))
