"""A release of a real size ends in bounded time, proven least or with its gap said, and is never unsafe."""

from itertools import count
from time import process_time

import numpy as np
import pytest

from caselight.engines.suppression import suppressing
from caselight.engines.suppression.attacking import audit
from caselight.engines.suppression.searching import Choice
from caselight.engines.suppression.splitting import apart
from caselight.engines.suppression.suppressing import suppress
from caselight.engines.suppression.table import Table
from caselight.method.faults import Faults
from caselight.method.statistics.attack import Sum
from caselight.method.statistics.disclosure import Number

from .releases import earlier, release, table


def is_safe(of: Table, hidden: object) -> bool:
    flags = np.array([number.key in set(hidden) for number in of.numbers])  # type: ignore[call-overload]
    return all(bounds.open for bounds in audit(of, flags))


def test_165_lines_with_all_margins_quarters_and_earlier_releases_are_solved_in_a_bounded_time() -> None:
    rows = release()
    of = table(rows, earlier(rows))
    assert len(rows) == 165
    assert sum(number.printed for number in of.numbers) > 300
    looks = count()  # a clock of its own, so that it ends at the same choice on every machine
    found = suppress(of, seconds=100, clock=lambda: next(looks))
    assert len(found.audit) == len(of.protected) > 200
    assert all(bounds.open for bounds in found.audit)
    assert is_safe(of, found.hidden)
    assert 0 < found.at_least <= found.cost
    assert found.gap < 0.1
    assert found.is_least == (found.gap == 0)


def test_where_no_time_is_left_everything_that_can_be_is_held_back_and_the_gap_is_said() -> None:
    rows = release(seed=2, areas=2, mean=40)
    of = table(rows)
    in_no_time = suppress(of, seconds=0)
    assert is_safe(of, in_no_time.hidden)
    assert in_no_time.gap > 0.1
    in_time = suppress(of, seconds=120, clock=process_time)
    assert in_time.cost < in_no_time.cost
    assert in_time.is_least
    assert in_no_time.at_least <= in_time.cost


def test_an_unsafe_choice_is_caught_by_the_attacker_and_nothing_is_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault is planted in the search: it holds back the small numbers alone, and calls that enough."""

    def careless(part: Table, *_: object) -> Choice:
        return Choice(part.hidden_first, 0, 0)

    monkeypatch.setattr(suppressing, "search", careless)
    with pytest.raises(Faults) as refused:
        suppress(table(release(areas=3, mean=40)))
    assert {fault.code for fault in refused.value} == {"reoffending.suppression-unsafe"}


def test_every_number_held_back_to_protect_another_is_needed() -> None:
    """To show any one of them gives something away, and the audit says so."""
    of = table(release(seed=2, areas=2, mean=60))
    found = suppress(of)
    further = [key for key, why in found.hidden.items() if why != "small"]
    assert further
    for key in further[:8]:
        assert not is_safe(of, set(found.hidden) - {key})


def test_tables_that_share_nothing_are_solved_apart_at_the_same_cost() -> None:
    def row(name: str, values: tuple[int, ...]) -> tuple[list[Number], Sum]:
        numbers = [Number(f"{name}{n}", value, describes=True) for n, value in enumerate(values)]
        return [*numbers, Number(name, sum(values), describes=True)], Sum(name, tuple(n.key for n in numbers))

    (a, of_a), (b, of_b), (c, of_c) = row("a", (3, 40, 50)), row("b", (60, 4, 20)), row("c", (30, 70))
    together = Table((*a, *b, *c), (of_a, of_b, of_c))
    parts = list(apart(together))
    assert [sorted(part.place) for part in parts] == [sorted(n.key for n in a), sorted(n.key for n in b)]
    alone = [suppress(Table(tuple(numbers), (of,))) for numbers, of in ((a, of_a), (b, of_b), (c, of_c))]
    found = suppress(together)
    assert found.hidden == {key: why for one in alone for key, why in one.hidden.items()}
    assert found.cost == sum(one.cost for one in alone)
    assert found.is_least


def test_what_everybody_knows_ties_nothing_together() -> None:
    numbers = (Number("a", 4, describes=True), Number("b", 40), Number("known", 44, public=True),
               Number("c", 4, describes=True), Number("d", 40), Number("both", 88))  # fmt: skip
    sums = (Sum("known", ("a", "b")), Sum("both", ("known", "c", "d")))
    assert [sorted(part.place) for part in apart(Table(numbers, sums))] == [
        ["a", "b", "known"],
        ["both", "c", "d", "known"],
    ]
