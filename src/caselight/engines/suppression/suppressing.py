"""The fewest numbers to hold back, exactly: an integer programme that learns from each attack that succeeds.

The programme chooses what is hidden at the least cost. Every end that an attack shows to be closed gives it one more
inequality, which every safe choice meets; when no attack succeeds, the choice is safe, and none that costs less is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caselight.engines.suppression.attacking import NEAR, Bounds, End, Flags, Floats, attempt, audit, ends, too_narrow
from caselight.engines.suppression.table import Integers, Table
from caselight.method.faults import Fault, Faults, stop
from caselight.method.statistics.disclosure import QUOTED, SMALL, WOULD_GIVE_AWAY

MOST_ROUNDS = 400
SECONDS_A_ROUND = 60
BASE_COST = 20


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What is held back, in the order of the table, and why; what it cost; what an attacker is left with.

    The reasons and bounds are for whoever publishes: beside the gaps they would tell which numbers are small.
    """

    hidden: dict[str, str]
    cost: int
    rounds: int
    audit: tuple[Bounds, ...]


def suppress(table: Table) -> Suppressed:
    """Hold back the least that leaves every protected number open.

    Raises ``reoffending.cannot-be-hidden`` where a protected number follows from what everybody knows,
    ``reoffending.suppression-too-large`` where it cannot be solved in time, and the faults of :meth:`Table.check`.
    """
    table.check()
    wanted, known = ends(table), _Known(table)
    _refuse_hopeless(table, wanted)
    cuts: list[Floats] = []
    hidden, rounds = table.hidden_first, 0
    while new := _cuts(table, hidden | table.unseen, wanted, known):
        cuts += new
        hidden = _some(table, hidden, new)
    hidden = _cheapest(table, cuts) if cuts else hidden
    while new := _cuts(table, hidden | table.unseen, wanted, known):
        if rounds == MOST_ROUNDS:
            stop(_too_large(f"No answer was found in {MOST_ROUNDS} rounds."))
        cuts, rounds = cuts + new, rounds + 1
        hidden = _cheapest(table, cuts)
    return _answer(table, hidden, rounds)


def costs(table: Table) -> Integers:
    """What it costs to hold each number back: about the same for each, and a little more for a large one.

    So the fewest numbers go, and parts go before their totals.
    """
    return np.array([BASE_COST + number.value.bit_length() for number in table.numbers], dtype=np.int64)


class _Known:
    """The tables found so far, each of which shows ends to be open wherever what it changes is hidden."""

    def __init__(self, table: Table) -> None:
        self._changes = np.zeros((0, len(table.numbers)), dtype=np.int64)

    def add(self, change: Integers) -> None:
        self._changes = np.vstack([self._changes, change])

    def among(self, hidden: Flags) -> Integers:
        """Those that change only hidden numbers."""
        fitting: Integers = self._changes[~(self._changes[:, ~hidden] != 0).any(axis=1)]
        return fitting


def _reached(changes: Integers, end: End) -> bool:
    return bool((end.sign * changes[:, end.place] >= end.far).any())


def _refuse_hopeless(table: Table, wanted: Sequence[End]) -> None:
    faults = [
        Fault(
            "reoffending.cannot-be-hidden",
            (key,),
            f"“{key[:QUOTED]}” can be worked out too closely from what everybody knows, whatever is held back.",
            "Leave its group out, or join it with another one, and release that.",
        )
        for key in too_narrow(table, wanted)
    ]
    if faults:
        raise Faults(faults)


def _cuts(table: Table, hidden: Flags, wanted: Sequence[End], known: _Known) -> list[Floats]:
    """For every end that the attack finds closed: what each number gives towards it, of the 1 that they must give."""
    cuts = []
    for end in wanted:
        if _reached(known.among(hidden), end):
            continue
        tried = attempt(table, hidden, end)
        if tried.change is not None:
            known.add(tried.change)
        else:
            cuts.append(_cut(table, hidden, end, (tried.gains, tried.short)))
    return cuts


def _cut(table: Table, hidden: Flags, end: End, found: tuple[Floats | None, float]) -> Floats:
    gains, short = found
    if gains is not None:
        gives = np.round(np.minimum(gains, short) / short, 9)
        if gives[hidden].sum() < 1 - NEAR:
            return gives
    return _one_of_the_others(table, hidden, end)


def _one_of_the_others(table: Table, hidden: Flags, end: End) -> Floats:
    """Where only whole numbers close an end: hide more while it stays closed; one of the rest must be hidden."""
    hidden = hidden.copy()
    for place in np.flatnonzero(table.can_hide & ~hidden).tolist():
        hidden[place] = True
        if attempt(table, hidden, end).change is not None:
            hidden[place] = False
    return (~hidden).astype(np.float64)


def _some(table: Table, hidden: Flags, cuts: Sequence[Floats]) -> Flags:
    """More to hide, quickly and not at the least cost: what is learnt on the way spares the programme many rounds."""
    hidden, price = hidden.copy(), costs(table)
    for gives in cuts:
        while gives[hidden | table.unseen].sum() < 1 - NEAR:
            worth = np.where(table.can_hide & ~hidden, gives / price, 0)
            if not worth.any():
                break
            hidden[int(worth.argmax())] = True
    return hidden


def _cheapest(table: Table, cuts: Sequence[Floats]) -> Flags:
    """The cheapest choice that meets every inequality so far."""
    from scipy.optimize import Bounds as Between
    from scipy.optimize import LinearConstraint, milp

    always = table.hidden_first | table.unseen
    price = np.where(table.unseen, 0, costs(table)).astype(np.float64)
    between = Between(always.astype(np.float64), (table.can_hide | always).astype(np.float64))
    options = {"time_limit": SECONDS_A_ROUND, "mip_rel_gap": 0.0}
    found = milp(price, integrality=np.ones(len(price)), bounds=between, options=options,
                 constraints=LinearConstraint(np.array(cuts), 1, np.inf))  # fmt: skip
    if found.status != 0:
        stop(_too_large("The programme that chooses what is held back was not solved in time."))
    chosen: Flags = np.rint(found.x).astype(np.bool_)
    return chosen & ~table.unseen


def _answer(table: Table, hidden: Flags, rounds: int) -> Suppressed:
    """The choice, with the audit that has the last word."""
    why = {
        table.numbers[place].key: SMALL if table.hidden_first[place] else WOULD_GIVE_AWAY
        for place in np.flatnonzero(hidden).tolist()
    }
    found = tuple(audit(table, hidden))
    if not all(bounds.open for bounds in found):
        raise ArithmeticError("the audit pinned a number that the search had called safe")
    return Suppressed(why, int(costs(table)[hidden].sum()), rounds, found)


def _too_large(says: str) -> Fault:
    return Fault("reoffending.suppression-too-large", (), says, "Release fewer breakdowns or areas at once.")
