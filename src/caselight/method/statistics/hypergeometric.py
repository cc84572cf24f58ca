"""The exact interval for a sample drawn without replacement from a list of known length.

A number K of sufficient cases in the list is kept when neither "this many or more" nor "this many or fewer" in the
sample would be rarer than the tail area (frameworks.md, section 9). Floating point finds the ends fast; wherever it
comes near the tail area, whole numbers decide, so that the ends are exact.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, lgamma
from typing import NamedTuple

from caselight.method.statistics.proportions import (
    CONFIDENCE,
    NEGLIGIBLE,
    NO_CASES,
    Undefined,
    check_counts,
    tail_area,
)


class ListBounds(NamedTuple):
    """The fewest and the most sufficient cases that the whole list may hold, and both as shares of the list."""

    low_count: int
    high_count: int
    low: float
    high: float


class _Sample(NamedTuple):
    found: int
    size: int
    population: int


def hypergeometric_interval(
    sufficient: int, relevant: int, population: int, confidence: float = CONFIDENCE
) -> ListBounds | Undefined:
    """The exact interval for ``sufficient`` of ``relevant`` cases drawn from a list of ``population`` cases.

    When the whole list was examined both ends are the share itself. Undefined without cases; ``figure.…`` faults for
    counts that cannot be.

    >>> hypergeometric_interval(29, 34, 60)[:2]
    (45, 55)
    """
    check_counts(sufficient, relevant, population)
    tail_area(confidence)
    if relevant == 0:
        return NO_CASES
    # The confidence as it was written: 0.95 means 95 hundredths, not the nearest binary fraction.
    tail = (1 - Fraction(str(confidence))) / 2
    low = _fewest(_Sample(sufficient, relevant, population), tail)
    high = population - _fewest(_Sample(relevant - sufficient, relevant, population), tail)
    return ListBounds(low, high, low / population, high / population)


def _fewest(sample: _Sample, tail: Fraction) -> int:
    """The smallest K for which ``found`` or more in the sample is more likely than ``tail``; the tail grows with K."""
    low, high = sample.found, sample.population - sample.size + sample.found
    while low < high:
        middle = (low + high) // 2
        if _likelier(sample, middle, tail):
            high = middle
        else:
            low = middle + 1
    return low


def _likelier(sample: _Sample, marked: int, tail: Fraction) -> bool:
    estimate = _at_least(sample, marked)
    # The logarithms of factorials lose about this much; a margin of a hundred times is still cheap.
    margin = 1e-12 * max(sample.population, 1000)
    rounded = float(tail)
    if abs(estimate - rounded) > margin * max(estimate, rounded):
        return estimate > rounded
    return _exactly_at_least(sample, marked) > tail


def _at_least(sample: _Sample, marked: int) -> float:
    """P(X >= count) with ``marked`` cases in the list, summed away from the mode, where terms only shrink."""
    count, size, population = sample
    if count * population > size * marked:
        return _shrinking(sample, marked)
    return 1 - _shrinking(_Sample(size - count + 1, size, population), population - marked)


def _shrinking(sample: _Sample, marked: int) -> float:
    count, size, population = sample
    most = min(size, marked)
    if count > most:
        return 0.0
    unmarked_left = population - marked - size
    term = total = exp(
        _log_choose(marked, count) + _log_choose(population - marked, size - count) - _log_choose(population, size)
    )
    for reached in range(count, most):
        term *= (marked - reached) * (size - reached) / ((reached + 1) * (unmarked_left + reached + 1))
        total += term
        if term < NEGLIGIBLE * total:
            break
    return total


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def _exactly_at_least(sample: _Sample, marked: int) -> Fraction:
    count, size, population = sample
    unmarked = population - marked
    ways = sum(
        comb(marked, found) * comb(unmarked, size - found)
        for found in range(max(count, size - unmarked), min(size, marked) + 1)
    )
    return Fraction(ways, comb(population, size))
