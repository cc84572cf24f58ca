"""The next slots of a person stand on the page where they arrive: published ones, their own, from today on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories.store import AT, seeded
from tests.factories.timetable import KEY, published, with_workers
from tests.web.client import PageClient

from caselight.store.assessments.visible import visible
from caselight.store.samples.timetable.placing import Chosen, put_slots, say_where
from caselight.store.samples.timetable.publishing import Noted, note_outcome
from caselight.store.samples.timetable.values import Half, Outcome, Place, Slot
from caselight.web.home.slots import next_slots

pytestmark = pytest.mark.django_db
TODAY = AT.date()
FAR = date(2999, 1, 1)  # not over, whenever the tests are run


@pytest.fixture(autouse=True)
def world() -> None:
    """The cast, with workers to interview."""
    seeded()
    with_workers()


def put(case: str, user: str, day: date) -> Slot:
    chosen, place = Chosen(subjects=(("case", case),)), Place(user, day, Half.AM)
    return put_slots(by="lead", inspection=KEY, chosen=chosen, place=place, days=[day], at=AT)[0]


def slots_of(who: str) -> list[tuple[str, str, str]]:
    """What is said of somebody's next slots on a day."""
    found = next_slots(who, visible(who, AT), TODAY)
    return [(task.title, task.hint, task.status) for _, tasks in found for task in tasks]


def test_an_inspector_and_a_worker_see_theirs_in_order_when_they_are_published() -> None:
    put("C1", "i1", TODAY + timedelta(1))
    slot = put("C2", "i1", TODAY)
    say_where(by="lead", inspection=KEY, slot=slot.slot, starts="09:30", room="Room 2", at=AT)
    put("C4", "i1", TODAY - timedelta(1))
    assert slots_of("i1") == []
    published()
    assert slots_of("i1") == [
        ("Today, 09:30: Case 2", "Case manager 02", "Room 2"),
        ("Tomorrow, morning: Case 1", "Case manager 01", ""),
    ]
    assert slots_of("cm") == [("Tomorrow, morning: Case 1", "with Inga Inspector", "")]
    for who in ("i2", "lead", "la", "cm2", "stranger", "ad"):
        assert slots_of(who) == [], who


def test_what_was_held_or_cancelled_is_no_next_slot() -> None:
    for case, outcome, reason in (("C1", Outcome.HELD, ""), ("C2", Outcome.CANCELLED, "worker-away")):
        slot = put(case, "i1", TODAY)
        published()
        assert len(slots_of("i1")) == 1
        note_outcome(by="i1", inspection=KEY, slot=slot.slot, noted=Noted(outcome, reason), at=AT)
        assert slots_of("i1") == []


def test_they_stand_on_the_page_with_links_and_not_while_the_screen_is_shared() -> None:
    slot = put("C1", "i1", FAR)
    published()
    page = PageClient("i1").open("/")
    assert page.texts("//main//h2")[0] == "Your next slots: Testshire: External"
    assert page.links["Tuesday 1 January, morning: Case 1"].endswith(f"/timetable/slot/{slot.slot}")
    client = PageClient("i1")
    session = client.session
    session["caselight.sharing"] = True
    session.save()
    assert "Tuesday 1 January" not in client.open("/").text
