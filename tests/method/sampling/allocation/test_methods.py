"""Every method of allocation: the worked numbers, exact totals, no part above what it holds, a naive oracle."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.framework.sampling import AllocationName
from caselight.method.sampling.allocation.changes import Why, sizes_after
from caselight.method.sampling.allocation.methods import ALLOCATIONS, allocated, half_up

TEN = Fraction(1, 10)
SIZES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 60), min_size=1, max_size=8)
METHODS = st.sampled_from(sorted(ALLOCATIONS))
BUFFERS = st.fractions(0, 1, max_denominator=20)


def parts(*sizes: int) -> dict[str, int]:
    return dict(zip("ABCDE", sizes, strict=False))


# The calls of the ministry's sampler (MIT), documented there or computed from its rules: frameworks.md, section 8.
@pytest.mark.parametrize(
    ("n", "held", "buffer", "sizes"),
    [
        (10, (50, 50), 0, (5, 5)),
        (10, (50, 50, 50), 0, (4, 3, 3)),
        (1000, (50, 50, 50), 0, (50, 50, 50)),
        (30, (65, 55, 86, 24), 0, (8, 7, 11, 4)),
        (50, (75, 48, 6, 58), 0, (19, 13, 2, 16)),
        (34, (70, 25, 12, 6, 3), 10, (22, 8, 4, 2, 1)),
        (25, (5, 45, 50), 20, (1, 13, 16)),
    ],
)
def test_half_up_round_robin_gives_what_the_sampler_gives(
    n: int, held: tuple[int, ...], buffer: int, sizes: tuple[int, ...]
) -> None:
    assert allocated("half-up-round-robin", parts(*held), n, Fraction(buffer, 100)).sizes == parts(*sizes)


@pytest.mark.parametrize("buffer", [Fraction(0), TEN])
@pytest.mark.parametrize("n", range(10, 91))
def test_half_up_round_robin_always_adds_up(n: int, buffer: Fraction) -> None:
    found = allocated("half-up-round-robin", parts(60, 30, 30), n, buffer)
    assert found.total == min(120, n + half_up(n * buffer))


@pytest.mark.parametrize(
    ("method", "n", "held", "sizes"),
    [
        ("proportional-largest-remainder", 30, (65, 55, 86, 24), (9, 7, 11, 3)),
        ("proportional-largest-remainder", 50, (75, 48, 6, 58), (20, 13, 2, 15)),
        ("proportional", 30, (65, 55, 86, 24), (9, 7, 11, 3)),
        ("proportional", 3, (3, 1, 1), (2, 1, 0)),  # 3, then a tie of 1, 1 and 1
        ("equal", 10, (50, 50, 50), (4, 3, 3)),
        ("equal", 10, (2, 50, 60), (2, 4, 4)),
        ("equal", 11, (2, 50, 60), (2, 4, 5)),
        ("equal", 2, (1, 5, 9), (0, 1, 1)),
    ],
)
def test_the_other_methods_give_other_numbers(
    method: str, n: int, held: tuple[int, ...], sizes: tuple[int, ...]
) -> None:
    assert allocated(method, parts(*held), n).sizes == parts(*sizes)


def test_every_method_that_a_framework_may_name_is_registered_and_gives_numbers_of_its_own() -> None:
    assert set(get_args(AllocationName)) == set(ALLOCATIONS)
    held = parts(60, 28, 33, 54, 59)
    assert len({tuple(allocated(name, held, 17).sizes.values()) for name in ALLOCATIONS}) == len(ALLOCATIONS)


@settings(deadline=None)
@given(METHODS, SIZES, st.integers(0, 500), BUFFERS)
def test_the_total_is_exact_and_no_part_gives_more_than_it_holds(
    method: str, held: dict[str, int], n: int, buffer: Fraction
) -> None:
    found = allocated(method, held, n, buffer)
    assert found.total == min(sum(held.values()), n + half_up(n * buffer))
    assert all(0 <= found.sizes[name] <= held[name] for name in held)


@settings(deadline=None)
@given(METHODS, SIZES, st.integers(0, 500), BUFFERS)
def test_the_history_ends_in_the_sizes(method: str, held: dict[str, int], n: int, buffer: Fraction) -> None:
    found = allocated(method, held, n, buffer)
    assert sizes_after(found.changes) == {(name,): size for name, size in found.sizes.items()}
    assert [change.why for change in found.changes[: len(held)]] == [Why.INITIAL] * len(held)


@settings(deadline=None)
@given(METHODS, SIZES, st.integers(0, 300), st.randoms(use_true_random=False))
def test_the_order_in_which_cases_are_listed_is_without_effect(
    method: str, held: dict[str, int], n: int, shuffler: Any
) -> None:
    rows = list(held.items())
    shuffler.shuffle(rows)
    assert allocated(method, dict(sorted(rows)), n).sizes == allocated(method, dict(sorted(held.items())), n).sizes


@settings(deadline=None)
@given(SIZES, st.integers(0, 300))
def test_a_larger_proportional_sample_only_adds_cases(held: dict[str, int], n: int) -> None:
    smaller, larger = (allocated("proportional", held, size).sizes for size in (n, n + 1))
    assert all(smaller[name] <= larger[name] for name in held)


@settings(deadline=None)
@given(SIZES, st.integers(0, 300), st.integers(0, 50))
def test_half_up_round_robin_equals_a_naive_one(held: dict[str, int], n: int, percent: int) -> None:
    buffer = Fraction(percent, 100)
    assert allocated("half-up-round-robin", held, n, buffer).sizes == naive(held, n, percent)


def naive(held: dict[str, int], n: int, percent: int) -> dict[str, int]:
    """The rule again in other words: floats for rounding, one case and one turn of the wheel at a time."""
    total = sum(held.values())
    sizes = {}
    for name, number in held.items():
        base = min(number, math.floor(n * number / total + 0.5 + 1e-12)) if total else 0
        sizes[name] = min(number, base + math.floor(base * percent / 100 + 0.5 + 1e-12))
    target = min(total, n + math.floor(n * percent / 100 + 0.5 + 1e-12))
    wheel = sorted(sizes, key=sizes.__getitem__)
    turn = 0
    while sum(sizes.values()) < target:
        name = wheel[turn % len(wheel)]
        sizes[name] += sizes[name] < held[name]
        turn += 1
    wheel, turn = sorted(sizes, key=lambda name: -sizes[name]), 0
    while sum(sizes.values()) > target:
        name = wheel[turn % len(wheel)]
        sizes[name] -= sizes[name] > 0
        turn += 1
    return sizes


def test_halves_are_rounded_up_and_not_to_the_even_number() -> None:
    assert [half_up(Fraction(number, 2)) for number in (1, 3, 5, 25)] == [1, 2, 3, 13]
