"""What a way of rating comes to, before caps and decisions: the grade, what decided, and what could have been."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from caselight.method.analysis.figure import Reached
from caselight.method.framework.parts import Mark, Provenance

NOT_RATED = ""  # the grade of what is not rated, where grades are combined


@dataclass(frozen=True, slots=True)
class Spread:
    """How likely each grade is in another sample of the same size; :data:`NOT_RATED` for none.

    ``how`` holds how that was worked out (``caseload``, ``predictive``, ``census``, ``fixed``), or why it was not
    (``not_a_share``, ``too_many``); ``drawn`` is the number of independent draws behind it.
    """

    grades: Mapping[str, float]
    how: frozenset[str]
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What the rule of a rating gives. ``state`` and ``why`` are those of :class:`Reached`.

    ``cases`` is the base it rests on; ``moves`` are the grades that another judgement in one case would give.
    """

    state: str
    grade: str = ""
    why: str = ""
    way: str = ""
    parts: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    measure: str = ""
    value: Fraction | None = None
    percent: bool = False
    maximum: int | None = None
    band: tuple[str, str] = ("", "")
    to_worse: Fraction | None = None
    to_better: Fraction | None = None
    cases: int | None = None
    moves: frozenset[str] = frozenset()
    spread: Callable[[], Spread] | None = None
    lifted: tuple[str, ...] | None = None
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A rating as others build on it: how it was reached, and how it could have been otherwise.

    What a panel decided is fixed: neither another case nor another sample moves it.
    """

    reached: Reached
    cases: int | None = None
    moves: frozenset[str] = frozenset()
    spread: Callable[[], Spread] = field(default=lambda: Spread({}, frozenset({"no_grade"})))
    contested: bool = False

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer or a judgement."""
        return self.reached.state in ("incomplete", "judgement_needed")


def fixed(grade: str) -> Spread:
    """The spread of what no sample changes."""
    return Spread({grade: 1.0}, frozenset({"fixed"}))


def unchecked(*rules: Provenance | None) -> bool:
    """Whether any of the rules was not checked against its source: it is recalled, or of our own design."""
    return any(rule is not None and rule.mark in (Mark.GENERAL, Mark.OWN) for rule in rules)
