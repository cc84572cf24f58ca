"""What a published figure may be set beside: the year before, the national average, another area. Always one measure.

Whoever sets two figures beside each other comes through here, so that figures of two measures are refused everywhere
with the same reason (:func:`.comparing.one_measure`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caselight.method.reoffending.comparing import one_measure
from caselight.method.reoffending.published import Area, Published, RateName

NATIONAL = (Area("England and Wales", "K04000001"), Area("England & Wales", "K04000001"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One quoted rate against another: ``direction`` is ``higher``, ``lower`` or ``same``, ``points`` the first minus the second."""

    one: Published
    other: Published
    points: Decimal
    direction: str


def year_before(cell: Published, cells: Iterable[Published]) -> Published | None:
    """The same area, people and breakdown by the same measure, one year earlier; None where it was not published."""
    wanted = (_earlier(cell.cohort.first), _earlier(cell.cohort.last))
    return next(
        (one for one in cells if _alike(one, cell) and one.cohort.days == wanted and one.area.is_(cell.area)), None
    )


def national(cell: Published, cells: Iterable[Published]) -> Published | None:
    """England and Wales in the same cohort, by the same measure."""
    return next(
        (
            one
            for one in cells
            if _alike(one, cell)
            and one.cohort.days == cell.cohort.days
            and any(one.area.is_(area) for area in NATIONAL)
        ),
        None,
    )


def difference(one: Published, other: Published, rate: RateName = RateName.BINARY) -> Difference | None:
    """How two quoted rates differ; None where one of them may not be quoted.

    Raises ``reoffending.measures-mixed`` for cells of two measures.
    """
    one_measure((one.measure, other.measure), "difference")
    first, second = one.quoted(rate), other.quoted(rate)
    if first is None or second is None:
        return None
    direction = "higher" if first > second else "lower" if first < second else "same"
    return Difference(one, other, first - second, direction)


def trend(cells: Iterable[Published], rate: RateName = RateName.BINARY) -> list[tuple[Published, Decimal | None]]:
    """The quoted rates of one series by cohort. Raises ``reoffending.measures-mixed`` where the series has a break.

    A year without a figure stays in the series, with None: a gap is shown, never closed.
    """
    series = sorted(cells, key=lambda cell: cell.cohort.first)
    one_measure((cell.measure for cell in series), "trend")
    return [(cell, cell.quoted(rate)) for cell in series]


def _alike(one: Published, other: Published) -> bool:
    return (one.measure, one.people, one.breakdown) == (other.measure, other.people, other.breakdown)


def _earlier(day: date) -> date:
    """The day one year before; the last of a month stays the last."""
    last = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, monthrange(day.year - 1, day.month)[1] if last else day.day)
