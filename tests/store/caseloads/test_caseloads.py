"""Cases and subjects are added in their order and come back as the method's values; nothing is added twice."""

from __future__ import annotations

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.caseload.case import Subject
from caselight.method.faults import Faults
from caselight.method.inspection.package import CaseloadCase
from caselight.store.audit.models import AuditRow
from caselight.store.caseloads.actions import add_subjects, bring_in_caseload
from caselight.store.caseloads.queries import caseload_of, subjects_of
from caselight.store.frameworks.queries import framework_of

pytestmark = pytest.mark.django_db


def test_new_cases_come_back_with_typed_facts_beside_those_of_before() -> None:
    world = seeded()
    new = CaseloadCase("C0", False, "too early", {"psr": "no"}, "w9")
    assert bring_in_caseload(by="lead", inspection="testshire", cases=[new], at=AT) == 5
    cases = caseload_of("testshire", framework_of(world.inspection.framework_id))
    assert cases[0] == new
    assert [case.key for case in cases] == ["C0", "C1", "C2", "C3", "C4"]


def test_a_case_that_is_there_is_refused_and_nothing_is_added() -> None:
    seeded()
    cases = [CaseloadCase("C9", True, "", {}), CaseloadCase("C1", True, "", {})]
    with pytest.raises(Faults) as refused:
        bring_in_caseload(by="lead", inspection="testshire", cases=cases, at=AT)
    assert [fault.code for fault in refused.value] == ["store.case-exists"]
    assert not AuditRow.objects.filter(act="caseload.brought-in").exists()


def test_a_case_and_a_manager_may_have_the_same_key_but_not_two_cases() -> None:
    seeded()
    add_subjects(by="lead", inspection="testshire", subjects=[Subject("case_manager", "C1", "Manager 1")], at=AT)
    assert ("case_manager", "C1") in {(subject.kind, subject.key) for subject in subjects_of("testshire")}
    with pytest.raises(Faults):
        add_subjects(by="lead", inspection="testshire", subjects=[Subject("case", "C1", "Case 1")], at=AT)


def test_the_audit_holds_no_fact_and_no_label() -> None:
    seeded()
    case = CaseloadCase("C9", True, "a reason", {"psr": "yes"}, "w1")
    bring_in_caseload(by="lead", inspection="testshire", cases=[case], at=AT)
    add_subjects(by="lead", inspection="testshire", subjects=[Subject("case", "C9", "A label")], at=AT)
    text = " ".join(AuditRow.objects.values_list("row", flat=True))
    assert not any(word in text for word in ("a reason", "A label", "C9", "psr"))
