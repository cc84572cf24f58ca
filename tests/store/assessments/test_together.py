"""Group commit: several threads share one piece of work, each gets its own answer, and nobody's mistake is another's."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from caselight.store.assessments.actions.together import HEAVIEST, MOST, Together


class Disk:
    """Work that takes as long as the first group is held; it remembers the groups."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def work(self, items: Sequence[int]) -> list[int]:
        self.groups.append(list(items))
        self.begun.set()
        assert self.go_on.wait(10)
        if -1 in items:
            raise ValueError("minus one")
        return [item * 2 for item in items]


def answered(items: Sequence[int], weight: Callable[[int], int] = lambda _: 1) -> tuple[list[list[int]], list[object]]:
    """The groups, and each item's answer or error, when all but the first come while the first is being written."""
    disk = Disk()
    together = Together(disk.work, weight=weight)

    def one(item: int) -> object:
        try:
            return together.answer(item)
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(len(items)) as pool:
        first = pool.submit(one, items[0])
        assert disk.begun.wait(10)
        others = [pool.submit(one, item) for item in items[1:]]
        while len(together._waiting) < len(items) - 1:
            pass
        disk.go_on.set()
        return disk.groups, [first.result(), *(other.result() for other in others)]


def test_whoever_comes_while_one_is_written_shares_the_next_group_and_gets_its_own_answer() -> None:
    groups, answers = answered(range(1, 9))
    assert groups[0] == [1]
    assert sorted(groups[1]) == [2, 3, 4, 5, 6, 7, 8]
    assert answers == [2, 4, 6, 8, 10, 12, 14, 16]


def test_a_mistake_in_a_group_reaches_only_the_one_who_made_it() -> None:
    _, answers = answered([1, 2, -1, 3])
    assert answers == [2, 4, "minus one", 6]


def test_nobody_is_answered_before_the_work_is_done() -> None:
    disk = Disk()
    together = Together(disk.work)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(together.answer, 1)
        assert disk.begun.wait(10)
        assert not waiting.done()
        disk.go_on.set()
        assert waiting.result() == 2


def test_a_group_is_never_larger_than_its_limit() -> None:
    groups, answers = answered(range(1, MOST + 10))
    assert max(map(len, groups)) <= MOST
    assert answers == [item * 2 for item in range(1, MOST + 10)]


def test_an_interrupt_is_raised_where_it_belongs() -> None:
    def interrupted(items: Sequence[int]) -> list[int]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Together(interrupted).answer(1)


def test_a_group_is_bounded_by_what_it_weighs_and_what_is_heavier_alone_goes_alone() -> None:
    groups, answers = answered([250] * 11 + [4_000], weight=lambda item: item)
    assert sorted(answers) == sorted([500] * 11 + [8_000])
    assert max(len(group) for group in groups) == 2
    assert all(len(group) == 1 or sum(group) <= HEAVIEST for group in groups)
