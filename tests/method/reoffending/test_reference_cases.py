"""The reference cases: every one, in the twelve months and in each quarter."""

import pytest
from tests.method.reoffending.histories import in_short, reference_cases, reference_rows, year_and_quarters

from caselight.method.reoffending.rates import counts

CASES = reference_cases()


@pytest.mark.parametrize("expected", reference_rows(), ids=lambda row: row["case_id"])
def test_a_reference_case_comes_to_what_its_file_says(expected: dict[str, str]) -> None:
    """Index date, whether reoffended and how often, in the year and each quarter; and the quarters as a plain sum."""
    found = year_and_quarters(CASES[expected["case_id"]])

    for name, row in zip(("year", "q1", "q2", "q3", "q4"), found, strict=True):
        said = (expected[f"{name}_index_date"], expected[f"{name}_reoffended"], expected[f"{name}_reoffences"])
        ours = (str(row.index), str(int(row.reoffended)), str(row.reoffences)) if row else ("", "", "")
        assert ours == said, name
    summed = counts(row for row in found[1:] if row)
    said = [int(expected[f"quarters_{name}"]) for name in ("entries", "reoffenders", "reoffences")]
    assert [summed.entries, summed.reoffenders, summed.reoffences] == said


def test_one_boy_is_one_entry_by_one_measure_and_four_by_the_other() -> None:
    """T03 shows why measures never mix: 1/1/3 becomes 4/3/6."""
    assert in_short(year_and_quarters(CASES["T03"])) == [
        "10 Jan 1/3",
        "10 Jan 1/3",
        "05 Apr 1/2",
        "10 Jul 1/1",
        "15 Oct 0/0",
    ]
