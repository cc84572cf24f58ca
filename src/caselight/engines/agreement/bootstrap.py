"""Percentile intervals for coefficients of agreement: the units are drawn again and again, with replacement.

Drawing n units is drawing how often each pattern of ratings occurs, so a resample costs as much as there are patterns
and not as there are units. The seed is an argument: the same seed gives the same interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from caselight.engines.agreement.many_draws import MANY, OF_TWO, Floats, Patterns
from caselight.method.faults import Fault, stop
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.ratings import Ratings
from caselight.method.statistics.proportions import CONFIDENCE, Undefined, tail_area

RESAMPLES = 2000
FEWEST, MOST = 100, 1_000_000
CELLS_AT_ONCE = 2_000_000  # of a block of resamples, so that memory stays bounded
NOTHING_TO_DRAW = Undefined("no disagreement")
TOO_OFTEN_UNDEFINED = Undefined("undefined in too many resamples")


@dataclass(frozen=True, slots=True)
class Resampled:
    """The interval of a coefficient. ``undefined`` resamples (without variation) are left out of it, and counted."""

    low: float
    high: float
    confidence: float
    resamples: int
    undefined: int
    seed: int


def resampled(
    ratings: Ratings,
    coefficient: Coefficient,
    *,
    seed: int,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
) -> Resampled | Undefined:
    """The percentile interval of one coefficient of these ratings, from ``resamples`` draws of as many units.

    Undefined where the coefficient is; where nobody disagreed, because every resample would repeat that; and where
    more than half of the resamples have no value. Raises ``agreement.bad-resampling`` for a seed below 0 or a number
    of resamples outside 100 to 1,000,000.

    >>> from caselight.method.statistics.agreement.ratings import ratings_of_table
    >>> from caselight.method.statistics.agreement.several_raters import gwet_ac1
    >>> table = ratings_of_table([[40, 9], [6, 45]])
    >>> found = resampled(table, gwet_ac1(table), seed=1)
    >>> found.low < 0.7007 < found.high
    True
    """
    _refuse(seed, resamples)
    tail = tail_area(confidence)
    used = ratings.of_two() if coefficient.name in OF_TWO else ratings
    if isinstance(coefficient.value, Undefined):
        return coefficient.value
    if not used.disagreed:
        return NOTHING_TO_DRAW
    patterns = Patterns(used, coefficient.weights)
    values = np.concatenate([MANY[coefficient.name](patterns, block) for block in _draws(patterns, seed, resamples)])
    defined = values[~np.isnan(values)]
    if 2 * len(defined) < resamples:
        return TOO_OFTEN_UNDEFINED
    low, high = (float(end) for end in np.quantile(defined, [tail, 1 - tail]))
    return Resampled(low, high, confidence, resamples, resamples - len(defined), seed)


def _draws(patterns: Patterns, seed: int, resamples: int) -> Iterator[Floats]:
    """The resamples in blocks: how often each pattern was drawn."""
    # RandomState and not Generator: numpy promises that its stream never changes (NEP 19), so an interval printed
    # today can be computed again in ten years.
    stream = np.random.RandomState(seed)
    n = int(patterns.units.sum())
    widest = max(len(patterns.units), patterns.counts.shape[1] ** 2)
    for size in _blocks(resamples, max(CELLS_AT_ONCE // widest, 1)):
        yield stream.multinomial(n, patterns.units / n, size=size).astype(np.float64)


def _blocks(whole: int, most: int) -> Iterable[int]:
    return (min(most, whole - done) for done in range(0, whole, most))


def _refuse(seed: int, resamples: int) -> None:
    if not 0 <= seed < 2**32 or not FEWEST <= resamples <= MOST:
        says = f"{resamples} resamples with the seed {seed} cannot be drawn."
        cure = f"Use {FEWEST} to {MOST:,} resamples and a seed from 0 to 4,294,967,295."
        stop(Fault("agreement.bad-resampling", ("seed",), says, cure))
