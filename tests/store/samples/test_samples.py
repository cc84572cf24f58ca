"""A sample is recorded once; a case that is taken out gives a reason, and the next reserve takes its place."""

from __future__ import annotations

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Faults
from caselight.method.inspection.package import SampledCase, SizeChange
from caselight.store.audit.models import AuditRow
from caselight.store.samples.actions import Reason, record_sample, remove_from_sample
from caselight.store.samples.queries import sample_of, sampling_of

pytestmark = pytest.mark.django_db
DRAWN = (
    SampledCase("C1", 1, "all", "drawn", design="second"),
    SampledCase("C2", 2, "all", "drawn", design="second", assessed_twice=True),
    SampledCase("C3", 3, "all", "reserve", design="second"),
)
REASON = Reason("moved-away", {"moved-away"}, "In May.")


def drawn() -> None:
    seeded()
    steps = [SizeChange("second", 1, "", "design", 2, "Two of four.")]
    record_sample(by="lead", inspection="testshire", sample=DRAWN, sampling=steps, at=AT)


def test_a_sample_comes_back_as_it_was_recorded_beside_that_of_another_design() -> None:
    drawn()
    assert tuple(case for case in sample_of("testshire") if case.design) == DRAWN
    assert sampling_of("testshire") == (SizeChange("second", 1, "", "design", 2, "Two of four."),)


def test_a_design_is_drawn_once() -> None:
    drawn()
    with pytest.raises(Faults) as refused:
        record_sample(by="lead", inspection="testshire", sample=DRAWN[:1], at=AT)
    assert [fault.code for fault in refused.value] == ["store.sample-exists"]


def test_the_next_reserve_takes_the_place_of_a_case_that_is_taken_out() -> None:
    drawn()
    taken = remove_from_sample(by="lead", inspection="testshire", case_key="C2", design="second", reason=REASON, at=AT)
    assert taken == "C3"
    by_key = {case.case_key: case for case in sample_of("testshire") if case.design == "second"}
    out, came = by_key["C2"], by_key["C3"]
    assert (out.status, out.removed_reason, out.replaced_by, out.note) == ("removed", "moved-away", "C3", "In May.")
    assert (came.status, came.assessed_twice) == ("replacement", True)
    assert AuditRow.objects.filter(act="sample.removed", object_key="C2").count() == 1
    assert {case.status for case in sample_of("testshire") if not case.design} == {"drawn"}


@pytest.mark.parametrize(
    ("case", "design", "code"),
    [("C9", "second", "sample.case-not-in-sample"), ("C1", "third", "store.no-sample")],
)
def test_a_case_that_was_not_drawn_cannot_be_taken_out(case: str, design: str, code: str) -> None:
    drawn()
    with pytest.raises(Faults) as refused:
        remove_from_sample(by="lead", inspection="testshire", case_key=case, design=design, reason=REASON, at=AT)
    assert [fault.code for fault in refused.value] == [code]
    assert not AuditRow.objects.filter(act="sample.removed").exists()
