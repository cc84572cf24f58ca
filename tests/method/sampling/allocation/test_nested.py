"""Strata, clusters and workers: numbers add up at each level, and no worker is above the cap."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.sampling.allocation.changes import Change, Part, Why, sizes_after
from caselight.method.sampling.allocation.methods import ALLOCATIONS
from caselight.method.sampling.allocation.nested import Allocation, Nested, capped
from caselight.method.sampling.allocation.quotas import Bounds

CAP = 6


def workers(*rows: tuple[int, int]) -> tuple[Allocation, dict[Part, int]]:
    """One unit of workers: the number that each gives, and the cases that each holds."""
    parts = [("unit", f"w{at}") for at in range(1, len(rows) + 1)]
    sizes = {part: size for part, (size, _) in zip(parts, rows, strict=True)}
    changes = (Change((), Why.INITIAL, sum(sizes.values())), Change(("unit",), Why.INITIAL, sum(sizes.values())))
    held = {part: population for part, (_, population) in zip(parts, rows, strict=True)}
    return Allocation(sizes, changes), held


@pytest.mark.parametrize(
    ("rows", "sizes", "short"),
    [
        ([(8, 8), (3, 5), (2, 2), (5, 9)], [6, 4, 2, 6], 0),
        ([(9, 9)], [6], 3),
        ([(6, 9), (1, 1)], [6, 1], 0),
        ([(9, 9), (3, 9), (1, 9)], [6, 4, 3], 0),
        ([(9, 9), (1, 3)], [6, 3], 1),
    ],
)
def test_cases_above_the_cap_go_round_to_others_and_the_smallest_first(
    rows: list[tuple[int, int]], sizes: list[int], short: int
) -> None:
    found = capped(*workers(*rows), CAP)
    assert list(found.sizes.values()) == sizes
    assert [fault.code for fault in found.faults] == (["sample.worker-cap-short"] if short else [])
    assert f"{short} short" in found.faults[0].says if short else not found.faults
    assert sizes_after(found.changes)[()] == sum(sizes)


def test_the_cap_counts_a_worker_across_strata() -> None:
    held = {("a", "u", "w1"): 9, ("b", "u", "w1"): 9, ("b", "u", "w2"): 9}
    found = capped(Allocation({("a", "u", "w1"): 4, ("b", "u", "w1"): 4, ("b", "u", "w2"): 2}, ()), held, CAP)
    assert list(found.sizes.values()) == [4, 2, 4]


def test_cases_of_no_known_worker_are_not_capped() -> None:
    held = {("a", "not known"): 20}
    assert capped(Allocation({("a", "not known"): 9}, ()), held, CAP).sizes == {("a", "not known"): 9}


def test_a_maximum_inside_a_stratum_lowers_the_stratum_and_the_whole_and_says_so() -> None:
    held = {("a", "x"): 30, ("b", "x"): 30}
    bounds = {("a",): {"x": Bounds(0, 4)}}
    found = Nested(held, "equal", lambda part, _: bounds.get(part, {})).allocate(
        20, before=[Change((), Why.BY_RULE, 20)]
    )
    assert list(found.sizes.values()) == [4, 10]
    assert found.changes[-2:] == (Change(("a",), Why.LOWERED_TO_QUOTAS, 4), Change((), Why.LOWERED_TO_QUOTAS, 14))


STEPS = st.tuples(st.sampled_from("AB"), st.sampled_from("xyz"), st.sampled_from(["w1", "w2", "w3"]))
HELD = st.dictionaries(STEPS, st.integers(1, 12), min_size=1, max_size=12)


@settings(deadline=None)
@given(st.sampled_from(sorted(ALLOCATIONS)), HELD, st.integers(0, 120), st.integers(1, 8))
def test_levels_add_up_and_no_worker_is_above_the_cap(method: str, held: dict[Part, int], n: int, most: int) -> None:
    held = dict(sorted(held.items()))
    before = (Change((), Why.BY_RULE, min(n, sum(held.values()))),)
    whole = Nested(held, method, lambda *_: {}).allocate(min(n, sum(held.values())), before=before)
    assert sum(whole.sizes.values()) == min(n, sum(held.values()))
    found = capped(whole, held, most)
    used: Counter[str] = Counter()
    for part, size in found.sizes.items():
        assert 0 <= size <= held[part]
        used[part[-1]] += size
    assert max(used.values()) <= most
    told = sizes_after(found.changes)
    for depth in range(4):
        sums: Counter[Part] = Counter()
        for part, size in found.sizes.items():
            sums[part[:depth]] += size
        assert all(told[part] == size for part, size in sums.items())


@settings(deadline=None)
@given(HELD, st.integers(0, 120), st.integers(1, 8))
def test_the_sample_ends_short_only_when_nobody_of_the_unit_has_room(held: dict[Part, int], n: int, most: int) -> None:
    held = dict(sorted(held.items()))
    found = capped(Nested(held, "half-up-round-robin", lambda *_: {}).allocate(n), held, most)
    short = sum(int(fault.says.split(" short")[0].rsplit(" ", 1)[1]) for fault in found.faults)
    assert sum(found.sizes.values()) == min(n, sum(held.values())) - short
