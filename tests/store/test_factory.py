"""The world that tests of the store begin with."""

import pytest
from tests.factories.store import seeded


@pytest.mark.django_db
def test_the_seeded_world_has_two_services_each_inspected_and_auditing_itself() -> None:
    world = seeded()
    assert sorted(world.inspections) == ["otherham", "otherham-audit", "testshire", "testshire-audit"]
    assert world.inspection.subjects.count() == 4
    assert [a.case_key for a in world.people["i1"].allocations.order_by("case_key")] == ["C1", "C2"]
