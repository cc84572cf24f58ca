"""Krippendorff's alpha: one minus the disagreement seen over that of ratings thrown together, with four metrics.

Only units rated twice or more count. A metric says how far apart two categories are, squared: nominal (the same or not),
ordinal (by the ratings that lie between them), interval and ratio (by their values). The ordinal metric is not a set of
ordinal *weights*, and the two give different numbers (frameworks.md, section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Literal

from caselight.method.faults import Fault, Faults, quoted
from caselight.method.statistics.agreement.coefficient import NO_PAIRS, NO_VARIATION, Coefficient
from caselight.method.statistics.agreement.ratings import Category, Ratings
from caselight.method.statistics.agreement.several_raters import flags_of
from caselight.method.statistics.agreement.weights import named

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Squares = list[list[Fraction]]


def _nominal(_: Sequence[Category], totals: Sequence[Fraction]) -> Squares:
    places = range(len(totals))
    return [[Fraction(i != j) for j in places] for i in places]


def _ordinal(_: Sequence[Category], totals: Sequence[Fraction]) -> Squares:
    def apart(i: int, j: int) -> Fraction:
        low, high = min(i, j), max(i, j)
        return sum(totals[low : high + 1], Fraction(0)) - (totals[low] + totals[high]) / 2

    places = range(len(totals))
    return [[apart(i, j) ** 2 if i != j else Fraction(0) for j in places] for i in places]


def _interval(categories: Sequence[Category], _: Sequence[Fraction]) -> Squares:
    values = _values(categories)
    return [[(v - w) ** 2 for w in values] for v in values]


def _ratio(categories: Sequence[Category], _: Sequence[Fraction]) -> Squares:
    values = _values(categories)
    if any(value < 0 for value in values):
        says = "A ratio has no meaning for values below 0."
        raise Faults([Fault("agreement.ratio-below-0", ("categories",), says, "Use the interval metric.")])
    return [[((v - w) / (v + w)) ** 2 if v != w else Fraction(0) for w in values] for v in values]


METRICS: Mapping[str, Callable[[Sequence[Category], Sequence[Fraction]], Squares]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def krippendorff_alpha(ratings: Ratings, metric: Metric = "nominal") -> Coefficient:
    """Krippendorff's alpha with a metric. It has no simple standard error: its interval comes from resampling units.

    Raises ``agreement.unknown-metric``, ``agreement.category-not-a-number`` (interval and ratio need numbers) and
    ``agreement.ratio-below-0``.

    >>> from caselight.method.statistics.agreement.ratings import ratings_of
    >>> two = ratings_of([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], [0, 1])
    >>> round(krippendorff_alpha(two).value, 4)
    0.0952
    """
    squares_of = named(METRICS, metric, "agreement.unknown-metric")
    shown = "" if metric == "nominal" else metric
    if not ratings.paired:
        return Coefficient("krippendorff_alpha", NO_PAIRS, 0, weights=shown)
    together = _coincidences(ratings)
    totals = [sum(row, Fraction(0)) for row in together]
    squares = squares_of(ratings.categories, totals)
    places = range(len(totals))
    seen = sum((together[i][j] * squares[i][j] for i in places for j in places), Fraction(0))
    thrown = sum((totals[i] * totals[j] * squares[i][j] for i in places for j in places), Fraction(0))
    if thrown == 0:
        return Coefficient("krippendorff_alpha", NO_VARIATION, ratings.paired, weights=shown)
    value = 1 - (sum(totals) - 1) * seen / thrown
    return Coefficient("krippendorff_alpha", float(value), ratings.paired, weights=shown, flags=flags_of(ratings))


def _coincidences(ratings: Ratings) -> Squares:
    """How often each two categories were given to one unit, each unit counting as often as it was rated."""
    q = len(ratings.categories)
    found = [[Fraction(0)] * q for _ in range(q)]
    for _, counts, times in ratings.counted:
        others = sum(counts) - 1
        used = [place for place, n in enumerate(counts) if n] if others else []
        for i in used:
            for j in used:
                found[i][j] += Fraction(times * counts[i] * (counts[j] - (i == j)), others)
    return found


def _values(categories: Sequence[Category]) -> list[Fraction]:
    faults = [
        Fault(
            "agreement.category-not-a-number",
            ("categories", place),
            f"{quoted(category)} is not a number, and this metric measures by values.",
            "Give every category a number, or use the nominal or ordinal metric.",
        )
        for place, category in enumerate(categories)
        if isinstance(category, str) or not isfinite(category)
    ]
    if faults:
        raise Faults(faults)
    return [Fraction(category) for category in categories]
