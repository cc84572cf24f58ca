"""How many cases: the rules of size by name, what bounds them, and the precision that a number gives.

A framework names the rule. Percentages are exact (0.2 × 60 is 12 and not 13); precision is the formula of
:mod:`caselight.method.statistics.sample_size`, and the margin here is the same formula read the other way.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, sqrt
from typing import Any

from caselight.method.faults import Fault, stop
from caselight.method.framework.measures import exact
from caselight.method.framework.sampling import ByPrecision, SampleDesign, SizeBand
from caselight.method.sampling.allocation.changes import Change, Why
from caselight.method.statistics.proportions import z_score
from caselight.method.statistics.sample_size import sample_size

Rule = Callable[[Any, int, SampleDesign], int]


def size_changes(design: SampleDesign, population: int, chosen: int | None = None) -> tuple[Change, ...]:
    """The size of a sample of ``population`` cases by the design's rule, and every change until it stands.

    ``chosen`` is a size that the inspection took instead; it is noted after the rule's. The population bounds it
    always. The buffer is not in it: it is allocated.

    >>> from caselight.method.framework.sampling import Size
    >>> design = SampleDesign(id="a", title="A", size=Size(by_percentage="20%", at_least=20), provenance="own-design")
    >>> [(change.why.value, change.size) for change in size_changes(design, 12)]
    [('BY_RULE', 3), ('RAISED_TO_MINIMUM', 20), ('LOWERED_TO_POPULATION', 12)]
    """
    way, needs = design.size.way
    changes = [Change((), Why.BY_RULE, SIZE_RULES[way](needs, population, design), way)]
    _bound(changes, Why.RAISED_TO_MINIMUM, max(changes[-1].size, design.size.at_least or 0))
    _bound(changes, Why.LOWERED_TO_MAXIMUM, min(changes[-1].size, design.size.at_most or changes[-1].size))
    _bound(changes, Why.CHOSEN, changes[-1].size if chosen is None else chosen)
    _bound(changes, Why.LOWERED_TO_POPULATION, min(changes[-1].size, population))
    return tuple(changes)


def _bound(changes: list[Change], why: Why, size: int) -> None:
    if size != changes[-1].size:
        changes.append(Change((), why, size))


def percentage(share: Fraction, population: int) -> int:
    """A share of a population, rounded up, exactly.

    >>> percentage(Fraction(1, 5), 60)
    12
    """
    return ceil(share * population)


def _by_precision(needs: ByPrecision, population: int, _: SampleDesign) -> int:
    return sample_size(
        population,
        confidence=exact(needs.confidence),
        margin=exact(needs.margin),
        p=exact(needs.expected),
        rounding=needs.rounding,
    )


def _by_band(bands: tuple[SizeBand, ...], population: int, _: SampleDesign) -> int:
    fits = (band for band in bands if band.from_ <= population and (band.to is None or population <= band.to))
    band = next(fits, None)
    if band is None:
        says = f"No band of the size fits a population of {population}."
        cure = "Add a band for it; the last may have no end."
        stop(Fault("sample.no-band", ("sample", "size", "by_band"), says, cure))
    if band.number is not None:
        return band.number
    return population if band.all else percentage(exact(band.share or "100%"), population)


def _by_quotas(_: bool, population: int, design: SampleDesign) -> int:
    del population
    return sum(quota.low for quota in design.quotas if not quota.of_clusters)


SIZE_RULES: dict[str, Rule] = {
    "fixed": lambda number, *_: int(number),
    "by_precision": _by_precision,
    "by_percentage": lambda share, population, _: percentage(exact(share), population),
    "by_band": _by_band,
    "by_quotas": _by_quotas,
    "all": lambda _, population, __: int(population),
}


def margin(n: int, population: int, *, confidence: float = 0.8, share: float = 0.5) -> float | None:
    """How far, either side, a share found in ``n`` of ``population`` cases may be from that of all of them.

    A share of 1: 0.05 is five percentage points. 0 for a census, ``None`` without a case. This is what the size was
    planned with; the interval of a figure is worked out from what was found.

    >>> round(margin(63, 100, confidence=0.8), 3)
    0.049
    """
    if n < 1 or population < 1:
        return None
    if n >= population:
        return 0.0
    # The formula of the size solved for the margin: n = n0 / (1 + (n0 - 1) / N), so n0 = n (N - 1) / (N - n).
    unlimited = n * (population - 1) / (population - n)
    return z_score(confidence) * sqrt(share * (1 - share) / unlimited)
