"""Agreement of any number of raters, with gaps: percent, Brennan-Prediger, Fleiss, Conger, Gwet's AC1 and AC2.

All have one form: (observed - chance) / (1 - chance), with one observed agreement and five ideas of chance. Observed
agreement is over units rated twice or more, the chance term over every rated unit. Standard errors are those of Gwet's
handbook, for units as a sample of very many (frameworks.md, section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import sqrt

from caselight.method.faults import Fault, Faults
from caselight.method.statistics.agreement.coefficient import (
    FLAG_NO_DISAGREEMENT,
    FLAG_NO_VARIATION,
    NO_PAIRS,
    NO_VARIATION,
    Coefficient,
)
from caselight.method.statistics.agreement.ratings import Counts, Ratings, Row
from caselight.method.statistics.agreement.weights import Matrix, Weights, weight_matrix

Chance = tuple[Fraction, Callable[[Row, Counts], Fraction]]


def percent_agreement(ratings: Ratings) -> Coefficient:
    """The share of agreeing pairs of ratings, unit by unit, and then the mean of the units rated twice or more.

    >>> from caselight.method.statistics.agreement.ratings import ratings_of_table
    >>> percent_agreement(ratings_of_table([[20, 5], [10, 15]])).value
    0.7
    """
    value = float(_observed(ratings, _plain(ratings))) if ratings.paired else NO_PAIRS
    return Coefficient("percent_agreement", value, ratings.paired)


def brennan_prediger(ratings: Ratings, weights: Weights = "none") -> Coefficient:
    """Chance as if every declared category were equally likely."""
    matrix, q = weight_matrix(weights, len(ratings.categories)), len(ratings.categories)
    expected = sum(map(sum, matrix)) / Fraction(max(q * q, 1))
    return _corrected("brennan_prediger", ratings, weights, lambda: (expected, lambda *_: expected))


def gwet_ac1(ratings: Ratings) -> Coefficient:
    """Gwet's AC1: steady where nearly all answers are the same, which is where kappa falls apart.

    >>> from caselight.method.statistics.agreement.ratings import ratings_of_table
    >>> round(gwet_ac1(ratings_of_table([[18, 2], [0, 0]])).value, 4)
    0.8895
    """
    return _gwet("gwet_ac1", ratings, "none")


def gwet_ac2(ratings: Ratings, weights: Weights) -> Coefficient:
    """Gwet's AC2: AC1 with weights for categories in an order."""
    return _gwet("gwet_ac2", ratings, weights)


def _gwet(name: str, ratings: Ratings, weights: Weights) -> Coefficient:
    q = len(ratings.categories)

    def chance() -> Chance:
        matrix, shares = weight_matrix(weights, q), _shares(ratings)
        scale = sum(map(sum, matrix)) / Fraction(q * (q - 1))
        expected = scale * sum(share * (1 - share) for share in shares)
        return expected, lambda _, counts: scale * _mean([1 - share for share in shares], counts)

    return _corrected(name, ratings, weights, chance)


def fleiss_kappa(ratings: Ratings, weights: Weights = "none") -> Coefficient:
    """Fleiss' kappa, the form of Scott's pi for several raters: chance from how often a category was used by anybody.

    >>> from caselight.method.statistics.agreement.ratings import ratings_of_counts
    >>> round(fleiss_kappa(ratings_of_counts([[0, 0, 4], [1, 3, 0], [4, 0, 0], [2, 2, 0], [0, 1, 3], [0, 4, 0]])).value, 4)
    0.5767
    """

    def chance() -> Chance:
        matrix, shares = weight_matrix(weights, len(ratings.categories)), _shares(ratings)
        alike = _weighted(matrix, shares)
        return sum((s * a for s, a in zip(shares, alike, strict=True)), Fraction(0)), lambda _, c: _mean(alike, c)

    return _corrected("fleiss_kappa", ratings, weights, chance)


def conger_kappa(ratings: Ratings, weights: Weights = "none") -> Coefficient:
    """Conger's kappa, the form of Cohen's for several raters: chance from each rater's own use of the categories.

    Raises ``agreement.raters-not-known`` for ratings that are known only as counts.
    """
    if ratings.anonymous:
        says = "Who gave which rating is not known, so each rater's own use of the categories is not known either."
        cure = "Give one list per rater, or use Fleiss' kappa."
        raise Faults([Fault("agreement.raters-not-known", ("ratings",), says, cure)])
    return _corrected("conger_kappa", ratings, weights, lambda: _conger(ratings, weights))


def _conger(ratings: Ratings, weights: Weights) -> Chance:
    """Chance over all pairs of raters, and how much each unit adds to it (the linear terms, by rater and category)."""
    q, raters = len(ratings.categories), ratings.raters
    matrix = weight_matrix(weights, q)
    rated = [sum(times for row, _, times in ratings.counted if row[g] is not None) for g in range(raters)]
    own = [
        [Fraction(sum(t for row, _, t in ratings.counted if row[g] == k), max(rated[g], 1)) for k in range(q)]
        for g in range(raters)
    ]
    pairs = raters * (raters - 1)
    # For each rater: how well a rating of this category fits what the other raters use, all of them added up.
    fits = [
        _weighted(matrix, [sum(column) - own[g][k] for k, column in enumerate(zip(*own, strict=True))])
        for g in range(raters)
    ]
    expected = sum((_dot(own[g], fits[g]) for g in range(raters)), Fraction(0)) / pairs

    def of_unit(row: Row, _: Counts) -> Fraction:
        total = Fraction(0)
        for g, place in enumerate(row):
            usual = _dot(own[g], fits[g])
            gap = 0 if place is None else Fraction(ratings.rated, rated[g]) * (fits[g][place] - usual)
            total += usual + gap
        return total / pairs

    return expected, of_unit


def _corrected(name: str, ratings: Ratings, weights: str, chance: Callable[[], Chance]) -> Coefficient:
    """The coefficient with this idea of chance; the idea is only asked where there is something to correct."""
    named = "" if weights == "none" else weights
    if not ratings.paired:
        return Coefficient(name, NO_PAIRS, 0, weights=named)
    if len(ratings.categories) < 2 or (expected := chance())[0] == 1:
        return Coefficient(name, NO_VARIATION, ratings.paired, weights=named)
    matrix = weight_matrix(weights, len(ratings.categories))
    value = (_observed(ratings, matrix) - expected[0]) / (1 - expected[0])
    se = _standard_error(ratings, matrix, expected, value) if ratings.disagreed else None
    return Coefficient(name, float(value), ratings.paired, se, weights=named, flags=flags_of(ratings))


def flags_of(ratings: Ratings) -> tuple[str, ...]:
    """What a reader of a coefficient has to be told about its table."""
    found = () if ratings.varied else (FLAG_NO_VARIATION,)
    return found if ratings.disagreed else (*found, FLAG_NO_DISAGREEMENT)


def _standard_error(ratings: Ratings, matrix: Matrix, chance: Chance, value: Fraction) -> float | None:
    expected, of_unit = chance
    n = ratings.rated
    if n < 2:
        return None
    more = Fraction(n, ratings.paired)
    squares = Fraction(0)
    for row, counts, times in ratings.counted:
        seen = more * (_pair_agreement(counts, matrix) - expected) if sum(counts) > 1 else 0
        shift = (seen - 2 * (1 - value) * (of_unit(row, counts) - expected)) / (1 - expected) - value
        squares += times * shift * shift
    return sqrt(squares / (n * (n - 1))) or None  # 0 would claim certainty


def _observed(ratings: Ratings, matrix: Matrix) -> Fraction:
    agreed = (times * _pair_agreement(counts, matrix) for _, counts, times in ratings.counted if sum(counts) > 1)
    return sum(agreed, Fraction(0)) / ratings.paired


def _pair_agreement(counts: Counts, matrix: Matrix) -> Fraction:
    """The weight of agreement of the pairs of ratings within one unit."""
    rated = sum(counts)
    alike = sum(n * (_dot(matrix[k], counts) - 1) for k, n in enumerate(counts) if n)
    return Fraction(alike, rated * (rated - 1))


def _plain(ratings: Ratings) -> Matrix:
    return weight_matrix("none", len(ratings.categories))


def _shares(ratings: Ratings) -> list[Fraction]:
    """How often each category was used: the mean of the units' own shares, over every rated unit."""
    totals = [Fraction(0)] * len(ratings.categories)
    for _, counts, times in ratings.counted:
        rated = sum(counts)
        for place, n in enumerate(counts):
            totals[place] += Fraction(times * n, rated)
    return [total / ratings.rated for total in totals]


def _mean(values: list[Fraction], counts: Counts) -> Fraction:
    return _dot(values, counts) / sum(counts)


def _weighted(matrix: Matrix, shares: list[Fraction]) -> list[Fraction]:
    return [_dot(row, shares) for row in matrix]


def _dot(left: Sequence[Fraction], right: Sequence[Fraction | int]) -> Fraction:
    # Most weights and counts are nought: leaving those out halves the time.
    return sum((a * b for a, b in zip(left, right, strict=True) if a and b), Fraction(0))
