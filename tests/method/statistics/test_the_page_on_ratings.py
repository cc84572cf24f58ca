"""The chances on the page about ratings are those that are computed."""

from __future__ import annotations

import pytest
from tests.repository.pages import rows, sections, text_of

from caselight.method.statistics.resampling import another_sample

PAGE = sections(text_of("docs/explanation/ratings.md"))["Would another sample say the same?"]
BANDS = {"Requires improvement": (0.5, 0.65), "Good": (0.65, 0.8), "Outstanding": (0.8, 2.0)}


@pytest.mark.parametrize("row", rows(PAGE, "What was seen"), ids=lambda row: row[0])
def test_the_table_says_what_is_computed(row):
    k, n = (int(part) for part in row[0].split(" of "))
    low, high = BANDS[row[1]]
    for size, told in zip((n, 60, 120, None), row[2:], strict=True):
        same = sum(chance for j, chance in enumerate(another_sample(k, n, size)) if low <= j / n < high)
        assert f"{max(1 - same, 0):.3f}" == told
