"""Sharing out: evenly, whatever people have already, and nobody gets what they may not have."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from caselight.web.sampling.sharing import shared_out

PEOPLE = ("ann", "ben", "cat")
CASES = st.dictionaries(st.integers(0, 40).map(str), st.lists(st.sampled_from(PEOPLE), unique=True), max_size=30)


def test_whoever_has_cases_already_gets_fewer() -> None:
    cases = [str(n) for n in range(7)]
    shares = shared_out(cases, dict.fromkeys(cases, PEOPLE), {"ann": 3})
    assert Counter(shares.values()) == {"ann": 1, "ben": 3, "cat": 3}


def test_a_case_that_only_one_may_have_is_counted_before_the_rest_is_shared_out() -> None:
    may = {"1": PEOPLE, "2": PEOPLE, "3": ["cat"], "4": ["cat"]}
    assert Counter(shared_out(may, may, {}).values()) == {"ann": 1, "ben": 1, "cat": 2}


@given(CASES)
def test_nobody_gets_what_they_may_not_have_and_a_case_that_somebody_may_have_has_somebody(
    may: dict[str, list[str]],
) -> None:
    shares = shared_out(may, may, {})
    assert list(shares) == list(may)
    assert all(user in may[case] if may[case] else user == "" for case, user in shares.items())


@given(st.integers(0, 40), st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 5)))
def test_without_conflicts_nobody_has_two_more_than_another_because_of_the_shares(n: int, has: dict[str, int]) -> None:
    cases = [str(one) for one in range(n)]
    shares = Counter(shared_out(cases, dict.fromkeys(cases, PEOPLE), has).values())
    given_more = [user for user in PEOPLE if shares[user]]
    least = min(has.get(user, 0) + shares[user] for user in PEOPLE)
    assert all(has.get(user, 0) + shares[user] <= least + 1 for user in given_more)
