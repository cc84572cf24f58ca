"""The timetable on its pages: planned in a grid, with clashes beside the cell; published; held; printed by worker."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.store import AT, seeded
from tests.factories.timetable import MONDAY, TUESDAY, crowd, published, put, with_workers
from tests.web.client import Page, PageClient

from caselight.method.inspection.package import Identity
from caselight.store.audit.models import AuditRow
from caselight.store.identities.actions.vault import keep_identity
from caselight.store.inspections.models import Inspection, State
from caselight.store.samples.timetable.reading import timetable_of
from caselight.store.samples.timetable.values import Half

pytestmark = pytest.mark.django_db
HERE = "/inspections/testshire/timetable/"
CELL = "2015-12-14|am|i1"


@pytest.fixture(autouse=True)
def world() -> None:
    """The cast, with workers to interview."""
    seeded()
    with_workers()


def cell(page: Page, called: str) -> str:
    """What a cell of the grid says."""
    buttons = [one for one in page.find("//button[@name='to']") if one.text_content().endswith(called)]
    return " ".join(buttons[0].getparent().text_content().split())


def sent(*what: str, to: str = CELL) -> dict[str, Any]:
    return {"what": list(what), "to": to}


def test_everything_that_needs_a_slot_waits_beside_the_grid_by_worker() -> None:
    page = PageClient("lead").open(HERE)
    assert "7 unplaced 0 double-booked" in page.text
    assert page.texts("//legend") == ["Case manager 01 2 cases", "Case manager 02 1 case", "Case manager 03 1 case"]
    ticks = page.texts("//fieldset[1]//label")
    assert ticks == ["Case 1 (Inga Inspector)", "Case 4 (given to nobody)", "Interview"]
    heads = page.texts("//table[contains(@class, 'cl-halves')]//thead//th")
    assert heads == ["Half-day", "Inga Inspector", "Ivo Inspector", "Lars Assessor", "Leila Lead"]
    halves = page.texts("//table[contains(@class, 'cl-halves')]//tbody//th")
    assert halves[:2] == ["Monday 14 Decembermorning", "afternoon"]
    assert len(halves) == 6


def test_what_is_ticked_goes_into_the_cell_whose_button_is_pressed_and_moves_and_comes_off() -> None:
    client = PageClient("lead")
    page = client.send(f"{HERE}put", sent("item:case:C1", "item:case_manager:w1"))
    assert page.done == ["2 slots put to Inga Inspector, Monday 14 December, morning."]
    there = cell(page, "Inga Inspector, Monday 14 December, morning")
    assert "Case 1, Case manager 01" in there
    assert "Interview, Case manager 01" in there
    slot = next(one for one in timetable_of("testshire").now if one.key == "C1")
    page = client.send(f"{HERE}put", sent(f"slot:{slot.slot}", to="2015-12-15|pm|i1"))
    assert "Case 1" in cell(page, "Inga Inspector, Tuesday 15 December, afternoon")
    page = client.send(f"{HERE}put", sent(f"slot:{slot.slot}", to="tray"))
    assert page.done == ["1 slot taken off. They wait to be placed again."]
    assert "6 unplaced" in page.text


def test_pressing_a_cell_with_nothing_ticked_says_what_to_do_and_what_was_ticked_stays_ticked() -> None:
    client = PageClient("lead")
    page = client.send(f"{HERE}put", {"to": CELL}, status=422)
    assert page.errors == ["Tick what you want to place or move, then choose where it goes."]
    page = client.send(f"{HERE}put", sent("item:case:C1", to="2015-12-20|am|i1"), status=422)
    assert "working days of the fieldwork" in page.errors[0]
    assert page.find("//input[@name='what'][@checked]/@value") == ["item:case:C1"]


def test_what_somebody_else_placed_meanwhile_is_said_and_not_moved() -> None:
    put("C1", "i2")
    page = PageClient("lead").send(f"{HERE}put", sent("item:case:C1"), status=422)
    assert page.errors == [
        "Case 1 was placed meanwhile, in another window or by somebody else. Look where it is now, and move it if it should."
    ]
    assert timetable_of("testshire").now[0].place.user == "i2"


def test_a_slot_that_was_taken_off_meanwhile_is_said() -> None:
    page = PageClient("lead").send(f"{HERE}put", sent("slot:gone"), status=422)
    assert "There is no such slot" in page.errors[0]


def test_a_clash_stands_beside_the_slot_and_stops_publishing_until_it_is_mended() -> None:
    put("C1", "i1")
    interview = put("w1", "i2")
    client = PageClient("lead")
    page = client.open(HERE)
    assert "2 double-booked" in page.text
    there = cell(page, "Ivo Inspector, Monday 14 December, morning")
    assert "Double-booked: Case manager 01 is with two inspectors in this half-day" in there
    assert "Given to somebody else, or to nobody" in there
    refused = client.post(f"{HERE}publish")
    assert refused.status_code == 422
    assert "2 slots have a clash" in Page(refused).text
    client.send(f"{HERE}put", sent(f"slot:{interview.slot}", to="2015-12-15|am|i1"))
    assert "published" in client.send(f"{HERE}publish").done[0]


def test_before_it_is_published_only_those_who_plan_see_a_slot() -> None:
    slot = put("C1", "i1")
    for who in ("i1", "cm"):
        page = PageClient(who).open(HERE)
        assert "not published yet" in page.text, who
        assert "Case 1" not in page.text, who
        assert PageClient(who).get(f"{HERE}slot/{slot.slot}").status_code == 404, who
    assert "Case 1" in PageClient("sm").open(HERE).text


def test_what_changes_afterwards_is_seen_by_those_who_plan_and_by_others_when_it_is_published_again() -> None:
    slot = put("C1", "i1")
    published()
    lead = PageClient("lead")
    lead.send(f"{HERE}put", sent(f"slot:{slot.slot}", to="2015-12-15|am|i1"))
    page = lead.open(HERE)
    assert "1 change not published yet" in page.text
    moved = "moved to Tuesday 15 December, morning, Inga Inspector from Monday 14 December, morning, Inga Inspector"
    assert f"Case 1, Case manager 01: {moved}" in page.text
    assert page.table("slots")[0]["State"] == "Changed"
    assert PageClient("i1").open(HERE).table("slots")[0]["Day"] == "14 December 2015"
    lead.send(f"{HERE}publish")
    page = PageClient("i1").open(HERE)
    assert page.table("slots")[0]["Day"] == "15 December 2015"
    assert "Published 2 times" in page.text
    told = PageClient("cm").open(f"{HERE}published")
    assert told.texts("//main//h2")[0].startswith("2. ")
    assert moved in told.text


def test_publishing_twice_publishes_once() -> None:
    put("C1", "i1")
    client = PageClient("lead")
    client.send(f"{HERE}publish")
    assert client.send(f"{HERE}publish").done == []
    assert len(timetable_of("testshire").publications) == 1


def test_a_worker_sees_their_own_slots_only_and_a_local_assessor_those_of_their_cases() -> None:
    for subject, user in (("C1", "i1"), ("C2", "i1"), ("C3", "la")):
        put(subject, user)
    published()
    for who, cases in (("cm", ["Case 1"]), ("la", ["Case 3"]), ("i2", ["Case 1", "Case 2", "Case 3"])):
        page = PageClient(who).open(HERE)
        assert [row["About"] for row in page.table("slots")] == cases, who
        assert page.find("//button[@name='to']") == [], who
        assert len(PageClient(who).open(f"{HERE}sheets").texts("//main//h2")) == len(cases), who
    slots = {one.key: one.slot for one in timetable_of("testshire").now}
    assert PageClient("cm").get(f"{HERE}slot/{slots['C2']}").status_code == 404
    assert PageClient("la").get(f"{HERE}slot/{slots['C1']}").status_code == 404


def test_time_and_room_are_said_on_the_page_of_a_slot_and_a_wrong_time_is_refused() -> None:
    slot = put("C1", "i1")
    client = PageClient("lead")
    at = f"{HERE}slot/{slot.slot}"
    page = client.send(f"{at}/where", {"starts": "14:00", "room": "Room 2"}, status=422)
    assert "14:00 is not in the morning." in page.errors[0]
    assert page.fields(0)["room"] == "Room 2"
    page = client.send(f"{at}/where", {"starts": "9.30", "room": "Room 2"})
    assert page.done == ["The time and the room are saved."]
    assert "09:30" in page.text
    assert "09:30, Room 2" in cell(client.open(HERE), "Inga Inspector, Monday 14 December, morning")


def test_an_inspector_notes_who_was_present_in_their_own_slot_and_nobody_elses() -> None:
    mine, other = put("C1", "i1"), put("C3", "la")
    published()
    client = PageClient("i1")
    page = client.send(f"{HERE}slot/{mine.slot}/held", {"outcome": "held", "who": "The worker throughout."})
    assert page.done == ["It is noted as held."]
    assert "The worker throughout." in page.text
    assert "The worker throughout." in PageClient("i1").open("/inspections/testshire/cases/case/C1/").text
    assert "The worker throughout." not in PageClient("cm").open(f"{HERE}slot/{mine.slot}").text
    assert client.post(f"{HERE}slot/{other.slot}/held", {"outcome": "held"}).status_code == 403
    assert PageClient("cm").post(f"{HERE}slot/{mine.slot}/held", {"outcome": "held"}).status_code == 403
    assert PageClient("lead").send(f"{HERE}slot/{other.slot}/held", {"outcome": "held"}).done


def test_a_cancelled_slot_says_why_and_what_it_was_about_waits_again() -> None:
    slot = put("C1", "i1")
    published()
    client, at = PageClient("i1"), f"{HERE}slot/{slot.slot}/held"
    assert client.send(at, {}, status=422).errors == ["Select what became of it."]
    assert client.send(at, {"outcome": "cancelled"}, status=422).errors == ["Select why it was cancelled."]
    page = client.send(at, {"outcome": "cancelled", "reason": "worker-away", "note": "Ill."})
    assert "The case manager was away or ill" in page.text
    page = PageClient("lead").open(HERE)
    assert "7 unplaced" in page.text
    assert "Cancelled" in cell(page, "Inga Inspector, Monday 14 December, morning")
    assert "took" not in client.send(at, {"outcome": "open"}).done[0]
    assert "6 unplaced" in PageClient("lead").open(HERE).text


def test_the_table_is_downloaded_as_it_is_shown() -> None:
    put("C1", "i1")
    put("C2", "i1", TUESDAY, Half.PM)
    answer = PageClient("lead").get(HERE, {"as": "csv", "table": "slots"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Worker,About,Day,Half-day,Time,Room,Inspector,State,Clash"
    assert lines[2] == "Case manager 02,Case 2,2015-12-15,afternoon,,,Inga Inspector,,"
    assert PageClient("lead").get(HERE, {"as": "xlsx", "table": "slots"}).content[:2] == b"PK"


def test_a_sheet_for_each_worker_shows_record_numbers_only_where_asked_and_notes_each_reading() -> None:
    keep_identity(by="sm", inspection="testshire", service="testshire", identities=[Identity("C1", "Ada Lovelace", (), None, "TS/1")],
                  at=AT)  # fmt: skip
    put("C1", "i1")
    put("C2", "i2")
    client = PageClient("lead")
    page = client.open(f"{HERE}sheets")
    assert page.texts("//main//h2") == ["Case manager 01", "Case manager 02"]
    assert "Draft: not published as it stands here." in page.text
    assert "TS/1" not in page.text
    before = AuditRow.objects.filter(chain="reads:testshire").count()
    assert "TS/1, AL" in client.open(f"{HERE}sheets", {"numbers": "1"}).text
    assert AuditRow.objects.filter(chain="reads:testshire").count() == before + 1
    published()
    assert "TS/1, AL" in PageClient("cm").open(f"{HERE}sheets", {"numbers": "1"}).text
    assert "Case 2" not in PageClient("cm").open(f"{HERE}sheets").text


def test_thirty_four_cases_and_sixteen_workers_cost_no_more_queries_than_a_few(
    django_assert_max_num_queries: Any,
) -> None:
    client = PageClient("lead")
    crowd()
    client.open(HERE)
    for n in range(1, 13):
        put(f"X{n:02}", ("i1", "i2", "la")[n % 3], (MONDAY, TUESDAY)[n % 2], (Half.AM, Half.PM)[n // 2 % 2])
    with django_assert_max_num_queries(40):
        page = client.open(HERE)
    assert f"{7 + 34 + 16 - 12} unplaced" in page.text


def test_an_audit_lead_plans_in_the_words_of_an_audit_round() -> None:
    with_workers("testshire-audit")
    page = PageClient("ll").open("/inspections/testshire-audit/timetable/")
    assert "Inspector" not in page.text
    sent_ = {"what": ["item:case:C1"], "to": "2015-12-14|am|au"}
    page = PageClient("ll").send("/inspections/testshire-audit/timetable/put", sent_)
    assert page.table("slots")[0]["Auditor"] == "Aude Auditor"


def test_in_a_closed_inspection_the_timetable_is_read_and_not_changed() -> None:
    put("C1", "i1")
    published()
    Inspection.objects.update(state=State.CLOSED)
    page = PageClient("lead").open(HERE)
    assert page.find("//button[@name='to']") == []
    assert PageClient("lead").post(f"{HERE}put", sent("item:case:C2")).status_code == 403
