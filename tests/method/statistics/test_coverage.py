"""How often each interval holds the true share, by adding up every sample that can be: no drawing, no luck."""

from math import comb

import pytest

from caselight.method.statistics.alternatives import agresti_coull_interval, jeffreys_interval
from caselight.method.statistics.hypergeometric import hypergeometric_interval
from caselight.method.statistics.proportions import (
    Bounds,
    clopper_pearson_interval,
    wilson_finite_interval,
    wilson_interval,
)


def binomial(k: int, n: int, share: float) -> float:
    return comb(n, k) * share**k * (1 - share) ** (n - k)


def drawn(k: int, population: int, marked: int, n: int) -> float:
    return comb(marked, k) * comb(population - marked, n - k) / comb(population, n)


SHARES = [percent / 100 for percent in range(1, 100)]


def covered(held: list[Bounds], n: int, share: float) -> float:
    return sum(binomial(k, n, share) for k, (low, high) in enumerate(held) if low <= share <= high)


@pytest.mark.parametrize("n", [5, 10, 20])
@pytest.mark.parametrize(
    ("interval", "lowest", "mean"),
    [
        (wilson_interval, 0.83, (0.945, 0.97)),
        (clopper_pearson_interval, 0.95, (0.97, 1.0)),
        (jeffreys_interval, 0.86, (0.94, 0.97)),
        (agresti_coull_interval, 0.90, (0.95, 0.98)),
    ],
)
def test_each_interval_covers_the_share_as_often_as_it_is_known_to(interval, n: int, lowest: float, mean) -> None:  # type: ignore[no-untyped-def]
    held = [interval(k, n) for k in range(n + 1)]
    found = [covered(held, n, share) for share in SHARES]
    assert min(found) >= lowest
    assert mean[0] <= sum(found) / len(found) <= mean[1]


@pytest.mark.parametrize(("n", "population"), [(5, 12), (10, 25), (17, 34)])
def test_the_exact_interval_of_a_list_is_never_too_narrow(n: int, population: int) -> None:
    held = [hypergeometric_interval(k, n, population) for k in range(n + 1)]
    for marked in range(population + 1):
        inside = [k for k, found in enumerate(held) if found.low_count <= marked <= found.high_count]  # type: ignore[union-attr]
        assert sum(drawn(k, population, marked, n) for k in inside) >= 0.95


@pytest.mark.parametrize(("n", "population"), [(10, 25), (17, 34)])
def test_wilsons_interval_of_a_list_covers_it_on_average(n: int, population: int) -> None:
    held = [wilson_finite_interval(k, n, population) for k in range(n + 1)]
    chances = []
    for marked in range(population + 1):
        inside = [k for k, (low, high) in enumerate(held) if low <= marked / population <= high]  # type: ignore[misc]
        chances.append(sum(drawn(k, population, marked, n) for k in inside))
    assert 0.93 <= sum(chances) / len(chances) <= 0.99
