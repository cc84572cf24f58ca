"""What is taken from a person is gone at the next question, also where another process took it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from tests.factories.store import AT, Seeded, seeded

from caselight.method.faults import Faults
from caselight.store.accounts.actions import disable_user
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.access import scope
from caselight.store.inspections.access import may
from caselight.store.inspections.memberships import Place, declare_conflict, end_membership
from caselight.store.inspections.models import Inspection, Membership, State
from caselight.store.samples.allocating import end_allocation
from caselight.store.samples.models import Allocation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Seeded:
    return seeded()


def elsewhere(change: Callable[[], object]) -> None:
    """Make a change over another connection, as another process would."""

    def run() -> None:
        try:
            change()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def records() -> bool:
    try:
        return may(scope("i1", "testshire", AT), Permission.ANSWER_RECORD, "C1")
    except Faults:
        return False


def _end_role() -> None:
    for membership in Membership.objects.filter(user__key="i1", inspection__key="testshire"):
        end_membership(by="lead", membership=membership.pk, at=AT)


def _take_case() -> None:
    given = Allocation.objects.get(inspection__key="testshire", user__key="i1", case_key="C1")
    end_allocation(by="lead", allocation=given.pk, at=AT)


def _draft() -> None:
    Inspection.objects.filter(key="testshire").update(state=State.DRAFT)


def _conflict(place: Place, case: str) -> Callable[[], object]:
    return lambda: declare_conflict(by="i1", user="i1", place=place, case_key=case, reason="A neighbour.", at=AT)


@pytest.mark.parametrize(
    "change",
    [
        lambda: disable_user(by="admin", user="i1", at=AT),
        _end_role,
        _take_case,
        _draft,
        _conflict(Place("testshire"), "C1"),
        _conflict(Place("testshire"), ""),
        _conflict(Place(service="testshire"), ""),
    ],
    ids=["disabled", "role ended", "case taken back", "state moved", "conflict: case", "inspection", "service"],
)
def test_what_another_process_takes_away_is_gone_at_the_next_question(
    world: Seeded, change: Callable[[], object]
) -> None:
    assert records()
    assert records()  # from what is kept
    elsewhere(change)
    assert not records()


def test_a_change_that_came_to_nothing_takes_nothing_away(world: Seeded) -> None:
    assert records()

    def undone() -> None:
        with transaction.atomic():
            _end_role()
            assert not records()
            transaction.set_rollback(True)

    elsewhere(undone)
    assert records()


def test_of_two_administrators_who_disable_each_other_at_once_one_stays(world: Seeded) -> None:
    User.objects.create_user("ad2@example.org", name="Ad", key="ad2", administrator=True)
    codes: list[str] = []

    def second() -> None:
        try:
            disable_user(by="ad2", user="ad", at=AT)
        except Faults as refused:
            codes.append(refused.faults[0].code)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            disable_user(by="ad", user="ad2", at=AT)
            running = pool.submit(elsewhere, second)
            with pytest.raises(TimeoutError):
                running.result(timeout=0.5)
        running.result(timeout=30)
    assert codes == ["access.last-administrator"]
    assert list(User.objects.filter(administrator=True, is_active=True).values_list("key", flat=True)) == ["ad"]
