"""The search for the cheapest choice that is safe: an integer programme that learns from each attack that succeeds.

Every end that an attack shows to be closed gives one inequality that every safe choice meets, so what the programme
says is a bound from below. Each choice of its own is then made safe, which gives one from above. Where both meet, the
choice is the cheapest; where the time ends first, it is safe all the same, and the bound says how far it may be off.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from caselight.engines.suppression.attacking import NEAR, Attempt, End, Flags, Floats, attempt
from caselight.engines.suppression.table import Integers, Table

MOST_ROUNDS = 400
SECONDS_A_ROUND = 30.0
BASE_COST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """What is hidden, the least that any safe choice costs, and in how many rounds that was found."""

    hidden: Flags
    at_least: int
    rounds: int


def costs(table: Table) -> Integers:
    """What it costs to hold each number back: about the same for each, and a little more for a large one.

    So the fewest numbers go, and parts go before their totals.
    """
    return np.array([BASE_COST + number.value.bit_length() for number in table.numbers], dtype=np.int64)


class Search:
    """One search in one table. ``left`` says how many seconds there still are; at 0 the best so far is the answer."""

    def __init__(self, table: Table, wanted: Sequence[End], left: Callable[[], float]) -> None:
        self._table, self._wanted, self._left = table, wanted, left
        self._price = costs(table)
        self._cuts: list[Floats] = []
        self._open = _Open(table, wanted)

    def run(self) -> Choice:
        """The cheapest safe choice, or the best that was found in time. To hide all that can be is always safe."""
        first = self._table.hidden_first
        best = self._cheaper(self._table.can_hide | first, self._safe_from(first))
        at_least, rounds = self._cost(first) if self._cuts else self._cost(best), 0
        while at_least < self._cost(best) and rounds < MOST_ROUNDS and self._left() > 0:
            chosen, bound = self._programme()
            at_least, rounds = max(at_least, bound), rounds + 1
            if chosen is None:
                break
            best = self._cheaper(best, chosen if self._is_safe(chosen) else self._safe_from(chosen))
        return Choice(best, min(at_least, self._cost(best)), rounds)

    def _cost(self, hidden: Flags) -> int:
        return int(self._price[hidden].sum())

    def _cheaper(self, one: Flags, other: Flags | None) -> Flags:
        return one if other is None or self._cost(one) <= self._cost(other) else other

    def _safe_from(self, hidden: Flags) -> Flags | None:
        """This choice with more hidden until no attack succeeds, and then without what is not needed; None out of time."""
        while new := self._attacked(hidden):
            before = int(hidden.sum())
            hidden = self._some(hidden, new)
            if self._left() <= 0 or int(hidden.sum()) == before:
                return None
        further = np.flatnonzero(hidden & ~self._table.hidden_first)
        for place in further[np.argsort(-self._price[further], kind="stable")].tolist():
            without = hidden.copy()
            without[place] = False
            if self._left() > 0 and self._is_safe(without):
                hidden = without
        return hidden

    def _attacked(self, hidden: Flags) -> list[Floats]:
        """An inequality for every end that the attack finds closed."""
        seen_less = hidden | self._table.unseen
        new = []
        for end in self._open.closed(seen_less):
            tried = attempt(self._table, seen_less, end)
            if tried.change is not None:
                self._open.add(tried.change)
            else:
                new.append(self._inequality(seen_less, end, tried))
        self._cuts += new
        return new

    def _is_safe(self, hidden: Flags) -> bool:
        """Whether no attack succeeds; the first that does is learnt from."""
        seen_less = hidden | self._table.unseen
        if self._cuts and (np.array(self._cuts) @ seen_less < 1 - NEAR).any():
            return False
        for end in self._open.closed(seen_less):
            tried = attempt(self._table, seen_less, end)
            if tried.change is None:
                self._cuts.append(self._inequality(seen_less, end, tried))
                return False
            self._open.add(tried.change)
        return True

    def _inequality(self, hidden: Flags, end: End, tried: Attempt) -> Floats:
        """What each number, once hidden, gives towards an end, of the 1 that they must give together."""
        if tried.gains is not None:
            gives: Floats = np.round(np.minimum(tried.gains, tried.short) / tried.short, 9)
            if gives[hidden].sum() < 1 - NEAR:
                return gives
        return self._one_of_the_others(hidden, end)

    def _one_of_the_others(self, hidden: Flags, end: End) -> Floats:
        """Where only whole numbers close an end: hide more while it stays closed; one of the rest must be hidden."""
        hidden = hidden.copy()
        for place in np.flatnonzero(self._table.can_hide & ~hidden).tolist():
            if self._left() <= 0:
                break  # fewer were tried, and it holds all the same
            hidden[place] = True
            if attempt(self._table, hidden, end).change is not None:
                hidden[place] = False
        return (~hidden).astype(np.float64)

    def _some(self, hidden: Flags, cuts: Sequence[Floats]) -> Flags:
        """More to hide, quickly and not at the least cost: what is learnt on the way spares the programme many rounds."""
        hidden, table = hidden.copy(), self._table
        for gives in cuts:
            while gives[hidden | table.unseen].sum() < 1 - NEAR:
                worth = np.where(table.can_hide & ~hidden, gives / self._price, 0)
                if not worth.any():
                    break
                hidden[worth.size - 1 - int(worth[::-1].argmax())] = True  # the last of equals: parts come after totals
        return hidden

    def _programme(self) -> tuple[Flags | None, int]:
        """The cheapest choice that meets every inequality so far, and the least that it, and any safe one, costs."""
        from scipy.optimize import Bounds as Between
        from scipy.optimize import LinearConstraint, milp

        table = self._table
        always = table.hidden_first | table.unseen
        price = np.where(table.unseen, 0, self._price).astype(np.float64)
        between = Between(always.astype(np.float64), (table.can_hide | always).astype(np.float64))
        options = {"time_limit": max(0.1, min(self._left(), SECONDS_A_ROUND)), "mip_rel_gap": 0.0}
        found = milp(price, integrality=np.ones(len(price)), bounds=between, options=options,
                     constraints=LinearConstraint(np.array(self._cuts), 1, np.inf))  # fmt: skip
        bound = found.mip_dual_bound
        at_least = math.ceil(bound - NEAR) if bound is not None and math.isfinite(bound) else 0
        if found.x is None:
            return None, at_least
        chosen: Flags = np.rint(found.x).astype(np.bool_)
        return chosen & ~table.unseen, at_least


class _Open:
    """The tables found so far: each shows ends to be open wherever all that it changes is hidden."""

    def __init__(self, table: Table, wanted: Sequence[End]) -> None:
        self._wanted = wanted
        self._place = np.array([end.place for end in wanted], dtype=np.int64)
        self._sign = np.array([end.sign for end in wanted], dtype=np.int64)
        self._far = np.array([end.far for end in wanted], dtype=np.int64)
        self._changes = np.zeros((0, len(table.numbers)), dtype=np.bool_)
        self._reaches = np.zeros((0, len(wanted)), dtype=np.bool_)

    def add(self, change: Integers) -> None:
        self._changes = np.vstack([self._changes, change != 0])
        self._reaches = np.vstack([self._reaches, change[self._place] * self._sign >= self._far])

    def closed(self, hidden: Flags) -> Iterator[End]:
        """The ends that no table shows to be open, those found meanwhile, in this same choice, among them."""
        fits, known = ~self._changes[:, ~hidden].any(axis=1), len(self._reaches)
        is_open = np.asarray(self._reaches[fits].any(axis=0))
        for at, end in enumerate(self._wanted):
            if not is_open[at] and not self._reaches[known:, at].any():
                yield end
