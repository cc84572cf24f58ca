"""Shared cases: sheets and people are two numbers. And who is assessed twice."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.framework.sampling import AssessedTwice
from caselight.method.sampling.design import Design
from caselight.method.sampling.draw import draw, marked_twice
from caselight.method.sampling.overlap import overlap


def test_a_shared_case_has_a_sheet_for_each_tool_and_is_one_person() -> None:
    samples = {"court": ["a", "b"], "community": ["b", "c"], "custody": ["b"]}
    found = overlap(samples, {"court": ["form-1"], "community": ["form-2", "form-3"], "custody": ["form-1"]})
    assert (found.sheets, found.cases, found.shared) == (6, 3, 1)
    assert found.pairs == {("court", "community"): 1, ("court", "custody"): 1, ("community", "custody"): 1}


def test_designs_with_one_seed_share_as_many_cases_as_two_lists_allow() -> None:
    caseload = {f"c{n:03}": {} for n in range(300)}
    part = {key: facts for key, facts in caseload.items() if key >= "c100"}
    chosen = [
        {case.case_key for case in draw(cases, Design(40, seed))}
        for cases, seed in ((caseload, "spring"), (part, "spring"), (part, "autumn"))
    ]
    both = chosen[0] & set(part)
    assert both <= chosen[1]  # whoever is among the first of the longer list is among the first of the shorter one
    assert len(chosen[0] & chosen[1]) > len(chosen[0] & chosen[2])


MARKING = AssessedTwice(share="10%", at_least=3, provenance="own-design")


@settings(deadline=None)
@given(st.sets(st.text(min_size=1, max_size=4), min_size=1, max_size=60), st.integers(1, 60))
def test_who_is_assessed_twice_is_the_beginning_of_another_hash_order(keys: set[str], size: int) -> None:
    sample = draw({key: {} for key in keys}, Design(size, "spring", reserves=5))
    marked = {case.case_key for case in marked_twice(sample, "spring", MARKING) if case.twice}
    drawn = [case.case_key for case in sample if case.status == "drawn"]
    order = sorted((hashlib.sha256(f"spring:second:{key}".encode()).hexdigest(), key) for key in drawn)
    assert marked == {key for _, key in order[: min(len(drawn), max(3, -(-len(drawn) // 10)))]}
