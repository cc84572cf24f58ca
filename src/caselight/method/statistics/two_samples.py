"""Two shares set side by side: an exact test, an interval for the difference, and many tests at once.

Fisher's exact test (two-sided, in whole numbers), Newcombe's interval from two Wilson intervals (Newcombe 1998, method
10), and the adjustment of Benjamini and Hochberg (1995). What may be compared with what is decided in
``caselight.method.analysis.comparison``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from typing import NamedTuple

from caselight.method.faults import Fault, Faults
from caselight.method.statistics.proportions import (
    CONFIDENCE,
    NO_CASES,
    Bounds,
    Undefined,
    check_counts,
    wilson_interval,
)


class Counted(NamedTuple):
    """``sufficient`` of ``relevant`` cases."""

    sufficient: int
    relevant: int


def fisher_exact(one: Counted, other: Counted) -> float | Undefined:
    """How often chance alone gives a table at least as unlikely as this one, when both shares are really the same.

    Two-sided: the chances of all tables with the same margins that are no likelier than the observed one, added up
    exactly. Undefined when either side has no cases.

    >>> round(fisher_exact(Counted(8, 10), Counted(1, 6)), 4)
    0.035
    """
    check_counts(*one)
    check_counts(*other)
    if not one.relevant or not other.relevant:
        return NO_CASES
    ways = _ways(one, other)
    observed = ways[one.sufficient - max(0, one.sufficient + other.sufficient - other.relevant)]
    unlikely = sum(count for count in ways if count <= observed)
    return unlikely / sum(ways)


def _ways(one: Counted, other: Counted) -> list[int]:
    """In how many ways each possible number of sufficient cases can fall on the first side, fewest first."""
    sufficient = one.sufficient + other.sufficient
    fewest, most = max(0, sufficient - other.relevant), min(one.relevant, sufficient)
    ways = [comb(one.relevant, fewest) * comb(other.relevant, sufficient - fewest)]
    for count in range(fewest, most):
        up = (one.relevant - count) * (sufficient - count)
        down = (count + 1) * (other.relevant - sufficient + count + 1)
        ways.append(ways[-1] * up // down)
    return ways


def newcombe_difference(one: Counted, other: Counted, confidence: float = CONFIDENCE) -> Bounds | Undefined:
    """The interval for the first share minus the second, between -1 and 1. Undefined when either side has no cases.

    >>> [round(end, 4) for end in newcombe_difference(Counted(56, 70), Counted(48, 80))]
    [0.0524, 0.3339]
    """
    first, second = wilson_interval(*one, confidence), wilson_interval(*other, confidence)
    if isinstance(first, Undefined) or isinstance(second, Undefined):
        return NO_CASES
    p, q = one.sufficient / one.relevant, other.sufficient / other.relevant
    down = sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    up = sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return Bounds(max(p - q - down, -1.0), min(p - q + up, 1.0))


def benjamini_hochberg(chances: Sequence[float]) -> list[float]:
    """Each chance adjusted for how many there are, in the order given: among those at or below a rate, at most that
    share is expected to be chance alone. For tests that are independent or lean the same way.

    Raises ``comparison.not-a-chance`` for a number that is not from 0 to 1.

    >>> [round(chance, 3) for chance in benjamini_hochberg([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    if not all(0 <= chance <= 1 for chance in chances):
        says = "A chance lies outside 0 to 1, so it cannot be adjusted."
        raise Faults([Fault("comparison.not-a-chance", ("chances",), says, "Give the results of tests.")])
    adjusted, smallest = [0.0] * len(chances), 1.0
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    for rank, at in zip(range(len(chances), 0, -1), order, strict=True):
        smallest = min(smallest, chances[at] * (len(chances) / rank))
        adjusted[at] = smallest
    return adjusted
