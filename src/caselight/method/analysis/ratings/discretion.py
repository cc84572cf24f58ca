"""Whether a panel may decide otherwise, worked out and never claimed: near a boundary, one case, few cases."""

from __future__ import annotations

from fractions import Fraction

from caselight.method.analysis.ratings.found import Found
from caselight.method.framework.ratings import Discretion


def open_because(rule: Discretion, found: Found, provisional: str, moves: frozenset[str]) -> tuple[str, ...]:
    """Why discretion is open: ``within_points``, ``one_case``, ``few_cases``; empty when it is closed.

    ``moves`` are the grades, after caps, that another judgement in one case would give.
    """
    held = {
        "within_points": _near(rule, found),
        "one_case": rule.one_case and any(grade != provisional for grade in moves),
        "few_cases": rule.base_at_most is not None and found.cases is not None and found.cases <= rule.base_at_most,
    }
    return tuple(name for name, holds in held.items() if holds)


def _near(rule: Discretion, found: Found) -> bool:
    distances = [distance for distance in (found.to_worse, found.to_better) if distance is not None]
    if rule.within_points is None or not distances:
        return False
    points = Fraction(str(rule.within_points))
    return min(distances) <= points if rule.inclusive else min(distances) < points
