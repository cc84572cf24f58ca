"""Whether two things that are done in turn differ in how long they take: Welch's test on what interruptions left whole."""

from __future__ import annotations

import gc
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, variance

KEPT = 0.5  # of all measurements, the quickest: what is longer was interrupted, whichever of the two it was
LIMIT = 0.01
SMALLEST = 20.0  # microseconds: a row that is found and one that is not differ by a few, and no network shows them
ROUNDS = 3  # samples in a row that must say the same, so that chance says it once in a million times

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """How much longer the first takes, in microseconds, how surprising that is, and how finely it was measured."""

    longer: float
    p: float
    finest: float


def compared(one: Sequence[float], other: Sequence[float]) -> Measured:
    """Welch's test of two samples, in seconds, cut at one length for both.

    >>> compared([1.0, 1.1, 1.2] * 20, [1.0, 1.1, 1.2] * 20).p
    1.0
    >>> compared([2.0, 2.1, 2.2, 2.3] * 20, [1.9, 2.0, 2.1, 2.2] * 20).p < 0.001
    True
    """
    most = sorted([*one, *other])[math.ceil(KEPT * (len(one) + len(other))) - 1]
    ours, theirs = [took for took in one if took <= most], [took for took in other if took <= most]
    if min(len(ours), len(theirs)) < 10:  # all of one took longer than nearly all of the other
        return Measured((sorted(one)[len(one) // 2] - sorted(other)[len(other) // 2]) * 1e6, 0.0, 0.0)
    error = math.sqrt(variance(ours) / len(ours) + variance(theirs) / len(theirs)) or 1e-12
    longer = fmean(ours) - fmean(theirs)
    return Measured(longer * 1e6, math.erfc(abs(longer) / error / math.sqrt(2)), error * 1e6)


def sampled(one: Call, other: Call, pairs: int, draw: random.Random) -> Measured:
    """So many pairs, the two of each in an order that is drawn."""
    took: tuple[list[float], list[float]] = ([], [])
    calls = (one, other)
    gc.collect()
    gc.disable()
    try:
        for _ in range(pairs):
            for which in draw.sample((0, 1), 2):
                began = time.perf_counter()
                calls[which]()
                took[which].append(time.perf_counter() - began)
    finally:
        gc.enable()
    return compared(*took)


def distinguishable(one: Call, other: Call, pairs: int, of: int, draw: random.Random) -> tuple[bool, Measured]:
    """Whether every one of some samples, each larger than the last, tells the two apart, and all in the same way.

    ``of`` is how many such questions are asked together: each is held to as small a part of the limit.
    """
    first = now = sampled(one, other, pairs, draw)
    for n in range(1, ROUNDS):
        if not _tells(now, first, of):
            return False, now
        now = sampled(one, other, pairs * (n + 1), draw)
    return _tells(now, first, of), now


def _tells(now: Measured, first: Measured, of: int) -> bool:
    return now.p * of <= LIMIT and abs(now.longer) >= SMALLEST and now.longer * first.longer > 0
