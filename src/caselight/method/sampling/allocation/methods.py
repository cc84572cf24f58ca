"""The methods of allocation by name: how many cases each part gives, in whole numbers and exactly.

A framework names the method, because another one gives other numbers (frameworks.md, section 8). Every method gives
exactly the number asked for, or everything there is, and never more than a part holds. Which cases those are is decided
by the draw.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import floor

from caselight.method.framework.sampling import LARGEST_REMAINDER
from caselight.method.sampling.allocation.changes import Change, Why

Sizes = Mapping[str, int]
HALF = Fraction(1, 2)
NONE = Fraction(0)


def half_up(number: Fraction) -> int:
    """A number of cases rounded to the nearest, halves up. (Python's ``round`` takes halves to the even number.)

    >>> [half_up(Fraction(25, 2)), round(12.5)]
    [13, 12]
    """
    return floor(number + HALF)


class Log:
    """Sizes as they change, and why."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self.changes: list[Change] = []

    def set(self, part: str, size: int, why: Why, note: str = "") -> None:
        """Give a part its size; nothing is noted where nothing changes."""
        if self.sizes.get(part) != size:
            self.sizes[part] = size
            self.changes.append(Change((part,), why, size, note))

    @property
    def total(self) -> int:
        """How many cases all parts give."""
        return sum(self.sizes.values())


Method = Callable[[Sizes, int, Fraction], Log]


def allocated(method: str, populations: Sizes, n: int, buffer: Fraction = NONE) -> Log:
    """How many of ``n`` cases each part gives by the method of that name, with every change on the way.

    ``populations`` says how many cases each part holds, in the order in which ties are broken; ``buffer`` is a share of
    ``n`` that is taken on top. The total is ``n`` and the buffer (rounded, halves up), or all there is.

    >>> allocated("half-up-round-robin", {"A": 65, "B": 55, "C": 86, "D": 24}, 30).sizes
    {'A': 8, 'B': 7, 'C': 11, 'D': 4}
    """
    return ALLOCATIONS[method](populations, n, buffer)


def allocate(sizes: Sizes, n: int) -> dict[str, int]:
    """How many of ``n`` cases each stratum gives, in proportion to its size: largest remainder, exactly.

    Each stratum first gives the whole part of n × its size ÷ the caseload; the cases still missing come one each from
    the strata with the largest remainders, ties in the order of their names. Never more than a stratum holds; ``n`` of
    the whole caseload or more is a census. Names are ordered by code point.

    >>> allocate({"A": 65, "B": 55, "C": 86, "D": 24}, 30)
    {'A': 9, 'B': 7, 'C': 11, 'D': 3}
    """
    return allocated(LARGEST_REMAINDER, {name: sizes[name] for name in sorted(sizes)}, n).sizes


def with_buffer(populations: Sizes, n: int, buffer: Fraction) -> int:
    """The number of cases with the buffer: never more than there are."""
    return min(n + half_up(n * buffer), sum(populations.values()))


def _largest_remainder(populations: Sizes, n: int, buffer: Fraction) -> Log:
    log = Log()
    _by_remainder(log, populations, n)
    if buffer:
        left = {name: populations[name] - log.sizes[name] for name in populations}
        more = Log()
        _by_remainder(more, left, with_buffer(populations, n, buffer) - log.total)
        for name, size in more.sizes.items():
            log.set(name, log.sizes[name] + size, Why.WITH_BUFFER)
    return log


def _by_remainder(log: Log, populations: Sizes, n: int) -> None:
    total = sum(populations.values())
    if n >= total:
        for name, held in populations.items():
            log.set(name, held, Why.INITIAL)
        return
    for name, held in populations.items():
        log.set(name, n * held // total, Why.INITIAL)
    by_remainder = sorted(populations, key=lambda name: (-(n * populations[name] % total), name))
    for name in by_remainder[: n - log.total]:
        log.set(name, log.sizes[name] + 1, Why.RAISED_BY_ROUNDING)


def _half_up_round_robin(populations: Sizes, n: int, buffer: Fraction) -> Log:
    """The ministry's sampler: round each part, halves up; then mend the total one case at a time.

    Too few: round and round from the smallest size up, past parts that are full. Too many: from the largest down.
    """
    log = Log()
    total = sum(populations.values())
    for name, held in populations.items():
        log.set(name, min(held, half_up(Fraction(n * held, total))) if total else 0, Why.INITIAL)
    for name, held in populations.items():
        log.set(name, min(held, log.sizes[name] + half_up(log.sizes[name] * buffer)), Why.WITH_BUFFER)
    target = with_buffer(populations, n, buffer)
    sizes = log.sizes
    smallest_first = sorted(sizes, key=lambda name: sizes[name])
    while log.total < target:
        for name in _some(target - log.total, (name for name in smallest_first if sizes[name] < populations[name])):
            log.set(name, sizes[name] + 1, Why.RAISED_BY_ROUNDING)
    largest_first = sorted(sizes, key=lambda name: -sizes[name])
    while log.total > target:
        for name in _some(log.total - target, (name for name in largest_first if sizes[name] > 0)):
            log.set(name, sizes[name] - 1, Why.LOWERED_BY_ROUNDING)
    return log


def _some(number: int, names: Iterable[str]) -> list[str]:
    return list(names)[:number]


def _equal(populations: Sizes, n: int, buffer: Fraction) -> Log:
    """The same from every part; what a small part cannot give comes from the others, the larger ones first."""
    log = Log()
    share = n // len(populations) if populations else 0
    for name, held in populations.items():
        log.set(name, min(held, share), Why.INITIAL)
    full = any(held < share for held in populations.values())
    _evenly(log, populations, n, Why.RAISED_AS_OTHERS_ARE_FULL if full else Why.RAISED_BY_ROUNDING)
    _evenly(log, populations, with_buffer(populations, n, buffer), Why.WITH_BUFFER)
    return log


def _evenly(log: Log, populations: Sizes, target: int, why: Why) -> None:
    largest_first = sorted(populations, key=lambda name: -populations[name])
    target = min(target, sum(populations.values()))
    while log.total < target:
        open_ = [name for name in largest_first if log.sizes[name] < populations[name]]
        missing = target - log.total
        # One each while there is one for everybody; the last few go to the largest parts.
        step = max(1, min(missing // len(open_), *(populations[name] - log.sizes[name] for name in open_)))
        for name in open_[:missing]:
            log.set(name, log.sizes[name] + step, why)


def _proportional(populations: Sizes, n: int, buffer: Fraction) -> Log:
    """One case at a time, to the part that is furthest below its share: the largest of held ÷ (2 × given + 1).

    A larger sample only adds cases to a smaller one, which largest remainders do not promise. (Webster, Sainte-Laguë.)
    """
    log = Log()
    sizes = dict.fromkeys(populations, 0)
    queue = [(-Fraction(held), place, name) for place, (name, held) in enumerate(populations.items()) if held]
    heapq.heapify(queue)
    given = 0
    for target, why in ((n, Why.INITIAL), (with_buffer(populations, n, buffer), Why.WITH_BUFFER)):
        while queue and given < target:
            _, place, name = heapq.heappop(queue)
            sizes[name] += 1
            given += 1
            if sizes[name] < populations[name]:
                heapq.heappush(queue, (-Fraction(populations[name], 2 * sizes[name] + 1), place, name))
        for name, size in sizes.items():
            log.set(name, size, why)
    return log


ALLOCATIONS: dict[str, Method] = {
    LARGEST_REMAINDER: _largest_remainder,
    "half-up-round-robin": _half_up_round_robin,
    "equal": _equal,
    "proportional": _proportional,
}
