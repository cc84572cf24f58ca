"""The result of every measure of agreement: a value or the reason why there is none, its error, its units, its flags."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.method.statistics.proportions import Undefined

NO_PAIRS = Undefined("no unit rated twice")
NO_VARIATION = Undefined("no variation")
TWO_CATEGORIES_ONLY = Undefined("more than two categories")

FLAG_NO_VARIATION = "no variation"
FLAG_NO_DISAGREEMENT = "no disagreement"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One measure of agreement. ``units`` are those rated twice or more, on which it rests.

    ``se`` is its standard error, ``se_null`` that under independence; ``None`` where the measure has none, and where
    nobody disagreed: a table without a single disagreement cannot show how much chance there is in it. ``weights``
    names the weights or the metric, empty for plain categories. Flags must reach the reader: ``no variation`` (every
    unit was put into one category: one cell of the table is all there is) and ``no disagreement``.
    """

    name: str
    value: float | Undefined
    units: int
    se: float | None = None
    se_null: float | None = None
    weights: str = ""
    flags: tuple[str, ...] = ()

    @property
    def undefined(self) -> str:
        """Why it has no value; empty when it has one."""
        return self.value.reason if isinstance(self.value, Undefined) else ""
