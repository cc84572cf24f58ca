"""What somebody can work out about a hidden number from the printed ones and from how numbers add up.

A hidden number is safe when two tables of whole numbers from 0 up fit everything that is printed and differ in it by 2
or more. Such tables are looked for near the true one, shortest change first, and *shown to exist*: a number called safe
is safe. One called exposed may only be hard to find another table for; hiding more than needed is the cost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SPREAD = 2  # as 2 steps one way, or 1 each way
MOST_TABLES = 4000

Change = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is always the sum of ``parts``: relevant and not relevant make the sample."""

    total: str
    parts: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every number in the sum, the total first."""
        return (self.total, *self.parts)

    def surplus(self, values: Mapping[str, int]) -> int:
        """By how much the total is larger than its parts together; numbers that are not given count as 0."""
        return values.get(self.total, 0) - sum(values.get(part, 0) for part in self.parts)


class Attack:
    """The true numbers, how they add up, and which of them the attacker does not see."""

    def __init__(self, values: Mapping[str, int], sums: Sequence[Sum], unseen: set[str]) -> None:
        self._values = values
        self._unseen = unseen
        self._sums_of: dict[str, list[Sum]] = {key: [] for key in values}
        for item in sums:
            for key in item.keys:
                self._sums_of[key].append(item)

    def hide(self, key: str) -> None:
        """From now on the attacker does not see this number."""
        self._unseen.add(key)

    def is_safe(self, key: str) -> bool:
        """Whether the attacker is left with values of this number that lie 2 or more apart."""
        if key not in self._unseen:
            return False
        around = self._possible(key, -1) and self._possible(key, 1)
        return around or self._possible(key, -SPREAD) or self._possible(key, SPREAD)

    def is_safe_without(self, key: str, other: str) -> bool:
        """Whether ``key`` would be safe if ``other`` were hidden too."""
        return Attack(self._values, self._sums(), self._unseen | {other}).is_safe(key)

    def seen_around(self, key: str) -> Iterator[tuple[int, bool, str]]:
        """The seen numbers that help to work out ``key``: how far away, whether as a total, and which."""
        distance = {key: 0}
        queue = deque([key])
        while queue:
            here = queue.popleft()
            for item in self._sums_of[here]:
                for near in item.keys:
                    if near in distance:
                        continue
                    distance[near] = distance[here] + 1
                    if near in self._unseen:
                        queue.append(near)
                    else:
                        yield distance[near], near == item.total, near

    def _sums(self) -> list[Sum]:
        return list(dict.fromkeys(item for items in self._sums_of.values() for item in items))

    def _possible(self, key: str, step: int) -> bool:
        """Whether a table that fits has this number larger by ``step``: repair sum after sum until all fit again."""
        tables: deque[Change] = deque([{key: step}])
        for _ in range(MOST_TABLES):
            if not tables:
                return False
            change = tables.popleft()
            if any(self._values[name] + by < 0 for name, by in change.items()):
                continue
            repairs = self._repairs(change)
            if repairs is None:
                return True
            tables.extend({**change, name: by} for name, by in repairs)
        return False

    def _repairs(self, change: Change) -> list[tuple[str, int]] | None:
        """The ways to mend the broken sum that has the fewest; ``None`` when no sum is broken."""
        broken = dict.fromkeys(item for key in change for item in self._sums_of[key] if item.surplus(change))
        ways = [self._ways(item, change) for item in broken]
        return min(ways, key=len, default=None)

    def _ways(self, item: Sum, change: Change) -> list[tuple[str, int]]:
        surplus = item.surplus(change)
        # All at once by one number, or one step now and the rest by others.
        amounts = {surplus, 1 if surplus > 0 else -1}
        return [
            (key, -amount if key == item.total else amount)
            for key in item.keys
            if key in self._unseen and key not in change
            for amount in sorted(amounts)
        ]
