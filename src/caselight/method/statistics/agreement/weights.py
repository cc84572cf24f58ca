"""How nearly right a neighbouring category is: none, linear or quadratic weights, by the order of the categories.

Weights are of *agreement*: 1 on the diagonal. Krippendorff's metrics are of disagreement, and are something else
(``alpha``): his ordinal metric is not a set of ordinal weights (frameworks.md, section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeVar

from caselight.method.faults import Fault, Faults, did_you_mean, quoted

Weights = Literal["none", "linear", "quadratic"]
Matrix = tuple[tuple[Fraction, ...], ...]
Entry = TypeVar("Entry")


def _linear(distance: Fraction) -> Fraction:
    return 1 - distance


def _quadratic(distance: Fraction) -> Fraction:
    return 1 - distance * distance


def _none(distance: Fraction) -> Fraction:
    return Fraction(distance == 0)


WEIGHTS: Mapping[str, Callable[[Fraction], Fraction]] = {"none": _none, "linear": _linear, "quadratic": _quadratic}


@lru_cache(maxsize=32)  # asked for again and again, with few categories
def weight_matrix(weights: str, categories: int) -> Matrix:
    """The weight of every pair of categories, by how far apart they stand as a share of the whole range.

    Raises ``agreement.unknown-weights``.

    >>> [str(weight) for weight in weight_matrix("linear", 3)[0]]
    ['1', '1/2', '0']
    """
    weigh = named(WEIGHTS, weights, "agreement.unknown-weights")
    whole = max(categories - 1, 1)
    places = range(categories)
    return tuple(tuple(weigh(Fraction(abs(i - j), whole)) for j in places) for i in places)


def named(known: Mapping[str, Entry], name: str, code: str) -> Entry:
    """One entry of a table by its name; a fault with ``code`` when there is none of that name."""
    if name not in known:
        raise Faults([Fault(code, (name,), f"{quoted(name)} is not known here.", did_you_mean(str(name)[:60], known))])
    return known[name]
