"""The draw: reproducible by anyone, independent of row order, exact in size."""

import hashlib
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.sampling.allocation.methods import allocate
from caselight.method.sampling.design import Caseload, Design, strata_of
from caselight.method.sampling.draw import Drawn, digest, draw, fingerprint

KEYS = st.text(min_size=1, max_size=6)
VALUES = st.sampled_from(["yes", "no", None, 15, 16, date(2015, 9, 14)])
CASELOADS = st.dictionaries(
    KEYS, st.fixed_dictionaries({"custodial": VALUES}, optional={"age": VALUES}), min_size=1, max_size=40
)
DESIGNS = st.builds(
    Design,
    size=st.integers(1, 50),
    seed=st.text(min_size=1, max_size=8),
    strata=st.sampled_from([(), ("custodial",)]),
    reserves=st.integers(0, 20),
)
SHUFFLERS = st.randoms(use_true_random=False)


@pytest.mark.parametrize(
    ("seed", "key", "expected"),
    [
        ("spring-2016", "c01", "154051ee3e7f8057ba2fb9b2e2d49483a37ea612687bfa2f0e43c5e2622ac215"),
        ("spring-2016", "c02", "fb243a023c92fd27096eb32530b1e4bbf60462fe34469aea53799c2c68f057fe"),
        ("Gwanwyn – 2016", "Ångström-7", "57068b499aec5d20406b93116a60c4254e079496be32f8b7d3b1189226d627b5"),
        ("Gwanwyn – 2016", "情-1", "c90ae1847acf13a89299f15141f81e5a25e9eb4386656e3580b340866ba45696"),
    ],
)
def test_digests_are_those_any_other_program_gives(seed: str, key: str, expected: str) -> None:
    assert digest(seed, key) == expected


def test_a_key_of_a_damaged_file_still_has_a_digest() -> None:
    assert len(digest("s", "\ud800")) == 64


def test_the_first_of_each_stratum_are_drawn_and_the_next_are_reserves() -> None:
    caseload = {f"c{n:02}": {"custodial": "yes" if n in (2, 5, 9) else "no"} for n in range(1, 11)}
    sample = draw(caseload, Design(4, "spring-2016", ("custodial",), 2))
    assert sample == (
        Drawn("c04", "custodial=no", 1, "drawn"),
        Drawn("c01", "custodial=no", 2, "drawn"),
        Drawn("c03", "custodial=no", 3, "drawn"),
        Drawn("c06", "custodial=no", 4, "reserve"),
        Drawn("c05", "custodial=yes", 1, "drawn"),
        Drawn("c09", "custodial=yes", 2, "reserve"),
    )
    assert [case.case_key for case in sample if case.examined] == ["c04", "c01", "c03", "c05"]


@settings(deadline=None)
@given(CASELOADS, DESIGNS, SHUFFLERS)
def test_the_draw_is_independent_of_row_order(caseload: Caseload, design: Design, shuffler: Any) -> None:
    rows = list(caseload.items())
    shuffler.shuffle(rows)
    assert draw(dict(rows), design) == draw(caseload, design)
    assert fingerprint(dict(rows)) == fingerprint(caseload)


@settings(deadline=None)
@given(CASELOADS, DESIGNS)
def test_sizes_are_exact_and_nobody_is_listed_twice(caseload: Caseload, design: Design) -> None:
    sample = draw(caseload, design)
    drawn = [case for case in sample if case.status == "drawn"]
    reserves = [case for case in sample if case.status == "reserve"]
    assert len(drawn) == min(design.size, len(caseload))
    assert len(reserves) == min(design.reserves, len(caseload) - len(drawn))
    assert len({case.case_key for case in sample}) == len(sample)


@settings(deadline=None)
@given(CASELOADS, DESIGNS)
def test_the_draw_equals_a_naive_one(caseload: Caseload, design: Design) -> None:
    strata = strata_of(caseload, design)
    gives = allocate(Counter(strata.values()), design.size)
    naive = set()
    for name in gives:
        members = [key for key in caseload if strata[key] == name]
        hashed = sorted((hashlib.sha256(f"{design.seed}:{key}".encode()).hexdigest(), key) for key in members)
        naive |= {key for _, key in hashed[: gives[name]]}
    assert {case.case_key for case in draw(caseload, design) if case.status == "drawn"} == naive


@settings(deadline=None)
@given(CASELOADS, DESIGNS, st.integers(0, 40))
def test_asking_for_more_reserves_never_changes_the_sample(caseload: Caseload, design: Design, more: int) -> None:
    def drawn(reserves: int) -> list[Drawn]:
        larger = Design(design.size, design.seed, design.strata, reserves)
        return [case for case in draw(caseload, larger) if case.status == "drawn"]

    assert drawn(design.reserves) == drawn(design.reserves + more)


def test_a_census_takes_everybody_and_leaves_no_reserve() -> None:
    sample = draw({"a": {}, "b": {}, "c": {}}, Design(3, "s", reserves=5))
    assert [case.status for case in sample] == ["drawn"] * 3


def test_another_seed_draws_other_cases() -> None:
    caseload: Caseload = {f"c{n}": {} for n in range(100)}
    spring, autumn = ({case.case_key for case in draw(caseload, Design(20, seed))} for seed in ("spring", "autumn"))
    assert spring != autumn


# The fingerprint -------------------------------------------------------------------------------------------------


def test_the_fingerprint_is_the_digest_of_the_lines_that_the_page_describes() -> None:
    caseload: Caseload = {"b": {"sex": "male", "age": 15}, "a": {"name": 'é"', "on": date(2015, 9, 14), "x": None}}
    lines = '["a",[["name","é\\""],["on","2015-09-14"]]]\n["b",[["age",15],["sex","male"]]]\n'
    assert fingerprint(caseload) == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        {"a": {"sex": "male"}},
        {"a": {"sex": "male"}, "c": {}},
        {"a": {"sex": "female"}, "b": {}},
        {"a": {"sxe": "male"}, "b": {}},
        {"a": {"sex": "male", "age": 15}, "b": {}},
        {"a": {"sex": "male"}, "b": {"age": "15"}},
    ],
)
def test_any_change_of_the_caseload_changes_the_fingerprint(other: Caseload) -> None:
    assert fingerprint({"a": {"sex": "male"}, "b": {}}) != fingerprint(other)
