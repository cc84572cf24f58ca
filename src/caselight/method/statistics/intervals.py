"""Which interval a share of cases gets, and why: the choice that letter.md (Figure, ``interval``) describes.

None for a census; exact hypergeometric where the number of relevant cases in the caseload is known; Wilson otherwise.
The formulas are in ``proportions`` and ``hypergeometric``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from caselight.method.statistics.hypergeometric import ListBounds, hypergeometric_interval
from caselight.method.statistics.proportions import CONFIDENCE, Bounds, Undefined, check_counts, wilson_interval

Choice = Literal["undefined", "census", "hypergeometric", "wilson"]

WHY_NOT_DRAWN = "They were not drawn at random from a longer list, so there is nothing to estimate."
WHY_UNDEFINED = "No case was relevant, so there is no share."
WHY_CENSUS = "Every relevant case of the caseload was examined, so the share is exact and needs no interval."
WHY_HYPERGEOMETRIC = (
    "{n} of the {population} relevant cases of the caseload were examined, so the interval is exact (hypergeometric)."
)
WHY_WILSON = (
    "How many cases of the caseload are relevant is not known, so the interval is Wilson's, as for a large caseload."
)
STRATA_IGNORED = " It treats the sample as one simple draw: strata are ignored."


@dataclass(frozen=True, slots=True)
class Interval:
    """The range that the share in the whole caseload may lie in, with the method and the reason for that method.

    ``method`` is ``wilson``, ``hypergeometric``, ``none`` (a census, or subjects that were not drawn) or ``undefined``
    (no case was relevant); ``low`` and ``high`` are shares of 1, and ``None`` with the last two. ``why`` is a sentence
    for the reader. ``population`` is the number of relevant cases in the caseload where that is known.
    """

    method: str
    why: str
    low: float | None = None
    high: float | None = None
    confidence: float = CONFIDENCE
    population: int | None = None


def interval_method(relevant: int, population: int | None, *, census: bool = False) -> Choice:
    """Which method the base of a figure allows.

    ``population`` is the number of relevant cases in the whole caseload, ``None`` where an inspector's decision makes
    it unknown; ``census`` says that every eligible case was examined.

    >>> interval_method(34, 60)
    'hypergeometric'
    """
    if relevant == 0:
        return "undefined"
    if census or relevant == population:
        return "census"
    return "wilson" if population is None else "hypergeometric"


def interval_for(
    sufficient: int,
    relevant: int,
    *,
    population: int | None = None,
    sampled: bool = True,
    census: bool = False,
    stratified: bool = False,
) -> Interval:
    """The interval of ``sufficient`` of ``relevant`` cases at 95% confidence, by the method that the base allows.

    ``sampled`` is false for subjects that nobody drew (case managers); ``stratified`` adds to the reason that strata
    are ignored. Raises ``figure.…`` faults for counts that cannot be.

    >>> interval_for(28, 34, population=34).method
    'none'
    """
    check_counts(sufficient, relevant, population)
    choice = interval_method(relevant, population, census=census)
    if choice == "undefined":
        return Interval("undefined", WHY_UNDEFINED, population=population)
    if not sampled:
        return Interval("none", WHY_NOT_DRAWN)
    if choice == "census":
        return Interval("none", WHY_CENSUS, population=population)
    strata = STRATA_IGNORED if stratified else ""
    if population is None:
        return _between(wilson_interval(sufficient, relevant), Interval("wilson", WHY_WILSON + strata))
    why = WHY_HYPERGEOMETRIC.format(n=relevant, population=population) + strata
    exact = hypergeometric_interval(sufficient, relevant, population)
    return _between(exact, Interval("hypergeometric", why, population=population))


def _between(bounds: Bounds | ListBounds | Undefined, interval: Interval) -> Interval:
    if isinstance(bounds, Undefined):
        return replace(interval, method="undefined", why=WHY_UNDEFINED)
    return replace(interval, low=bounds.low, high=bounds.high)
