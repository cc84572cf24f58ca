"""Two more intervals for a share, for whoever compares methods: Jeffreys and Agresti-Coull. None is a default.

Which interval a figure gets is decided in ``intervals``; the default formulas are in ``proportions`` and
``hypergeometric``. Conventions: frameworks.md, section 9.
"""

from __future__ import annotations

from math import sqrt

from caselight.method.statistics.beta import beta_quantile
from caselight.method.statistics.proportions import (
    CONFIDENCE,
    NO_CASES,
    Bounds,
    Undefined,
    check_counts,
    tail_area,
    z_score,
)


def jeffreys_interval(sufficient: int, relevant: int, confidence: float = CONFIDENCE) -> Bounds | Undefined:
    """The central interval of the posterior under Jeffreys' prior, Beta(k + 1/2, n - k + 1/2).

    The ends are not forced to 0 or 1 where no or every case was sufficient. Undefined without cases; ``figure.…``
    faults for counts that cannot be.

    >>> [round(end, 4) for end in jeffreys_interval(28, 32)]
    [0.7297, 0.9563]
    """
    check_counts(sufficient, relevant)
    tail = tail_area(confidence)
    if relevant == 0:
        return NO_CASES
    a, b = sufficient + 0.5, relevant - sufficient + 0.5
    # The upper end is the lower end of the other side, so that swapping the sides swaps the ends exactly.
    return Bounds(beta_quantile(tail, a, b), 1 - beta_quantile(tail, b, a))


def agresti_coull_interval(sufficient: int, relevant: int, confidence: float = CONFIDENCE) -> Bounds | Undefined:
    """The simple interval after z²/2 cases were added to either side (Agresti and Coull 1998), clipped to 0 to 1.

    >>> [round(end, 4) for end in agresti_coull_interval(0, 20)]
    [0.0, 0.1898]
    """
    check_counts(sufficient, relevant)
    z = z_score(confidence)
    if relevant == 0:
        return NO_CASES
    cases = relevant + z * z
    middle = (sufficient + z * z / 2) / cases
    spread = z * sqrt(middle * (1 - middle) / cases)
    return Bounds(max(middle - spread, 0.0), min(middle + spread, 1.0))
