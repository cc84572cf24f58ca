"""Intervals for a share of cases: Wilson, for a finite list and for clusters too, and Clopper-Pearson. The formulas, no choice of method.

Plain Python, so that an inspector's question about a number can be answered from one page; scipy and statsmodels are
the oracles in the tests. No cases at all is *undefined*, never 0; counts that cannot be are faults (frameworks.md,
section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import NamedTuple

from caselight.method.faults import Fault, Faults

CONFIDENCE = 0.95
NEGLIGIBLE = 1e-17


class Bounds(NamedTuple):
    """The lowest and the highest share that the sample leaves open, as shares of 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Undefined:
    """What a statistic is when it has no value, and why. It is not zero."""

    reason: str


NO_CASES = Undefined("no cases")


def check_counts(sufficient: int, relevant: int, population: int | None = None) -> None:
    """Refuse counts that cannot be: negatives, more sufficient than relevant, a sample larger than its list.

    >>> check_counts(28, 32, 60)
    """
    faults = [
        Fault(
            "figure.negative-count",
            (name,),
            f"The number of {name} cases is {count}.",
            "A count is 0 or more: look for the step that subtracted too much.",
        )
        for name, count in (("sufficient", sufficient), ("relevant", relevant), ("listed", population or 0))
        if count < 0
    ]
    if sufficient > relevant >= 0:
        faults.append(
            Fault(
                "figure.more-than-base",
                ("sufficient",),
                f"{sufficient} of {relevant} cases is more than all of them.",
                "Count the sufficient cases among the relevant ones only.",
            )
        )
    if population is not None and relevant > population >= 0:
        faults.append(
            Fault(
                "figure.sample-larger-than-list",
                ("population",),
                f"{relevant} cases were examined, but the list they come from has {population}.",
                "Correct the facts of the caseload, or leave its number of relevant cases open.",
            )
        )
    if faults:
        raise Faults(faults)


def z_score(confidence: float = CONFIDENCE) -> float:
    """How many standard deviations either side hold this part of the normal curve.

    Raises ``figure.confidence-out-of-range`` unless the confidence lies between 0 and 1.

    >>> round(z_score(0.95), 4)
    1.96
    """
    return -NormalDist().inv_cdf(tail_area(confidence))


def tail_area(confidence: float) -> float:
    """The part of the curve left out at each end; refuses a confidence that is not between 0 and 1.

    >>> tail_area(0.5)
    0.25
    """
    if not 0 < confidence < 1:
        raise Faults(
            [
                Fault(
                    "figure.confidence-out-of-range",
                    ("confidence",),
                    f"A confidence of {confidence} has no meaning.",
                    "Give a number between 0 and 1, such as 0.95.",
                )
            ]
        )
    return (1 - confidence) / 2


def wilson_interval(sufficient: int, relevant: int, confidence: float = CONFIDENCE) -> Bounds | Undefined:
    """Wilson's score interval for ``sufficient`` of ``relevant`` cases out of a large number (Wilson 1927).

    Exactly 0 or 1 at the ends where no or every case was sufficient. Undefined without cases.

    >>> [round(end, 4) for end in wilson_interval(81, 263)]
    [0.2553, 0.3662]
    """
    check_counts(sufficient, relevant)
    z = z_score(confidence)
    return NO_CASES if relevant == 0 else _score(sufficient, relevant, z * z)


def wilson_finite_interval(
    sufficient: int, relevant: int, population: int, confidence: float = CONFIDENCE
) -> Bounds | Undefined:
    """Wilson's interval for a sample of a list of ``population`` cases.

    z squared is multiplied by (N - n)/(N - 1), and the ends are clipped to what the list still allows:
    k/N to (N - n + k)/N.

    >>> [round(end, 4) for end in wilson_finite_interval(28, 34, 40)]
    [0.7679, 0.85]
    """
    check_counts(sufficient, relevant, population)
    z = z_score(confidence)
    if relevant == 0:
        return NO_CASES
    unseen = population - relevant
    low, high = _score(sufficient, relevant, z * z * unseen / max(population - 1, 1))
    return Bounds(max(low, sufficient / population), min(high, (unseen + sufficient) / population))


def wilson_clustered_interval(
    clusters: Iterable[tuple[int, int]], confidence: float = CONFIDENCE
) -> Bounds | Undefined:
    """Wilson's interval for cases that belong together in clusters, each (sufficient, relevant): those of one person.

    z squared is multiplied by the design effect (Kish 1965), so that clusters of one case each give Wilson's interval.

    >>> once, twice = [(1, 1)] * 81 + [(0, 1)] * 182, [(2, 2)] * 81 + [(0, 2)] * 182
    >>> [[round(end, 4) for end in wilson_clustered_interval(of)] for of in (once, twice)]
    [[0.2553, 0.3662], [0.2553, 0.3662]]
    """
    clusters = list(clusters)
    for sufficient, relevant in clusters:
        check_counts(sufficient, relevant)
    z = z_score(confidence)
    sufficient, relevant = (sum(counts) for counts in zip(*clusters, strict=True)) if clusters else (0, 0)
    return NO_CASES if relevant == 0 else _score(sufficient, relevant, z * z * design_effect(clusters))


def design_effect(clusters: Iterable[tuple[int, int]]) -> float:
    """How many times the variance of a share grows because its cases come in clusters, each (sufficient, relevant).

    The variance of a ratio, of which clusters are the units, by that of as many single cases. Never below 1: an
    interval is not made narrower than Wilson's. Where no case or every case is sufficient nothing varies, and a cluster
    is taken to say the same throughout.

    >>> design_effect([(1, 1), (0, 1), (0, 1)]), design_effect([(2, 2), (0, 2), (0, 2)])
    (1.0, 2.0)
    """
    clusters = list(clusters)
    k, n = sum(of for of, _ in clusters), sum(of for _, of in clusters)
    if not 0 < k < n:
        return max(sum(of * of for _, of in clusters) / n, 1.0) if n else 1.0
    return max(sum((n * of - k * size) ** 2 for of, size in clusters) / (n * k * (n - k)), 1.0)


def _score(sufficient: int, relevant: int, z2: float) -> Bounds:
    failed = relevant - sufficient
    middle = sufficient + z2 / 2
    spread = sqrt(z2) * sqrt(sufficient * failed / relevant + z2 / 4)
    low = (middle - spread) / (relevant + z2) if sufficient else 0.0
    high = (middle + spread) / (relevant + z2) if failed else 1.0
    return Bounds(max(low, 0.0), min(high, 1.0))


def clopper_pearson_interval(sufficient: int, relevant: int, confidence: float = CONFIDENCE) -> Bounds | Undefined:
    """The exact interval from the two binomial tails (Clopper and Pearson 1934), found by halving.

    Never narrower than it should be, often wider: Wilson's is the default, this one the cautious comparison.

    >>> [round(end, 4) for end in clopper_pearson_interval(0, 20)]
    [0.0, 0.1684]
    """
    check_counts(sufficient, relevant)
    tail = tail_area(confidence)
    if relevant == 0:
        return NO_CASES
    return Bounds(_lower_end(sufficient, relevant, tail), 1 - _lower_end(relevant - sufficient, relevant, tail))


def _lower_end(count: int, total: int, tail: float) -> float:
    """The share at which ``count`` or more of ``total`` would be just as rare as ``tail``."""
    if count == 0:
        return 0.0
    return _halve(lambda share: _at_least(count, total, share) > tail, 0.0, 1.0)


def _halve(too_high: Callable[[float], bool], low: float, high: float) -> float:
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if too_high(middle) else (middle, high)
    return high


def _at_least(count: int, total: int, share: float) -> float:
    """P(X >= count), summed away from the mode, where terms only shrink."""
    if count > share * total:
        return _shrinking(count, total, share)
    return 1 - _shrinking(total - count + 1, total, 1 - share)


def _shrinking(count: int, total: int, share: float) -> float:
    if count > total or share <= 0:
        return 0.0
    choose = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    # A share so close to 1 that nothing is left of the failures takes all of the terms with it but the last.
    failed = (total - count) * log1p(-share) if share < 1 else 0.0
    term = total_so_far = exp(choose + count * log(share) + failed)
    odds = share / (1 - share) if share < 1 else 0.0
    for reached in range(count, total):
        term *= (total - reached) / (reached + 1) * odds
        total_so_far += term
        if term < NEGLIGIBLE * total_so_far:
            break
    return total_so_far
