"""What only the SQS pack uses, by worked examples: the working-day target of the first assessment, and training needs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.worked import Worked, shipped

PACK = shipped("sqs")


@pytest.mark.parametrize(
    ("began", "done", "expected"),
    [
        (date(2015, 10, 1), date(2015, 10, 22), "sufficient"),  # the fifteenth working day after a Thursday
        (date(2015, 10, 1), date(2015, 10, 23), "insufficient"),
    ],
)
def test_the_first_assessment_is_on_time_by_working_days(began: date, done: date, expected: str) -> None:
    case = {"order_kind": "community_order", "sentence_date": str(began), "assessment_done": str(done), "R1": "yes"}
    assert Worked(PACK, {"c1": case}).values("R1t") == {"c1": expected}


@pytest.mark.parametrize(("needs", "expected"), [("slcn|families", "sufficient"), ("families", "insufficient")])
def test_a_need_for_training_is_counted_among_several(needs: str, expected: str) -> None:
    worked = Worked(PACK, {"case_manager": {"M3.needs": needs}})
    assert worked.values("M3") == {"case_manager": expected}
    assert worked.figure("M3").adverse
