"""Allocation within quotas: no part below its minimum or above its maximum, the rest by the method.

The method gives its numbers; parts beyond a bound are set to it, and what that leaves or takes is allocated again among
the others, until all fit. A minimum above what a part holds cannot be met, and is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from caselight.method.faults import Fault, Severity, quoted, stop
from caselight.method.sampling.allocation.changes import Why
from caselight.method.sampling.allocation.methods import NONE, Log, Sizes, allocated, with_buffer


class Bounds(NamedTuple):
    """The fewest and the most cases that a part may give; ``None`` is no limit."""

    low: int = 0
    high: int | None = None


def within_quotas(
    method: str, populations: Sizes, n: int, bounds: Mapping[str, Bounds], *, buffer: Fraction = NONE
) -> tuple[Log, list[Fault]]:
    """As :func:`allocated`, and no part outside its bounds; the warnings are minimums that a part is too small for.

    The total is ``n`` or, where that is less, the sum of the maximums; the buffer stays within the maximums too. Raises
    ``sample.quotas-exceed-size`` when the minimums together are more than ``n``.

    >>> within_quotas("proportional", {"foster": 400, "in-home": 100}, 65, {"foster": Bounds(0, 40)})[0].sizes
    {'foster': 40, 'in-home': 25}
    """
    log = allocated(method, populations, n, buffer if not bounds else NONE)
    if not bounds:
        return log, []
    faults = list(_too_small(populations, bounds))
    fit = {name: _fitted(bounds.get(name, Bounds()), held) for name, held in populations.items()}
    lowest = sum(low for low, _ in fit.values())
    if lowest > n:
        says = f"The minimums of {', '.join(map(quoted, list(bounds)[:6]))} add up to {lowest}, and the size is {n}."
        stop(Fault("sample.quotas-exceed-size", ("sample", "quotas"), says, "Lower the minimums, or raise the size."))
    highest = sum(high for _, high in fit.values())
    for name, size in _clamped(method, populations, min(n, highest), fit).items():
        log.set(name, size, _why(log.sizes[name], size, fit[name]))
    if buffer:
        left = {name: fit[name][1] - log.sizes[name] for name in populations}
        more = allocated(method, left, with_buffer(populations, n, buffer) - log.total)
        for name, size in more.sizes.items():
            log.set(name, log.sizes[name] + size, Why.WITH_BUFFER)
    return log, faults


def _fitted(bounds: Bounds, held: int) -> tuple[int, int]:
    return min(bounds.low, held), held if bounds.high is None else min(bounds.high, held)


def _clamped(method: str, populations: Sizes, n: int, fit: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Settle parts at their bounds, each round those on the side that is more beyond; the rest is allocated again."""
    settled: dict[str, int] = {}
    while True:
        open_ = {name: held for name, held in populations.items() if name not in settled}
        given = allocated(method, open_, n - sum(settled.values())).sizes
        inside = {name: min(max(size, fit[name][0]), fit[name][1]) for name, size in given.items()}
        surplus = sum(inside.values()) - sum(given.values())
        if surplus == 0:
            sizes = settled | inside
            return {name: sizes[name] for name in populations}
        settled |= {
            name: size for name, size in inside.items() if (size > given[name] if surplus > 0 else size < given[name])
        }


def _why(before: int, after: int, fit: tuple[int, int]) -> Why:
    if after > before:
        return Why.RAISED_TO_QUOTA if after == fit[0] else Why.RAISED_FOR_QUOTAS
    return Why.LOWERED_TO_QUOTA if after == fit[1] else Why.LOWERED_FOR_QUOTAS


def _too_small(populations: Sizes, bounds: Mapping[str, Bounds]) -> list[Fault]:
    return [
        Fault(
            "sample.quota-not-met",
            ("sample", "quotas", name),
            f"The part {quoted(name)} holds {populations.get(name, 0)} cases, and its quota is at least {wanted.low}.",
            "Say so in the report, or agree another quota; no other part makes up for it.",
            Severity.WARNING,
        )
        for name, wanted in bounds.items()
        if wanted.low > populations.get(name, 0)
    ]
