"""Measures are not interchangeable: two of them never stand in one table, trend, chart or difference.

The same children, from April 2012 to March 2013, reoffended at about 36% by one published measure and at 41.0% by the
next; what changed was the counting (docs/explanation/reoffending.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from caselight.method.faults import Fault, stop
from caselight.method.reoffending.measures import title_of


def one_measure(ids: Iterable[str], what: str) -> str | None:
    """The one measure id of everything that is to stand together in ``what`` ("table", "trend", "chart", "difference").

    None when there is nothing. Raises ``reoffending.measures-mixed``, which names them all.

    >>> one_measure(["EW-3M", "EW-3M"], "trend")
    'EW-3M'
    """
    found = sorted(set(ids))
    if len(found) > 1:
        names = " and ".join(f"{one} ({title_of(one)})" for one in found)
        stop(
            Fault(
                "reoffending.measures-mixed",
                tuple(found),
                f"Figures of {names} cannot stand in one {what}: they count differently, so that the same people give different rates.",
                "Use figures of one measure, or show each measure by itself and say so.",
            )
        )
    return found[0] if found else None
