"""Some ages only: the counts of whole age bands, put together."""

from collections import Counter
from datetime import date

import pytest
from tests.engines.reoffending.agreeing import kernel, oracle
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending.ages import Ages, of_ages
from caselight.engines.reoffending.asking import Question
from caselight.method.faults import Faults
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import Window, quarters

EW_3M = measure("EW-3M")
COHORTS, EXTRACT = (*quarters(2012), *quarters(2013)), date(2016, 6, 30)
BANDS = (10, 12, 15, 18, 21)


@pytest.mark.parametrize("by", [(), ("sex",), ("age", "sex")])
def test_the_counts_of_some_ages_are_those_of_their_entries(by: tuple[str, ...]) -> None:
    """Entries of the oracle, counted here by age; who is younger, older or of no known age is in none of them."""
    people = Dirt(11).people(400)
    rows, _ = oracle(people, Question(EW_3M, COHORTS, EXTRACT))
    broken_down = Question(EW_3M, COHORTS, EXTRACT, (*(name for name in by if name != "age"), "age"))

    found = of_ages(kernel(people, broken_down), broken_down, Ages(12, 17), by)

    counted: Counter[Window] = Counter(row.window for row in rows if row.age is not None and 12 <= row.age <= 17)
    assert 0 < counted.total() < len(rows)
    assert {window: found.total(window).entries for window in COHORTS} == {one: counted[one] for one in COHORTS}
    again = sum(row.reoffended for row in rows if row.age is not None and 12 <= row.age <= 17)
    assert sum(group.counts.reoffenders for group in found.groups) == again
    assert all(set(group.by) == set(by) for group in found.groups)


def test_ages_that_are_whole_bands_are_named_by_them() -> None:
    assert Ages(10, 17).labels(BANDS) == {"10-11", "12-14", "15-17"}
    assert Ages(15, 17).labels(BANDS) == {"15-17"}


@pytest.mark.parametrize("ages", [(10, 16), (11, 17), (12, 11), (17, 10), (18, 99), (0, 9), (-1, 5)])
def test_ages_that_would_cut_a_band_are_refused(ages: tuple[int, int]) -> None:
    """With those that would not."""
    with pytest.raises(Faults, match=r"reoffending\.not-bands") as refused:
        Ages(*ages).labels(BANDS)
    assert refused.value.faults[0].cure == "Begin on one of 10, 12, 15, 18, and end on one of 11, 14, 17, 20."
