"""Group commit: threads that record at the same moment share one transaction, and none is told before it is committed.

A commit waits for the disk, and SQLite lets one at a time write. So the first thread works for all that wait, and
whoever comes meanwhile is in the next group. Nothing is promised earlier: each thread goes on with the answer of a
transaction that is committed. Where a group fails, each of it is tried alone, so that nobody's mistake is another's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")
MOST = 32  # in one group: what waits behind it waits for all of them
HEAVIEST = 500  # of a group together: one that is heavier goes alone, so that memory is bounded by one item


@dataclass(eq=False, slots=True)
class _Waiting(Generic[Item, Answer]):
    item: Item
    answers: list[Answer]  # one, or none yet
    error: BaseException | None = None

    @property
    def over(self) -> bool:
        return bool(self.answers) or self.error is not None


class Together(Generic[Item, Answer]):
    """Answers items of several threads in groups; ``work`` answers a group, in its order, or raises."""

    def __init__(
        self, work: Callable[[Sequence[Item]], Sequence[Answer]], *, weight: Callable[[Item], int] = lambda _: 1
    ) -> None:
        self._work, self._weight = work, weight
        self._turn = threading.Lock()  # whoever holds it works for all
        self._guard = threading.Lock()  # of the list
        self._waiting: list[_Waiting[Item, Answer]] = []

    def answer(self, item: Item) -> Answer:
        """The answer to one item, once the group it was in is done; what its work raised is raised here."""
        mine: _Waiting[Item, Answer] = _Waiting(item, [])
        with self._guard:
            self._waiting.append(mine)
        while not mine.over:
            with self._turn:
                if not mine.over:
                    self._do(self._next())
        if mine.error is not None:
            raise mine.error
        return mine.answers[0]

    def _next(self) -> list[_Waiting[Item, Answer]]:
        with self._guard:
            weights = accumulate(self._weight(one.item) for one in self._waiting[:MOST])
            most = max(1, sum(weight <= HEAVIEST for weight in weights))
            group, self._waiting = self._waiting[:most], self._waiting[most:]
        return group

    def _do(self, group: list[_Waiting[Item, Answer]]) -> None:
        try:
            answers = self._work([one.item for one in group])
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to the thread that waits for it
            if len(group) == 1:
                group[0].error = error
            else:
                for one in group:
                    self._do([one])
            return
        for one, answer in zip(group, answers, strict=True):
            one.answers.append(answer)
