"""Two people's marks of the same cases as two questions: *does it apply?* and *is it sufficient?*

*Not relevant* is a category of the first and left out of the second, which is asked of the cases that both thought
relevant. One figure for both would hide which of the two people differ about (frameworks.md, section 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.ratings import Category, Ratings, ratings_of
from caselight.method.statistics.agreement.several_raters import gwet_ac1, percent_agreement
from caselight.method.statistics.agreement.two_raters import cohen_kappa

RELEVANT, NOT_RELEVANT = "relevant", "not relevant"
Marks = Sequence[Category | None]


@dataclass(frozen=True, slots=True)
class Paired:
    """The marks of two people, taken apart: whether each case is relevant, and what both said of the relevant ones."""

    applicability: Ratings
    judgement: Ratings


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two people agree: percent, AC1, and kappa beside it."""

    n: int
    agreement: Coefficient
    ac1: Coefficient
    kappa: Coefficient


def take_apart(first: Marks, second: Marks, not_relevant: Category, categories: Sequence[Category]) -> Paired:
    """The two sets of ratings. ``categories`` are those of the judgement, without ``not_relevant``."""

    def applies(marks: Marks) -> list[Category | None]:
        return [None if mark is None else NOT_RELEVANT if mark == not_relevant else RELEVANT for mark in marks]

    # The same units stay in both lists: one that either thought not relevant is left out on both sides.
    out = [not_relevant in pair for pair in zip(first, second, strict=False)]
    out += [False] * abs(len(first) - len(second))
    judged = [[None if gone else mark for mark, gone in zip(marks, out, strict=False)] for marks in (first, second)]
    return Paired(
        ratings_of([applies(first), applies(second)], [RELEVANT, NOT_RELEVANT]), ratings_of(judged, categories)
    )


def paired_agreement(
    first: Marks, second: Marks, not_relevant: Category, categories: Sequence[Category]
) -> tuple[Agreed, Agreed]:
    """How far two people agree whether it applies, and, where both think so, how it was.

    >>> applies, judged = paired_agreement(["Y", "NA", "N"], ["Y", "Y", "N"], "NA", ["Y", "N"])
    >>> applies.n, judged.n, judged.agreement.value
    (3, 2, 1.0)
    """
    paired = take_apart(first, second, not_relevant, categories)
    return _agreed(paired.applicability), _agreed(paired.judgement)


def _agreed(ratings: Ratings) -> Agreed:
    return Agreed(ratings.paired, percent_agreement(ratings), gwet_ac1(ratings), cohen_kappa(ratings))
