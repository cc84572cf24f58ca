"""Every measure of agreement for many resamples at once, as numpy arrays.

The same formulas as in ``caselight.method.statistics.agreement``, written a second time for speed; a test holds each
against the exact one. A resample is a row of whole numbers: how often each pattern of ratings was drawn. Where a
measure is undefined for a resample, its place holds nan, which never leaves this package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from caselight.method.statistics.agreement.alpha import METRICS
from caselight.method.statistics.agreement.ratings import Ratings
from caselight.method.statistics.agreement.weights import weight_matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Patterns:
    """The patterns of some ratings as arrays: pattern by rater, and pattern by category."""

    ratings: Ratings
    how: str

    @cached_property
    def counts(self) -> Floats:
        """How many raters chose each category."""
        q = len(self.ratings.categories)
        return np.array([counts for _, counts, _ in self.ratings.counted], dtype=np.float64).reshape(-1, q)

    @cached_property
    def rated(self) -> Floats:
        """How many raters rated."""
        found: Floats = self.counts.sum(axis=1)
        return found

    @cached_property
    def twice(self) -> Floats:
        """1 where agreement can be seen, otherwise 0."""
        found: Floats = (self.rated > 1).astype(np.float64)
        return found

    @cached_property
    def units(self) -> NDArray[np.int64]:
        """How many units have each pattern."""
        return np.array([times for _, _, times in self.ratings.counted], dtype=np.int64)

    @cached_property
    def marks(self) -> NDArray[np.int64]:
        """The category that each rater chose, or -1."""
        rows = [[-1 if place is None else place for place in row] for row, _, _ in self.ratings.counted]
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.ratings.raters)

    @cached_property
    def weights(self) -> Floats:
        """The weights of agreement, category by category."""
        matrix = weight_matrix(self.how or "none", len(self.ratings.categories))
        found: Floats = np.array([[float(weight) for weight in row] for row in matrix], dtype=np.float64)
        return found

    @cached_property
    def alike(self) -> Floats:
        """The agreement within each pattern; 0 where nobody else rated."""
        agreed = (self.counts * (self.counts @ self.weights - 1)).sum(axis=1)
        found: Floats = agreed / np.maximum(self.rated * (self.rated - 1), 1) * self.twice
        return found

    @cached_property
    def shares(self) -> Floats:
        """The share of each category within each pattern."""
        found: Floats = self.counts / self.rated[:, None]
        return found

    def chosen(self, rater: int) -> Floats:
        """1 where the rater chose the category, otherwise 0: pattern by category."""
        found: Floats = (self.marks[:, rater, None] == np.arange(self.counts.shape[1])).astype(np.float64)
        return found

    @cached_property
    def together(self) -> Floats:
        """Krippendorff's coincidences of each pattern, category by category."""
        pairs = self.counts[:, :, None] * self.counts[:, None, :]
        pairs -= self.counts[:, :, None] * np.eye(self.counts.shape[1])
        found: Floats = pairs * (self.twice / np.maximum(self.rated - 1, 1))[:, None, None]
        return found


def percent(patterns: Patterns, draws: Floats) -> Floats:
    """Observed agreement."""
    return _divided(draws @ patterns.alike, draws @ patterns.twice)


def brennan_prediger(patterns: Patterns, draws: Floats) -> Floats:
    """Chance as if every category were equally likely."""
    return _corrected(percent(patterns, draws), np.full(len(draws), patterns.weights.mean()))


def gwet(patterns: Patterns, draws: Floats) -> Floats:
    """Gwet's AC1 and AC2."""
    q = len(patterns.weights)
    used = _used(patterns, draws)
    scale = patterns.weights.sum() / max(q * (q - 1), 1)
    return _corrected(percent(patterns, draws), scale * (used * (1 - used)).sum(axis=1))


def fleiss(patterns: Patterns, draws: Floats) -> Floats:
    """Fleiss' kappa."""
    used = _used(patterns, draws)
    return _corrected(percent(patterns, draws), _both(used, patterns.weights, used))


def conger(patterns: Patterns, draws: Floats) -> Floats:
    """Conger's kappa: chance over all pairs of raters, each with an own use of the categories. Two raters: Cohen's."""
    raters = patterns.ratings.raters
    own = [_own(draws @ patterns.chosen(rater)) for rater in range(raters)]
    everybody = np.sum(own, axis=0)
    with_self = np.sum([_both(one, patterns.weights, one) for one in own], axis=0)
    expected = (_both(everybody, patterns.weights, everybody) - with_self) / max(raters * (raters - 1), 1)
    return _corrected(percent(patterns, draws), expected)


def alpha(patterns: Patterns, draws: Floats) -> Floats:
    """Krippendorff's alpha."""
    q = patterns.counts.shape[1]
    together = (draws @ patterns.together.reshape(-1, q * q)).reshape(-1, q, q)
    totals = together.sum(axis=2)
    squares = _squares(patterns, totals)
    thrown = np.einsum("bi,bij,bj->b", totals, squares, totals)
    seen = (together * squares).sum(axis=(1, 2))
    found: Floats = 1 - _divided((totals.sum(axis=1) - 1) * seen, thrown)
    return found


def _squares(patterns: Patterns, totals: Floats) -> Floats:
    """How far apart two categories are, squared. By the ordinal metric that depends on the resample."""
    if patterns.how == "ordinal":
        up_to = np.cumsum(totals, axis=1)
        middles = up_to - totals / 2
        found: Floats = (middles[:, :, None] - middles[:, None, :]) ** 2
        return found
    rows = METRICS[patterns.how or "nominal"](patterns.ratings.categories, [0] * totals.shape[1])  # type: ignore[list-item]
    return np.array([[float(square) for square in row] for row in rows])[None]


def _used(patterns: Patterns, draws: Floats) -> Floats:
    found: Floats = draws @ patterns.shares / draws.sum(axis=1)[:, None]
    return found


def _own(chosen: Floats) -> Floats:
    found: Floats = chosen / np.maximum(chosen.sum(axis=1), 1)[:, None]
    return found


def _both(left: Floats, weights: Floats, right: Floats) -> Floats:
    found: Floats = ((left @ weights) * right).sum(axis=1)
    return found


def _corrected(observed: Floats, expected: Floats) -> Floats:
    # An expectation of 1 is reached by adding up shares, so its last bit may be lost.
    return _divided(observed - expected, np.where(1 - expected < 1e-12, 0, 1 - expected))


def _divided(over: Floats, under: Floats) -> Floats:
    found: Floats = np.divide(over, under, out=np.full(len(over), np.nan), where=under != 0)
    return found


MANY: Mapping[str, Callable[[Patterns, Floats], Floats]] = {
    "percent_agreement": percent,
    "brennan_prediger": brennan_prediger,
    "pabak": brennan_prediger,
    "gwet_ac1": gwet,
    "gwet_ac2": gwet,
    "fleiss_kappa": fleiss,
    "scott_pi": fleiss,
    "conger_kappa": conger,
    "cohen_kappa": conger,
    "weighted_kappa": conger,
    "krippendorff_alpha": alpha,
}
OF_TWO = frozenset({"pabak", "scott_pi", "cohen_kappa", "weighted_kappa"})
