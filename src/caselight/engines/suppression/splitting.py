"""A table taken apart into those that share nothing an attacker could use: each is solved by itself, at the same cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caselight.engines.suppression.table import NoMoreThan, Table
from caselight.method.statistics.attack import Sum


def apart(table: Table) -> Iterator[Table]:
    """The tables in which something is protected, in the order of their first number.

    Two numbers hang together when one sum or order holds both and neither is fixed: what is public, or is a zero that
    is always printed, passes nothing on. It stands in every table whose sums it is in.
    """
    group = _groups(table)
    for first in sorted({group[place] for place in table.protected.tolist()}):
        yield _of(table, {place for place, its in enumerate(group) if its == first})


def _groups(table: Table) -> list[int]:
    """The first number that each number hangs together with; itself where it is fixed."""
    free = table.can_hide | table.unseen
    above = list(range(len(table.numbers)))

    def first(place: int) -> int:
        while above[place] != place:
            above[place] = place = above[above[place]]
        return place

    for keys in (*(item.keys for item in table.sums), *((item.lesser, item.greater) for item in table.at_most)):
        together = sorted({first(place) for key in keys if free[place := table.place[key]]})
        for place in together[1:]:
            above[place] = together[0]
    return [first(place) for place in range(len(above))]


def _of(table: Table, inside: set[int]) -> Table:
    def touches(*keys: str) -> bool:
        return any(table.place[key] in inside for key in keys)

    sums: list[Sum] = [item for item in table.sums if touches(*item.keys)]
    orders: list[NoMoreThan] = [item for item in table.at_most if touches(item.lesser, item.greater)]
    named = {key for item in sums for key in item.keys} | {key for o in orders for key in (o.lesser, o.greater)}
    places = np.array(sorted(inside | {table.place[key] for key in named}), dtype=np.int64)
    return Table(tuple(table.numbers[place] for place in places.tolist()), tuple(sums), tuple(orders), table.rule)
