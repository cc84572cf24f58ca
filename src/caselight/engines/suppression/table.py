"""What is to be released, as one system of whole numbers: the numbers, how they add up, and what must not be learnt.

Everything that an attacker may hold beside it is in the same system: rows, columns and totals, the quarters and their
pooled year, complements that are printed nowhere, and earlier releases as public numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caselight.method.faults import Fault, Faults, stop
from caselight.method.statistics.attack import Sum
from caselight.method.statistics.disclosure import QUOTED, Number, check_numbers

Integers = NDArray[np.int64]

THRESHOLD = 10
MOST_NUMBERS = 4_000


class Zeros(StrEnum):
    """What is done with a count of nobody: it is printed, or it is as secret as a small number."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts of people below ``threshold`` are protected; a count of nobody as ``zeros`` says.

    Protected means: an attacker can exclude no more of what the rule itself says about a number that is held back (1 to
    9 for a threshold of 10; 0 to 9 where zeros are held back too, and for a number that is printed nowhere) than if
    everything were held back that can be; and in any case is left with values that lie 2 or more apart.
    """

    threshold: int = THRESHOLD
    zeros: Zeros = Zeros.SHOWN


@dataclass(frozen=True, slots=True)
class NoMoreThan:
    """``lesser`` can never be more than ``greater``: reoffenders and reoffences, an earlier count and a later one."""

    lesser: str
    greater: str


@dataclass(frozen=True)
class Table:
    """The numbers in order, their sums, what is at most what, and the rule. Raises as :meth:`check` says."""

    numbers: tuple[Number, ...]
    sums: tuple[Sum, ...] = ()
    at_most: tuple[NoMoreThan, ...] = ()
    rule: Rule = Rule()

    def check(self) -> None:
        """Refuse numbers that contradict each other or their sums, and more of them than can be solved exactly."""
        check_numbers(self.numbers, self.sums)
        if len(self.numbers) > MOST_NUMBERS:
            says = f"{len(self.numbers):,} numbers are to be released together; at most {MOST_NUMBERS:,} are solved."
            stop(Fault("reoffending.suppression-too-large", (), says, "Release fewer breakdowns or areas at once."))
        faults = [*self._order_faults()]
        if faults:
            raise Faults(faults)

    def _order_faults(self) -> Iterator[Fault]:
        for item in self.at_most:
            unknown = [key for key in (item.lesser, item.greater) if key not in self.place]
            for key in unknown:
                says = f"“{key[:QUOTED]}” is said to be at most, or at least, another number, and is not there."
                yield Fault("figure.unknown-number", (key,), says, "Give the number, or take its key out.")
            if not unknown and self.values[self.place[item.lesser]] > self.values[self.place[item.greater]]:
                says = f"“{item.lesser[:QUOTED]}” is more than “{item.greater[:QUOTED]}”, which cannot be."
                yield Fault("reoffending.impossible-counts", (item.lesser,), says, "Count both again.")

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each number stands."""
        return {number.key: place for place, number in enumerate(self.numbers)}

    @cached_property
    def values(self) -> Integers:
        """The true values."""
        return np.array([number.value for number in self.numbers], dtype=np.int64)

    @cached_property
    def protected(self) -> Integers:
        """The places of the numbers that must not be learnt."""
        return np.array([p for p, number in enumerate(self.numbers) if self._is_secret(number)], dtype=np.int64)

    def _is_secret(self, number: Number) -> bool:
        if number.public or not number.describes or number.value >= self.rule.threshold:
            return False
        return number.value > 0 or not number.printed or self.rule.zeros is Zeros.HIDDEN

    @cached_property
    def lowest(self) -> Integers:
        """The least that an attacker must reckon with for a number held back: zeros that are always printed are none."""
        least = 1 if self.rule.zeros is Zeros.SHOWN else 0
        return np.array([least if number.printed else 0 for number in self.numbers], dtype=np.int64)

    @cached_property
    def unseen(self) -> NDArray[np.bool_]:
        """The numbers that are printed nowhere and known to nobody."""
        return np.array([not number.printed and not number.public for number in self.numbers], dtype=np.bool_)

    @cached_property
    def can_hide(self) -> NDArray[np.bool_]:
        """The numbers that may be held back: not what is public, and no zero where zeros are always printed."""
        shown = self.rule.zeros is Zeros.SHOWN
        free = [n.printed and not n.public and not (shown and n.value == 0) for n in self.numbers]
        return np.array(free, dtype=np.bool_)

    @cached_property
    def hidden_first(self) -> NDArray[np.bool_]:
        """The printed numbers that are held back for being small themselves."""
        first = np.zeros(len(self.numbers), dtype=np.bool_)
        first[self.protected] = True
        return first & self.can_hide

    @cached_property
    def adds_up(self) -> Any:
        """The sums as a sparse matrix: total less parts is 0."""
        rows = [[(self.place[s.total], 1), *((self.place[part], -1) for part in s.parts)] for s in self.sums]
        return _sparse(rows, len(self.numbers))

    @cached_property
    def in_order(self) -> Any:
        """The inequalities as a sparse matrix: lesser less greater is at most 0."""
        rows = [[(self.place[item.lesser], 1), (self.place[item.greater], -1)] for item in self.at_most]
        return _sparse(rows, len(self.numbers))

    def fits(self, change: Integers) -> bool:
        """Whether the true table, changed by ``change``, is one that an attacker must reckon with. Exact."""
        values = self.values + change
        return (
            bool((values >= np.minimum(self.lowest, self.values)).all())
            and not (self.adds_up @ values).any()
            and not (self.in_order @ values > 0).any()
        )


def _sparse(rows: list[list[tuple[int, int]]], columns: int) -> Any:
    from scipy.sparse import csr_matrix

    entries = [(row, place, factor) for row, terms in enumerate(rows) for place, factor in terms]
    at = ([row for row, _, _ in entries], [place for _, place, _ in entries])
    return csr_matrix(([factor for *_, factor in entries], at), shape=(len(rows), columns), dtype=np.int64)
