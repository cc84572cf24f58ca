"""Agreement of exactly two raters, over the units that both rated: Cohen's kappa, weighted kappa, Scott's pi, PABAK.

Kappa's chance term comes from each rater's own use of the categories, so it falls when nearly all cases are alike;
frameworks.md, section 9, says why it is never shown alone. Its errors are the asymptotic ones of Fleiss, Cohen and
Everitt (1969).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import sqrt

from caselight.method.statistics.agreement.coefficient import (
    NO_PAIRS,
    NO_VARIATION,
    TWO_CATEGORIES_ONLY,
    Coefficient,
)
from caselight.method.statistics.agreement.ratings import Ratings
from caselight.method.statistics.agreement.several_raters import brennan_prediger, flags_of, fleiss_kappa
from caselight.method.statistics.agreement.weights import Matrix, Weights, weight_matrix

Line = list[Fraction]


def cohen_kappa(ratings: Ratings) -> Coefficient:
    """Cohen's kappa with its standard error, and the one that it would have if the raters had nothing in common.

    Raises ``agreement.not-two-raters``.

    >>> from caselight.method.statistics.agreement.ratings import ratings_of_table
    >>> cohen_kappa(ratings_of_table([[20, 5], [10, 15]])).value
    0.4
    """
    return _kappa("cohen_kappa", ratings.of_two(), "none")


def weighted_kappa(ratings: Ratings, weights: Weights) -> Coefficient:
    """Cohen's kappa with linear or quadratic weights, for categories in an order."""
    return _kappa("weighted_kappa", ratings.of_two(), weights)


def scott_pi(ratings: Ratings) -> Coefficient:
    """Scott's pi: chance from how often a category was used by either rater."""
    return replace(fleiss_kappa(ratings.of_two()), name="scott_pi")


def pabak(ratings: Ratings) -> Coefficient:
    """Prevalence-adjusted bias-adjusted kappa, for two categories: twice the agreement, less 1."""
    both = ratings.of_two()
    if both.paired and len(both.categories) > 2:
        return Coefficient("pabak", TWO_CATEGORIES_ONLY, both.paired)
    return replace(brennan_prediger(both), name="pabak")


def _kappa(name: str, both: Ratings, weights: Weights) -> Coefficient:
    named = "" if weights == "none" else weights
    if not both.paired:
        return Coefficient(name, NO_PAIRS, 0, weights=named)
    matrix = weight_matrix(weights, len(both.categories))
    cells = [[Fraction(count, both.paired) for count in row] for row in both.table()]
    first, second = ([sum(line, Fraction(0)) for line in lines] for lines in (cells, zip(*cells, strict=True)))
    independent = [[p * q for q in second] for p in first]
    observed, expected = _total(cells, matrix), _total(independent, matrix)
    if expected == 1:
        return Coefficient(name, NO_VARIATION, both.paired, weights=named)
    value = (observed - expected) / (1 - expected)
    se = se_null = None
    if both.disagreed:
        lines = _line(matrix, second), _line(tuple(zip(*matrix, strict=True)), first)
        scale = (1 - expected) ** 2 * both.paired
        se = _root((_squares(cells, matrix, lines, 1 - value) - (value - expected * (1 - value)) ** 2) / scale)
        se_null = _root((_squares(independent, matrix, lines, Fraction(1)) - expected**2) / scale)
    return Coefficient(name, float(value), both.paired, se, se_null, named, flags_of(both))


def _total(cells: list[Line], matrix: Matrix) -> Fraction:
    places = range(len(cells))
    return sum((cells[i][j] * matrix[i][j] for i in places for j in places), Fraction(0))


def _line(matrix: Matrix, shares: list[Fraction]) -> Line:
    """For each category of one rater, its mean weight over what the other rater uses."""
    return [sum((w * share for w, share in zip(row, shares, strict=True)), Fraction(0)) for row in matrix]


def _squares(cells: list[Line], matrix: Matrix, lines: tuple[Line, Line], less: Fraction) -> Fraction:
    places = range(len(cells))
    down, across = lines
    return sum(
        (cells[i][j] * (matrix[i][j] - (down[i] + across[j]) * less) ** 2 for i in places for j in places), Fraction(0)
    )


def _root(variance: Fraction) -> float | None:
    """A standard error; none where the table leaves no room for chance, which is not the same as being certain."""
    return sqrt(variance) if variance > 0 else None
