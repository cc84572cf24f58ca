"""Chance without a generator of random numbers: everything follows from SHA-256 of a seed and of what is asked.

The answer to one question does not depend on which others were asked before, so that an example can grow by a detail
and stay the same in all else, on any machine and in any order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
_TOP = 2**64


@dataclass(frozen=True, slots=True)
class Chance:
    """Repeatable chance under one seed.

    >>> Chance("a").below(6, "die", 1) == Chance("a").below(6, "die", 1)
    True
    """

    seed: str

    def number(self, *what: object) -> int:
        """A number of 64 bits that belongs to ``what`` for ever."""
        text = "|".join([self.seed, *(str(part) for part in what)])
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")

    def below(self, limit: int, *what: object) -> int:
        """A whole number from 0 to ``limit`` - 1."""
        return self.number(*what) * limit // _TOP

    def between(self, low: int, high: int, *what: object) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1, *what)

    def share(self, *what: object) -> float:
        """A number from 0 to just below 1."""
        return self.number(*what) / _TOP

    def pick(self, options: Sequence[Item], *what: object) -> Item:
        """One of the options, each equally likely."""
        return options[self.below(len(options), *what)]

    def weighted(self, weights: Mapping[str, int], *what: object) -> str:
        """One of the names, each as likely as its weight says."""
        drawn = self.below(sum(weights.values()), *what)
        for name, weight in weights.items():
            drawn -= weight
            if drawn < 0:
                return name
        raise AssertionError("the weights add up to their sum")

    def order(self, items: Iterable[Item], *what: object) -> list[Item]:
        """The items in an order of chance, which does not depend on the order they come in."""
        return sorted(items, key=lambda item: (self.number(*what, item), str(item)))

    def key(self, *what: object, length: int = 6) -> str:
        """A short key that means nothing, of letters and digits that are hard to confuse."""
        letters = "bcdfghjkmnpqrstvwxyz23456789"
        return "".join(letters[self.below(len(letters), *what, position)] for position in range(length))
