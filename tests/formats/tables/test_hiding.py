"""Hiding a part hides what would give it away, and never shows anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.formats.tables.hiding import COUNTS, PARTS, closed

SUMS = (
    {"relevant", "sufficient", "insufficient"},
    {"not_relevant", "not_relevant_by_rule", "not_relevant_by_inspector"},
    {"relevant", "not_relevant", "unanswered", "contested"},
)


@pytest.mark.parametrize(
    ("hidden", "goes_too", "stays"),
    [
        ({"sufficient"}, {"insufficient", "phrase", "interval", "reasons", "cases"}, {"relevant", "not_relevant"}),
        ({"insufficient"}, {"sufficient", "phrase", "interval", "reasons"}, {"relevant"}),
        ({"relevant"}, {"sufficient", "insufficient", "not_relevant", "phrase"}, {"unanswered", "contested"}),
        ({"not_relevant_by_inspector"}, {"not_relevant_by_rule"}, {"relevant", "phrase"}),
        ({"unanswered"}, {"not_relevant"}, {"relevant", "phrase"}),
        ({"phrase"}, {"sufficient", "insufficient", "interval"}, {"relevant"}),
        ({"reasons"}, set(), {"phrase", "sufficient"}),
        (set(), set(), set(PARTS)),
    ],
)
def test_a_hidden_part_takes_with_it_what_would_give_it_away(hidden: set[str], goes_too: set[str], stays: set[str]):
    assert closed(hidden) >= hidden | goes_too
    assert not closed(hidden) & stays


@given(st.sets(st.sampled_from(PARTS)))
def test_no_sum_ever_lacks_exactly_one_part(hidden: set[str]):
    found = closed(hidden)
    assert found >= hidden
    assert [total for total in SUMS if len(total & found) == 1] == []
    if found & {"sufficient", "relevant"}:
        assert {"phrase", "interval", "reasons"} <= found
    if found & set(COUNTS):
        assert "cases" in found
