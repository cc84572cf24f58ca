"""The least to hold back of a table: searched for in each part that hangs together, and audited as a whole at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from caselight.engines.suppression.attacking import Bounds, End, Flags, audit, ends, too_narrow
from caselight.engines.suppression.searching import Choice, Search, costs
from caselight.engines.suppression.splitting import apart
from caselight.engines.suppression.table import Table
from caselight.method.faults import Fault, refuse
from caselight.method.statistics.disclosure import QUOTED, SMALL, WOULD_GIVE_AWAY

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What is held back, in the order of the table, and why; what it cost; what an attacker is left with.

    No safe choice costs less than ``at_least``. The reasons and bounds are for whoever publishes: beside the gaps they
    would tell which numbers are small.
    """

    hidden: dict[str, str]
    cost: int
    at_least: int
    rounds: int
    audit: tuple[Bounds, ...]

    @property
    def is_least(self) -> bool:
        """Whether it is proven that nothing cheaper is safe."""
        return self.cost == self.at_least

    @property
    def gap(self) -> float:
        """How much dearer than the least it is at most: 0.02 for two in a hundred."""
        return (self.cost - self.at_least) / self.at_least if self.at_least else 0.0


def suppress(table: Table, *, seconds: float = SECONDS, clock: Callable[[], float] = monotonic) -> Suppressed:
    """Hold back the least that leaves every protected number open, or what was found in so many seconds of search.

    What is found is audited, however long it took. Raises ``reoffending.cannot-be-hidden`` where a protected number
    follows from what everybody knows, ``reoffending.suppression-unsafe`` where the audit pins one,
    ``reoffending.suppression-too-large`` where not even that can be said in time, and the faults of
    :meth:`Table.check`.
    """
    table.check()
    parts = [(part, ends(part)) for part in apart(table)]
    _refuse_hopeless(parts)
    until = clock() + seconds
    chosen = set()
    at_least = rounds = 0
    for done, (part, wanted) in enumerate(parts):
        share = clock() + max(0.0, until - clock()) / (len(parts) - done)
        choice = search(part, wanted, lambda share=share: share - clock())  # type: ignore[misc] # as it is now
        chosen |= {part.numbers[place].key for place in np.flatnonzero(choice.hidden).tolist()}
        at_least, rounds = at_least + choice.at_least, rounds + choice.rounds
    hidden = np.array([number.key in chosen for number in table.numbers], dtype=np.bool_)
    return _answer(table, hidden, at_least, rounds)


def search(table: Table, wanted: Sequence[End], left: Callable[[], float]) -> Choice:
    """The search in one part. ``left`` says how many seconds it still has."""
    return Search(table, wanted, left).run()


def _refuse_hopeless(parts: Iterable[tuple[Table, Sequence[End]]]) -> None:
    refuse(
        Fault(
            "reoffending.cannot-be-hidden",
            (key,),
            f"“{key[:QUOTED]}” can be worked out too closely from what everybody knows, whatever is held back.",
            "Leave its group out, or join it with another one, and release that.",
        )
        for part, wanted in parts
        for key in too_narrow(part, wanted)
    )


def _answer(table: Table, hidden: Flags, at_least: int, rounds: int) -> Suppressed:
    """The choice, with the audit that has the last word."""
    found = tuple(audit(table, hidden))
    refuse(
        Fault(
            "reoffending.suppression-unsafe",
            (bounds.key,),
            f"The attack that has the last word works “{bounds.key[:QUOTED]}” out, so nothing is released.",
            "Release fewer breakdowns or areas at once, and report this: the search had called it safe.",
        )
        for bounds in found
        if not bounds.open
    )
    why = {
        table.numbers[place].key: SMALL if table.hidden_first[place] else WOULD_GIVE_AWAY
        for place in np.flatnonzero(hidden).tolist()
    }
    return Suppressed(why, int(costs(table)[hidden].sum()), at_least, rounds, found)
