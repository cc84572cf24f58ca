"""The attack: how low and how high a number held back can be, from everything that is released.

An end is *shown* to be open by a whole table that fits everything released and reaches it; the table is checked in
whole numbers, so that no rounding of the solver can call a number safe. Where there is none, the relaxed programme says
which of the shown numbers close it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caselight.engines.suppression.table import Integers, Table
from caselight.method.faults import Fault, stop
from caselight.method.statistics.attack import SPREAD

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NEAR = 1e-6
SECONDS_AN_ATTACK = 30.0
OUT_OF_TIME = 1  # a status of scipy's milp


@dataclass(frozen=True, slots=True)
class End:
    """One end that must stay open: the number at ``place`` can be ``far`` lower (``sign`` -1) or higher (+1)."""

    place: int
    sign: int
    far: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an attacker knows of one number: from ``low`` to ``high`` (``None``: nothing limits it)."""

    key: str
    value: int
    low: int
    high: int | None
    open: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt found: a change that reaches the end, or how much each number, once hidden, would add."""

    change: Integers | None = None
    gains: Floats | None = None
    short: float = 0.0


def ends(table: Table) -> list[End]:
    """Every end that must stay open: as far as the rule itself leaves it open, were everything held back that can be."""
    everything = table.can_hide | table.unseen
    found = []
    for place in table.protected.tolist():
        value, least = int(table.values[place]), int(table.lowest[place])
        highest = table.rule.threshold - 1
        wanted = (End(place, sign, far) for sign, far in ((-1, value - least), (1, highest - value)) if far > 0)
        found += [replace(end, far=far) for end in wanted if (far := _reach(table, everything, end)) > 0]
    return found


def too_narrow(table: Table, wanted: Sequence[End]) -> list[str]:
    """The protected numbers that stay within one of their value whatever is held back, where the rule allows more."""
    left = Counter(dict.fromkeys(table.protected.tolist(), 0))
    for end in wanted:
        left[end.place] += end.far
    says = table.rule.threshold - 1
    return [
        table.numbers[place].key
        for place, width in left.items()
        if width < min(SPREAD, says - int(min(table.lowest[place], table.values[place])))
    ]


def attempt(table: Table, hidden: Flags, end: End) -> Attempt:
    """Try to reach an end while everything but ``hidden`` stays as it is."""
    found = _relaxed(table, hidden, end)
    change = np.rint(found.x).astype(np.int64)
    if -found.fun < end.far - NEAR:
        return Attempt(gains=_gains(table, found, end), short=end.far - _slack(table, found))
    if end.sign * change[end.place] >= end.far and table.fits(change) and not change[~hidden].any():
        return Attempt(change)
    return Attempt(_whole(table, hidden, end))


def _room(table: Table, hidden: Flags, end: End) -> tuple[Floats, Floats]:
    """How far down and up each number can be thought away from its true value."""
    low = np.where(hidden, np.minimum(table.lowest - table.values, 0), 0).astype(np.float64)
    high = np.where(hidden, np.inf, 0.0)
    if end.sign > 0:
        high[end.place] = end.far
    else:
        low[end.place] = -end.far
    return low, high


def _aim(table: Table, end: End) -> Floats:
    aim = np.zeros(len(table.numbers))
    aim[end.place] = -end.sign
    return aim


def _relaxed(table: Table, hidden: Flags, end: End) -> Any:
    """The linear programme over changes: as far towards the end as the shown numbers allow."""
    from scipy.optimize import linprog

    low, high = _room(table, hidden, end)
    limits: dict[str, Any] = {}
    if table.sums:
        limits |= {"A_eq": table.adds_up, "b_eq": np.zeros(len(table.sums))}
    if table.at_most:
        limits |= {"A_ub": table.in_order, "b_ub": -(table.in_order @ table.values).astype(np.float64)}
    found = linprog(_aim(table, end), bounds=np.stack([low, high], axis=1), method="highs", **limits)
    if not found.success:
        raise ArithmeticError(f"the relaxed attack could not be solved: {found.message}")
    return found


def _gains(table: Table, found: Any, end: End) -> Floats:
    """By weak duality: how much nearer the end comes, at most, for each number that is held back."""
    room = (table.values - np.minimum(table.lowest, table.values)).astype(np.float64)
    down = np.maximum(found.lower.marginals, 0.0)
    gains: Floats = np.where(found.upper.marginals < -NEAR, np.inf, down * room)
    gains[down < NEAR] = np.where(found.upper.marginals[down < NEAR] < -NEAR, np.inf, 0.0)
    if end.sign > 0:
        gains[end.place] = down[end.place] * room[end.place]
    return gains


def _slack(table: Table, found: Any) -> float:
    """What the inequalities alone give towards the end."""
    if not table.at_most:
        return 0.0
    slack = -(table.in_order @ table.values).astype(np.float64)
    return float(-found.ineqlin.marginals @ slack)


def _whole(table: Table, hidden: Flags, end: End) -> Integers | None:
    """A whole table that reaches the end, or None when there is none."""
    low, high = _room(table, hidden, end)
    (low if end.sign > 0 else high)[end.place] = end.sign * end.far
    found = _integer(table, np.zeros(len(table.numbers)), low, high)
    if found.x is None:
        return None
    change = np.rint(found.x).astype(np.int64)
    return change if table.fits(change) and not change[~hidden].any() else None


def _integer(table: Table, aim: Floats, low: Floats, high: Floats) -> Any:
    from scipy.optimize import Bounds as Between
    from scipy.optimize import LinearConstraint, milp

    limits = []
    if table.sums:
        limits.append(LinearConstraint(table.adds_up, 0, 0))
    if table.at_most:
        limits.append(LinearConstraint(table.in_order, -np.inf, -(table.in_order @ table.values)))
    options = {"time_limit": SECONDS_AN_ATTACK}
    found = milp(aim, integrality=np.ones(len(aim)), bounds=Between(low, high), constraints=limits, options=options)
    if found.status == OUT_OF_TIME:
        says = "An attack on what is to be released could not be decided in time, so nothing can be called safe."
        stop(Fault("reoffending.suppression-too-large", (), says, "Release fewer breakdowns or areas at once."))
    return found


def audit(table: Table, hidden: Flags) -> list[Bounds]:
    """What an attacker knows of each protected number when only ``hidden`` is held back; ``open`` where the rule holds.

    The bounds are those of whole tables. Written apart from the search: it asks for the bounds themselves.
    """
    wanted = ends(table)
    narrow = set(too_narrow(table, wanted))
    reach = {(end.place, end.sign): end.far for end in wanted}
    return [
        _bounds(table, hidden | table.unseen, place, (reach.get((place, -1), 0), reach.get((place, 1), 0)), narrow)
        for place in table.protected.tolist()
    ]


def _bounds(table: Table, hidden: Flags, place: int, wanted: tuple[int, int], narrow: set[str]) -> Bounds:
    number, value = table.numbers[place], int(table.values[place])
    if not hidden[place]:
        return Bounds(number.key, value, value, value, open=False)
    far = int(table.values.sum()) + 2 * table.rule.threshold
    low = value - _reach(table, hidden, End(place, -1, value - min(int(table.lowest[place]), value)))
    high = value + _reach(table, hidden, End(place, 1, far))
    is_open = low <= value - wanted[0] and high >= value + wanted[1] and number.key not in narrow
    return Bounds(number.key, value, low, None if high >= value + far else high, is_open)


def _reach(table: Table, hidden: Flags, end: End) -> int:
    if end.far <= 0:
        return 0
    found = _relaxed(table, hidden, end)
    change = np.rint(found.x).astype(np.int64)
    if not (table.fits(change) and not change[~hidden].any() and abs(change[end.place]) >= -found.fun - NEAR):
        found = _integer(table, _aim(table, end), *_room(table, hidden, end))
        change = np.rint(found.x).astype(np.int64)
    return abs(int(change[end.place]))
