"""Grades made from other grades, one part after the other: now, with one case judged otherwise, in another sample.

A way of combining says how it begins, what each part adds, and which grade comes out. The same three steps then give
the grade as it is, the grades that one case could make of it, and how likely each is in another sample, with the parts
taken as independent.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from caselight.method.analysis.ratings.found import NOT_RATED, Settled, Spread

MOST_STATES = 20_000


@dataclass(frozen=True, slots=True)
class Combining:
    """``step(so far, part, grade)`` adds a part; ``finish(so far)`` is the grade, empty for none."""

    start: Hashable
    step: Callable[[Any, str, str], Hashable]
    finish: Callable[[Any], str]

    def grade(self, grades: Mapping[str, str]) -> str:
        """The grade that these grades of the parts give."""
        return self.finish(reduce(lambda so_far, item: self.step(so_far, *item), grades.items(), self.start))


def current(parts: Mapping[str, Settled]) -> dict[str, str]:
    """The grades of the parts as they stand."""
    return {name: part.reached.grade or NOT_RATED for name, part in parts.items()}


def moved(combining: Combining, parts: Mapping[str, Settled]) -> frozenset[str]:
    """The grades that another judgement in one case of one part would give."""
    now = current(parts)
    return frozenset(
        combining.grade({**now, name: other}) for name, part in parts.items() for other in sorted(part.moves)
    )


def spread(combining: Combining, parts: Mapping[str, Settled]) -> Spread:
    """How likely each grade is in another sample, with the parts taken as independent."""
    spreads = {name: part.spread() for name, part in parts.items()}
    how = frozenset(word for each in spreads.values() for word in each.how)
    states: dict[Hashable, float] = {combining.start: 1.0}
    for name, each in spreads.items():
        following: dict[Hashable, float] = {}
        for state, chance in states.items():
            for grade, weight in each.grades.items():
                reached = combining.step(state, name, grade)
                following[reached] = following.get(reached, 0.0) + chance * weight
        states = following
        if len(states) > MOST_STATES:
            return Spread({}, how | {"too_many"})
    grades: dict[str, float] = {}
    for state, chance in states.items():
        grade = combining.finish(state)
        grades[grade] = grades.get(grade, 0.0) + chance
    return Spread(grades, how, sum(each.drawn for each in spreads.values()))


def waiting(parts: Mapping[str, Settled]) -> tuple[str, ...]:
    """The parts that still wait for an answer or a judgement."""
    return tuple(name for name, part in parts.items() if part.open)


def rated(parts: Mapping[str, Settled]) -> tuple[str, ...]:
    """The parts that have a grade."""
    return tuple(name for name, part in parts.items() if part.reached.grade)
