"""How many cases to look at, so that a share comes out within a margin at a stated confidence.

Cochran's formula with the correction for a list of known length (frameworks.md, section 3): n0 = z² p (1 - p) / e²,
n = n0 / (1 + (n0 - 1) / N). How the result becomes a whole number is a setting: rounding up keeps the promise, and a
widely copied table rounds to the nearest. Which cases are looked at is decided in ``caselight.method.sampling``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from caselight.method.faults import Fault, Faults
from caselight.method.statistics.proportions import z_score

Rounding = Literal["up", "nearest"]

# A result that is whole but for the last bits of a floating point number is whole.
NEARLY_WHOLE = 1e-9

ROUNDINGS: Mapping[Rounding, Callable[[float], int]] = {
    "up": lambda size: ceil(size - NEARLY_WHOLE),
    "nearest": lambda size: floor(size + 0.5),
}


def sample_size(
    population: int,
    *,
    confidence: Fraction | float,
    margin: Fraction | float,
    p: Fraction | float = 0.5,
    rounding: Rounding = "up",
) -> int:
    """The number of cases to draw from a list of ``population`` so that a share is known to ``margin`` either side.

    ``margin`` and ``p``, the share that is expected, are shares of 1 (``0.05`` is five percentage points); one half is
    the share that needs most cases. From 1 to the whole list; 0 for an empty list. Raises ``sample.…`` faults for a
    population below 0 and for a margin or an expected share that is not between 0 and 1, and
    ``figure.confidence-out-of-range``.

    >>> sample_size(100, confidence=0.8, margin=0.05)
    63
    """
    _refuse_impossible(population, margin, p)
    z = z_score(float(confidence))
    if population == 0:
        return 0
    unlimited = z * z * float(p) * (1 - float(p)) / float(margin) ** 2
    size = unlimited / (1 + (unlimited - 1) / population)
    return min(max(ROUNDINGS[rounding](size), 1), population)


def _refuse_impossible(population: int, margin: Fraction | float, p: Fraction | float) -> None:
    faults = []
    if population < 0:
        says = f"A list of {population} cases cannot be."
        faults.append(Fault("sample.negative-population", ("population",), says, "Give the number of eligible cases."))
    if not 0 < margin < 1:
        says, cure = f"A margin of {float(margin)} has no meaning.", "Give a share between 0 and 1: 0.05 is 5 points."
        faults.append(Fault("sample.margin-out-of-range", ("margin",), says, cure))
    if not 0 < p < 1:
        says, cure = f"An expected share of {float(p)} needs no sample.", "Give a share between 0 and 1, such as 0.5."
        faults.append(Fault("sample.expected-share-out-of-range", ("p",), says, cure))
    if faults:
        raise Faults(faults)
