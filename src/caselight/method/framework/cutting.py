"""Which grade of a cut table a value has, and how far it is from another: exact arithmetic, rounded only as declared.

A table of percentages is rounded as percentages are printed (62.5% to 63%). On a table of whole numbers the next
boundary is the next whole number: 7 is one away from a band that ends at 6.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from caselight.method.framework.measures import exact
from caselight.method.framework.ratings import Cut, CutTable

UNITS = {"half_up_to_integer": Fraction(1), "half_up_to_one_place": Fraction(1, 10)}
HALF = Fraction(1, 2)


class Edge(NamedTuple):
    """An end of a cut. ``step`` orders ends at the same value: just below -1, at it 0, just above 1."""

    value: Fraction
    step: int


class Placed(NamedTuple):
    """Where a value stands in a table: its cut, and what the cuts below and above it give and how far they are.

    ``below`` and ``above`` are pairs of grade and distance, ``None`` where no other grade is.
    """

    cut: Cut
    below: tuple[str, Fraction] | None
    above: tuple[str, Fraction] | None


def first(cut: Cut) -> Edge | None:
    """The lowest value inside a cut; ``None`` when it is open."""
    if cut.from_ is not None:
        return Edge(exact(cut.from_), 0)
    return None if cut.above is None else Edge(exact(cut.above), 1)


def last(cut: Cut) -> Edge | None:
    """The highest value inside a cut; ``None`` when it is open."""
    if cut.to is not None:
        return Edge(exact(cut.to), 0)
    return None if cut.below is None else Edge(exact(cut.below), -1)


def band(cut: Cut) -> tuple[str, str]:
    """The two ends of a cut as written: ``("50%", "<65%")``; empty where it is open."""
    low = cut.from_ if cut.from_ is not None else f">{cut.above}" if cut.above is not None else ""
    high = cut.to if cut.to is not None else f"<{cut.below}" if cut.below is not None else ""
    return low, high


def unit(table: CutTable, *, percent: bool) -> Fraction | None:
    """The step between the values that can occur in a table: of rounding, or 1 where it is whole; else ``None``."""
    step = Fraction(1) if table.whole else UNITS.get(table.rounding)
    return step / 100 if step is not None and percent else step


def rounded(value: Fraction, table: CutTable, *, percent: bool) -> Fraction:
    """A value as it is looked up.

    >>> from caselight.method.framework.ratings import CutTable
    >>> own = {"mark": "own-design"}
    >>> table = CutTable(id="t", rounding="half_up_to_integer", cuts=[Cut(grade="good", from_="63%")], provenance=own)
    >>> rounded(Fraction(5, 8), table, percent=True) == Fraction(63, 100)
    True
    """
    step = unit(table, percent=percent)
    return value if step is None or table.whole else floor(value / step + HALF) * step


def ordered(table: CutTable) -> list[Cut]:
    """The cuts from the lowest values up."""
    return sorted(table.cuts, key=lambda cut: first(cut) or Edge(Fraction(-(10**30)), 0))


def inside(cut: Cut, value: Fraction) -> bool:
    """Whether a value, rounded already, lies in a cut."""
    low, high = first(cut), last(cut)
    return (low is None or low <= Edge(value, 0)) and (high is None or Edge(value, 0) <= high)


def cut_of(value: Fraction, table: CutTable, *, percent: bool) -> Cut | None:
    """The cut that a value falls into; ``None`` where none covers it."""
    looked_up = rounded(value, table, percent=percent)
    return next((cut for cut in table.cuts if inside(cut, looked_up)), None)


def placed(value: Fraction, table: CutTable, *, percent: bool) -> Placed | None:
    """Where a value stands in a table; ``None`` where no cut covers it."""
    found = cut_of(value, table, percent=percent)
    if found is None:
        return None
    cuts = ordered(table)
    at = cuts.index(found)
    step = unit(table, percent=percent)
    # Of whole numbers, the one before a band begins is the first outside it.
    outside = step if table.whole and step else Fraction(0)
    downwards = [(lower.grade, first(cut)) for lower, cut in pairwise(cuts[: at + 1]) if lower.grade != cut.grade]
    upwards = [(higher.grade, first(higher)) for cut, higher in pairwise(cuts[at:]) if higher.grade != cut.grade]
    down = ((grade, value - _begins(edge, step, table) + outside) for grade, edge in reversed(downwards) if edge)
    up = ((grade, _begins(edge, step, table) - value) for grade, edge in upwards if edge)
    return Placed(found, next(down, None), next(up, None))


def _begins(edge: Edge, step: Fraction | None, table: CutTable) -> Fraction:
    """The value at which a cut begins: on whole numbers its first one, under rounding half a step before its first."""
    if step is None:
        return edge.value
    whole = (floor(edge.value / step) + 1 if edge.step else ceil(edge.value / step)) * step
    return whole if table.whole else whole - step / 2
