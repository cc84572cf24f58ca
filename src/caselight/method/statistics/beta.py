"""The beta distribution in plain Python: how much of it lies below a share, and the share below which a part lies.

The continued fraction of the incomplete beta function (DLMF 8.17.22, evaluated by Lentz's method), good to ten digits
for counts up to some thousands; scipy is the oracle in the tests. Intervals made from it are in ``alternatives``.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

SMALLEST = 1e-300
ENOUGH = 1e-16
MOST_STEPS = 100_000


def beta_below(share: float, a: float, b: float) -> float:
    """The part of the beta distribution with the parameters ``a`` and ``b``, both above 0, that lies below ``share``.

    >>> beta_below(0.5, 2, 2)
    0.5
    """
    if share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(share) + b * log1p(-share))
    # The fraction converges fast on this side of the mean; the other side is the complement.
    if share <= (a + 1) / (a + b + 2):
        return min(scale * _fraction(share, a, b) / a, 1.0)
    return max(1 - scale * _fraction(1 - share, b, a) / b, 0.0)


def beta_quantile(part: float, a: float, b: float) -> float:
    """The share below which ``part`` of the beta distribution lies, found by halving.

    >>> round(beta_quantile(0.5, 3, 3), 10)
    0.5
    """
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        below = beta_below(middle, a, b)
        if below == part:
            return middle
        low, high = (low, middle) if below > part else (middle, high)
    return high


def _fraction(share: float, a: float, b: float) -> float:
    """The continued fraction, from the front; each step holds one even and one odd term."""
    numerator = 1.0
    denominator = 1 / _away_from_0(1 - (a + b) * share / (a + 1))
    value = denominator
    for step in range(1, MOST_STEPS):
        even = step * (b - step) * share / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * share / ((a + 2 * step) * (a + 2 * step + 1))
        change = 1.0
        for term in (even, odd):
            denominator = 1 / _away_from_0(1 + term * denominator)
            numerator = _away_from_0(1 + term / numerator)
            change = denominator * numerator
            value *= change
        if abs(change - 1) < ENOUGH:
            break
    return value


def _away_from_0(value: float) -> float:
    return value if abs(value) > SMALLEST else SMALLEST
