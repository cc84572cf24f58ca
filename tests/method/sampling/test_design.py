"""Strata and how many cases each gives."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.framework.rules import Test
from caselight.method.framework.sampling import NamedStratum, Quota
from caselight.method.sampling.allocation.methods import allocate
from caselight.method.sampling.design import Design, allocation_of, first_match, parts_of, strata_of, stratum_of

SIZES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 60), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("n", "sizes", "given"),
    [
        (10, {"A": 50, "B": 50}, {"A": 5, "B": 5}),
        (10, {"A": 50, "B": 50, "C": 50}, {"A": 4, "B": 3, "C": 3}),  # a tie goes to the first name
        (10, {"C": 50, "A": 50, "B": 50}, {"A": 4, "B": 3, "C": 3}),
        (30, {"A": 65, "B": 55, "C": 86, "D": 24}, {"A": 9, "B": 7, "C": 11, "D": 3}),
        (50, {"A": 75, "B": 48, "C": 6, "D": 58}, {"A": 20, "B": 13, "C": 2, "D": 15}),
        (1000, {"A": 50, "B": 50, "C": 50}, {"A": 50, "B": 50, "C": 50}),
        (100, {"A": 90, "B": 10}, {"A": 90, "B": 10}),
        (0, {"A": 5, "B": 0}, {"A": 0, "B": 0}),
        (1, {"A": 1, "B": 1}, {"A": 1, "B": 0}),
        (3, {"A": 0, "B": 0}, {"A": 0, "B": 0}),
        (3, {}, {}),
    ],
)
def test_largest_remainder_gives_what_hand_calculation_gives(
    n: int, sizes: dict[str, int], given: dict[str, int]
) -> None:
    assert allocate(sizes, n) == given
    assert list(allocate(sizes, n)) == sorted(sizes)


@settings(deadline=None)
@given(SIZES, st.integers(0, 500))
def test_sizes_are_exact_and_no_stratum_gives_more_than_it_has(sizes: dict[str, int], n: int) -> None:
    found = allocate(sizes, n)
    total = sum(sizes.values())
    assert sum(found.values()) == min(n, total)
    for name, size in sizes.items():
        assert 0 <= found[name] <= size
        if n < total:
            assert abs(found[name] - Fraction(n * size, total)) < 1


@settings(deadline=None)
@given(SIZES, st.integers(0, 500), st.randoms(use_true_random=False))
def test_the_order_of_strata_is_without_effect(sizes: dict[str, int], n: int, shuffler: Any) -> None:
    rows = list(sizes.items())
    shuffler.shuffle(rows)
    assert allocate(dict(rows), n) == allocate(sizes, n)


@pytest.mark.parametrize(
    ("facts", "strata", "name"),
    [
        ({"custodial": "yes"}, ("custodial",), "custodial=yes"),
        ({"custodial": "yes", "sex": "female"}, ("sex", "custodial"), "sex=female; custodial=yes"),
        ({"custodial": None}, ("custodial", "sex"), "custodial=not known; sex=not known"),
        ({"age": 15}, ("age",), "age=15"),
        ({"custodial": "yes"}, (), "all"),
    ],
)
def test_a_stratum_is_named_after_its_facts(
    facts: dict[str, str | int | None], strata: tuple[str, ...], name: str
) -> None:
    assert stratum_of(facts, strata) == name


def test_no_case_falls_out_of_the_strata() -> None:
    caseload = {"b": {"sex": "male"}, "a": {"sex": None}, "c": {}}
    assert strata_of(caseload, Design(1, "s", ("sex",))) == {
        "a": "sex=not known",
        "b": "sex=male",
        "c": "sex=not known",
    }


@pytest.mark.parametrize(
    ("caseload", "design", "codes"),
    [
        ({"a": {}}, Design(0, "s"), ["sample.size-below-one"]),
        ({"a": {}}, Design(1, "s", reserves=-1), ["sample.reserves-below-nought"]),
        ({"a": {}}, Design(1, ""), ["sample.no-seed"]),
        ({"a": {"sex": "male"}}, Design(1, "s", ("sxe",)), ["sample.unknown-stratum-fact"]),
        ({}, Design(1, "s", ("sex",)), ["sample.empty-caseload"]),
        (
            {},
            Design(-1, "", reserves=-1),
            ["sample.size-below-one", "sample.reserves-below-nought", "sample.no-seed", "sample.empty-caseload"],
        ),
    ],
)
def test_everything_wrong_with_a_design_is_said_at_once(
    caseload: dict[str, dict[str, str]], design: Design, codes: list[str]
) -> None:
    with pytest.raises(Faults) as caught:
        strata_of(caseload, design)
    assert [fault.code for fault in caught.value] == codes


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_quotas_of_a_part_the_narrowest_holds_whatever_their_order(turned: bool) -> None:
    quotas = (Quota(each_cluster=True, at_least=2, at_most=9), Quota(cluster="metro", at_least=5, at_most=6))
    quotas = quotas[::-1] if turned else quotas
    caseload = {f"c{n:02}": {"site": "metro" if n < 30 else "north"} for n in range(40)}
    design = Design(12, "s", clusters=("site",), quotas=quotas, allocation="equal")
    assert allocation_of(parts_of(caseload, design), design).sizes == {("all", "metro"): 6, ("all", "north"): 6}
    more = replace(design, size=14)
    assert allocation_of(parts_of(caseload, more), more).sizes == {("all", "metro"): 6, ("all", "north"): 8}
    fewer = replace(design, size=8)
    assert allocation_of(parts_of(caseload, fewer), fewer).sizes == {("all", "metro"): 5, ("all", "north"): 3}


def test_the_first_stratum_that_fits_counts_and_unknown_is_not_no() -> None:
    def stratum(name: str, **test: str) -> NamedStratum:
        return NamedStratum(id=name, label=name, when=Test.model_validate(test), provenance="own-design")

    named = (stratum("women", fact="sex", **{"is": "female"}), stratum("low", fact="risk", **{"is": "low"}))
    assert first_match({"sex": "female", "risk": "low"}, named, "rest") == "women"
    assert first_match({"sex": "male", "risk": "low"}, named, "rest") == "low"
    assert first_match({"sex": "male", "risk": "high"}, named, "rest") == "rest"
    assert first_match({"risk": "low"}, named, "rest") == "not known"
