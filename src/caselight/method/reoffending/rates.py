"""Counts of entries, reoffenders and reoffences; the three rates, each with its name; when a cohort is final.

Rates are made from whole numbers, once, and rounded half up. Under thirty entries no rate is given; the counts stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from caselight.method.faults import Fault, stop
from caselight.method.reoffending.cohort import Row
from caselight.method.reoffending.months import Window, add_months
from caselight.method.reoffending.options import Options
from caselight.method.statistics.proportions import Undefined

FEWEST_ENTRIES = 30
WITHHELD = Undefined("fewer than 30 entries")
NO_REOFFENDERS = Undefined("no reoffenders")


class State(StrEnum):
    """Whether everything that can count has had its time."""

    INTERIM = "interim"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Counts:
    """Cohort entries (not people: a person may enter several cohorts), reoffenders and reoffences.

    ``severe`` counts entries with a reoffence on the serious list; None where the measure has no list.

    >>> july = Counts(20_695, 7_079, 25_830)
    >>> str(july.binary), str(july.per_offender), str(july.per_reoffender)
    ('34.2', '1.25', '3.65')
    """

    entries: int
    reoffenders: int
    reoffences: int
    severe: int | None = None

    def __post_init__(self) -> None:
        if not (0 <= (self.severe or 0) <= self.reoffenders <= self.entries and self.reoffenders <= self.reoffences):
            stop(
                Fault(
                    "reoffending.impossible-counts",
                    ("counts",),
                    f"{self.entries} entries cannot have {self.reoffenders} reoffenders and {self.reoffences} reoffences"
                    f"{'' if self.severe is None else f', {self.severe} of them severe'}.",
                    "Reoffenders are at most the entries, and each has at least one reoffence.",
                )
            )

    def __add__(self, other: Counts) -> Counts:
        severe = None if self.severe is None or other.severe is None else self.severe + other.severe
        return Counts(
            self.entries + other.entries,
            self.reoffenders + other.reoffenders,
            self.reoffences + other.reoffences,
            severe,
        )

    @property
    def binary(self) -> Decimal | Undefined:
        """Reoffenders in a hundred entries, to one place."""
        return self._rate(100 * self.reoffenders, self.entries, "0.1")

    @property
    def per_offender(self) -> Decimal | Undefined:
        """Reoffences for each entry, to two places."""
        return self._rate(self.reoffences, self.entries, "0.01")

    @property
    def per_reoffender(self) -> Decimal | Undefined:
        """Reoffences for each reoffender, to two places."""
        return self._rate(self.reoffences, self.reoffenders, "0.01")

    def _rate(self, above: int, below: int, places: str) -> Decimal | Undefined:
        if self.entries < FEWEST_ENTRIES:
            return WITHHELD
        return rounded(above, below, places) if below else NO_REOFFENDERS


def rounded(above: int, below: int, places: str) -> Decimal:
    """A fraction of whole numbers, rounded half up once, as published tables are.

    >>> rounded(100 * 1, 16, "0.1"), rounded(1, 8, "0.01")
    (Decimal('6.3'), Decimal('0.13'))
    """
    scale = int(1 / Decimal(places))
    whole = (2 * above * scale + below) // (2 * below)
    return (Decimal(whole) / scale).quantize(Decimal(places), ROUND_HALF_UP)


def counts(rows: Iterable[Row]) -> Counts:
    """The entries counted together: of one cohort, or of several as a plain sum."""
    rows = list(rows)
    known = [row.severe for row in rows if row.severe is not None]
    return Counts(
        len(rows),
        sum(row.reoffended for row in rows),
        sum(row.reoffences for row in rows),
        sum(known) if known and len(known) == len(rows) else None,
    )


def final_from(last_index: date, options: Options) -> date:
    """The day from which a cohort whose last entry was on this day is final: follow-up and wait are over."""
    return add_months(last_index, options.follow_months + options.wait_months, options.month_add)


def state(window: Window, last_index: date | None, options: Options, as_of: date) -> State:
    """Whether a cohort is final at the day of an extract. One that nobody entered is judged by its last day."""
    known = as_of >= final_from(last_index or window.last, options) and as_of >= window.last
    return State.FINAL if known else State.INTERIM
