"""Which counts give a printed rate? For when a source prints a rate and nothing else.

A rate of one place says more than it seems to: 49.6 per cent of no more than 260 entries begins at 56 of 113. It says
less, too: mostly many pairs are left, and then nobody knows how large the group was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from caselight.method.faults import Fault, stop

MOST = 1_000_000  # entries: more than any table has


@dataclass(frozen=True, slots=True)
class Implied:
    """The pairs of reoffenders and entries that give a rate: ``ranges`` are entries with the least and most reoffenders."""

    rate: Decimal
    most: int
    ranges: tuple[tuple[int, int, int], ...]

    @property
    def number(self) -> int:
        """How many pairs there are."""
        return sum(high - low + 1 for _, low, high in self.ranges)

    @property
    def lowest(self) -> tuple[int, int] | None:
        """The pair with the fewest entries, as reoffenders and entries; None where no pair gives the rate."""
        return (self.ranges[0][1], self.ranges[0][0]) if self.ranges else None

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair of reoffenders and entries, by entries."""
        return ((n, entries) for entries, low, high in self.ranges for n in range(low, high + 1))


def counts_giving(rate: Decimal, places: int, most: int) -> Implied:
    """Every pair of reoffenders and entries, with no more than ``most`` entries, whose binary rate prints as ``rate``.

    Rates are rounded half up to ``places``. Raises ``reoffending.rate-cannot-be`` for a rate outside 0 to 100, with more
    places than it says, or a limit that is none.

    >>> found = counts_giving(Decimal("49.6"), 1, 260)
    >>> found.lowest, found.number
    ((56, 113), 34)
    """
    scaled = rate.scaleb(places)
    if not 0 <= rate <= 100 or scaled != int(scaled) or places < 0 or not 0 < most <= MOST:
        says = (
            f"No counts are looked for that give a rate of {rate} with {places} places among {most:,} entries at most."
        )
        stop(
            Fault(
                "reoffending.rate-cannot-be",
                ("rate",),
                says,
                "Give a rate from 0 to 100 as printed, and a limit up to a million.",
            )
        )
    return Implied(rate, most, tuple(_ranges(int(scaled), 100 * 10**places, most)))


def _ranges(scaled: int, whole: int, most: int) -> Iterator[tuple[int, int, int]]:
    """Entries with the reoffenders for which ``scaled - 1/2 <= whole * reoffenders / entries < scaled + 1/2``."""
    for entries in range(1, most + 1):
        low = max(-(-(2 * scaled - 1) * entries // (2 * whole)), 0)
        high = min(((2 * scaled + 1) * entries - 1) // (2 * whole), entries)
        if low <= high:
            yield entries, low, high
