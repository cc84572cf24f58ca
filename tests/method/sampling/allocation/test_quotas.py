"""Quotas: what they force, what they leave to the method, and what is said when they cannot be met."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.sampling.allocation.changes import Why
from caselight.method.sampling.allocation.methods import ALLOCATIONS, allocated, half_up
from caselight.method.sampling.allocation.quotas import Bounds, within_quotas


@pytest.mark.parametrize(
    ("held", "n", "bounds", "sizes"),
    [
        ({"foster": 400, "home": 100}, 65, {"foster": Bounds(0, 40)}, {"foster": 40, "home": 25}),
        ({"foster": 400, "home": 20}, 65, {"foster": Bounds(0, 40)}, {"foster": 40, "home": 20}),  # ends short
        ({"foster": 30, "home": 300}, 65, {"foster": Bounds(40, 40)}, {"foster": 30, "home": 35}),  # not enough foster
        ({"a": 100, "b": 10, "c": 10}, 30, {"b": Bounds(5), "c": Bounds(5)}, {"a": 20, "b": 5, "c": 5}),
        ({"a": 100, "b": 10}, 22, {"a": Bounds(0, 15), "b": Bounds(4)}, {"a": 15, "b": 7}),
        ({"a": 10, "b": 10}, 10, {}, {"a": 5, "b": 5}),
    ],
)
def test_parts_stay_within_their_quotas_and_the_rest_is_proportional(
    held: dict[str, int], n: int, bounds: dict[str, Bounds], sizes: dict[str, int]
) -> None:
    assert within_quotas("proportional", held, n, bounds)[0].sizes == sizes


def test_a_minimum_that_a_part_cannot_give_is_said_and_made_up_for_by_nobodys_maximum() -> None:
    log, faults = within_quotas("equal", {"a": 3, "b": 9}, 10, {"a": Bounds(5, 5), "b": Bounds(5, 5)})
    assert log.sizes == {"a": 3, "b": 5}
    assert [fault.code for fault in faults] == ["sample.quota-not-met"]


def test_minimums_above_the_size_are_refused() -> None:
    with pytest.raises(Faults) as refused:
        within_quotas("equal", {"a": 9, "b": 9}, 5, {"a": Bounds(3), "b": Bounds(3)})
    assert [fault.code for fault in refused.value] == ["sample.quotas-exceed-size"]


def test_the_history_says_which_quota_moved_a_part_and_which_parts_made_room() -> None:
    log, _ = within_quotas("proportional", {"a": 80, "b": 20, "c": 20}, 12, {"a": Bounds(0, 4), "c": Bounds(5)})
    after = {change.part[0]: change.why for change in log.changes}
    assert log.sizes == {"a": 4, "b": 3, "c": 5}
    assert after == {"a": Why.LOWERED_TO_QUOTA, "b": Why.RAISED_FOR_QUOTAS, "c": Why.RAISED_TO_QUOTA}


BOUNDED = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 10), st.one_of(st.none(), st.integers(0, 30))), min_size=1, max_size=6
)


@settings(deadline=None)
@given(st.sampled_from(sorted(ALLOCATIONS)), BOUNDED, st.integers(0, 150), st.fractions(0, 1, max_denominator=10))
def test_no_quota_is_broken_and_the_total_is_what_quotas_and_cases_allow(
    method: str, rows: list[tuple[int, int, int | None]], n: int, buffer: Fraction
) -> None:
    held = {str(at): row[0] for at, row in enumerate(rows)}
    bounds = {str(at): Bounds(low, None if high is None else low + high) for at, (_, low, high) in enumerate(rows)}
    low = {name: min(bound.low, held[name]) for name, bound in bounds.items()}
    high = {name: min(held[name] if b.high is None else b.high, held[name]) for name, b in bounds.items()}
    if sum(low.values()) > n:
        with pytest.raises(Faults):
            within_quotas(method, held, n, bounds, buffer=buffer)
        return
    log, _ = within_quotas(method, held, n, bounds, buffer=buffer)
    assert log.total == min(sum(high.values()), n + half_up(n * buffer))
    assert all(low[name] <= log.sizes[name] <= high[name] for name in held)


@settings(deadline=None)
@given(st.sampled_from(sorted(ALLOCATIONS)), BOUNDED, st.integers(0, 150))
def test_quotas_that_the_method_keeps_anyway_change_nothing(
    method: str, rows: list[tuple[int, int, int | None]], n: int
) -> None:
    held = {str(at): row[0] for at, row in enumerate(rows)}
    plain = allocated(method, held, n)
    bounds = {name: Bounds(0, size) for name, size in plain.sizes.items()}
    assert within_quotas(method, held, plain.total, bounds)[0].sizes == allocated(method, held, plain.total).sizes
