"""What another sample of the same size would show: how likely each number of sufficient cases is.

Where the number of relevant cases in the caseload is known: every number K of sufficient cases in it is equally likely
beforehand, and weighs by how likely it makes the sample that was seen (the exact posterior); another sample of the same
size is then drawn from that caseload (hypergeometric). Where it is not known: the same for an endless caseload, which
is the beta-binomial distribution. A census has no other sample. Own design; ``tests/method/statistics`` holds the
enumeration that it must equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import exp, lgamma

from caselight.method.statistics.proportions import NEGLIGIBLE, NO_CASES, Undefined, check_counts

Chances = tuple[float, ...]


def another_sample(sufficient: int, relevant: int, population: int | None = None) -> Chances | Undefined:
    """The chance of 0, 1, … ``relevant`` sufficient cases in another sample of as many cases.

    ``population`` is the number of relevant cases in the caseload, ``None`` when it is not known. Undefined without
    cases; ``figure.…`` faults for counts that cannot be.

    >>> [round(chance, 4) for chance in another_sample(1, 2, 3)]
    [0.1667, 0.6667, 0.1667]
    >>> [round(chance, 4) for chance in another_sample(2, 2)]
    [0.1, 0.3, 0.6]
    """
    check_counts(sufficient, relevant, population)
    if relevant == 0:
        return NO_CASES
    if population is None:
        return _scaled(_beta_binomial(sufficient, relevant, relevant))
    if population == relevant:
        return tuple(float(count == sufficient) for count in range(relevant + 1))
    chances = [0.0] * (relevant + 1)
    posterior = _scaled(_beta_binomial(sufficient, relevant, population - relevant))
    for unseen, weight in enumerate(posterior):
        if weight > NEGLIGIBLE:
            for count, chance in _hypergeometric(relevant, sufficient + unseen, population):
                chances[count] += weight * chance
    return _scaled(chances)


def lowest_of(spreads: Iterable[dict[Fraction, float]]) -> dict[Fraction, float]:
    """How the lowest of several independent values is spread, from how each is.

    >>> lowest_of([{Fraction(1): 0.5, Fraction(2): 0.5}, {Fraction(2): 1.0}]) == {Fraction(1): 0.5, Fraction(2): 0.5}
    True
    """
    spreads = list(spreads)
    values = sorted({value for spread in spreads for value in spread}, reverse=True)
    reached = [0.0] * len(spreads)  # the chance that each is this value or more
    found: dict[Fraction, float] = {}
    above = 0.0
    for value in values:
        here = 1.0
        for at, spread in enumerate(spreads):
            reached[at] = min(reached[at] + spread.get(value, 0.0), 1.0)
            here *= reached[at]
        if here > above:
            found[value] = here - above
            above = here
    return found


def _beta_binomial(sufficient: int, relevant: int, others: int) -> list[float]:
    """The weight of 0, 1, … sufficient cases among ``others`` not seen, after a uniform prior; scaled by the caller.

    The weight of j is C(k+j, j) · C(n-k + m-j, m-j): a product of whole numbers, taken by its logarithm.
    """
    failed = relevant - sufficient
    logs = [
        _log_choose(sufficient + count, count) + _log_choose(failed + others - count, others - count)
        for count in range(others + 1)
    ]
    highest = max(logs)
    return [exp(value - highest) for value in logs]


def _hypergeometric(size: int, marked: int, population: int) -> Iterable[tuple[int, float]]:
    """The chance of each number of marked cases in a sample, from the likeliest outwards until nothing is left."""
    low, high = max(0, size - (population - marked)), min(size, marked)
    mode = min(max((size + 1) * (marked + 1) // (population + 2), low), high)
    peak = exp(
        _log_choose(marked, mode) + _log_choose(population - marked, size - mode) - _log_choose(population, size)
    )
    yield mode, peak
    chance = peak
    for count in range(mode, high):
        chance *= (marked - count) * (size - count) / ((count + 1) * (population - marked - size + count + 1))
        if chance < NEGLIGIBLE:
            break
        yield count + 1, chance
    chance = peak
    for count in range(mode, low, -1):
        chance *= count * (population - marked - size + count) / ((marked - count + 1) * (size - count + 1))
        if chance < NEGLIGIBLE:
            break
        yield count - 1, chance


def _scaled(weights: Sequence[float]) -> Chances:
    """The weights as chances that add up to 1."""
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
