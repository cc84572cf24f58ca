"""What a way of rating may look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings.facts import RatingFacts
from caselight.method.analysis.ratings.found import Settled
from caselight.method.answers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Given:
    """What a way of rating may look at: the measures, other ratings by id, and what rules see."""

    measures: Measures
    settled: Callable[[str], Settled]
    facts: RatingFacts
    sheet: Sheet | None
