"""How soon entries reoffended: in which month after the index the first reoffence came, and after how many days.

The months are those of the follow-up, counted as it is counted: the first ends on the day one month after the index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate

from caselight.method.reoffending.cohort import Row
from caselight.method.reoffending.months import add_months
from caselight.method.reoffending.options import Options
from caselight.method.reoffending.rates import FEWEST_ENTRIES, NO_REOFFENDERS, WITHHELD, rounded
from caselight.method.statistics.proportions import Undefined


@dataclass(frozen=True, slots=True)
class FirstTimes:
    """Of how many ``entries``, how many reoffended first in each month, and the days to the first of each, in order."""

    entries: int
    by_month: tuple[int, ...]
    days: tuple[int, ...]

    @property
    def reached(self) -> tuple[Decimal | Undefined, ...]:
        """Entries that had reoffended by the end of each month, in a hundred, to one place."""
        if self.entries < FEWEST_ENTRIES:
            return (WITHHELD,) * len(self.by_month)
        return tuple(rounded(100 * many, self.entries, "0.1") for many in accumulate(self.by_month))

    @property
    def median_days(self) -> Decimal | Undefined:
        """Days to the first reoffence, of the middle one of those who reoffended, to one place."""
        if self.entries < FEWEST_ENTRIES:
            return WITHHELD
        if not self.days:
            return NO_REOFFENDERS
        below, above = (len(self.days) - 1) // 2, len(self.days) // 2
        return rounded(self.days[below] + self.days[above], 2, "0.1")


def first_times(rows: Iterable[Row], options: Options) -> FirstTimes:
    """When the entries reoffended first; ``by_month`` has as many months as the follow-up and adds up to the reoffenders."""
    found, days, entries = [0] * options.follow_months, [], 0
    for row in rows:
        entries += 1
        if row.days_to_first is not None:
            days.append(row.days_to_first)
            found[_month(row, row.days_to_first, options) - 1] += 1
    return FirstTimes(entries, tuple(found), tuple(sorted(days)))


def _month(row: Row, days: int, options: Options) -> int:
    """In which month after its index an entry reoffended first."""
    day, last = row.index + timedelta(days), options.follow_months
    return next((n for n in range(1, last) if day <= add_months(row.index, n, options.month_add)), last)
