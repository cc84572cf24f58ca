"""A lead plans who is where with thirty-four more cases, publishes, an inspector notes who was present: in a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser
HERE = "/inspections/testshire/timetable/"


@pytest.fixture(scope="module")
def home(site: Any) -> str:
    """An inspection with as much to place as a real one has; the address of its timetable."""
    site.do("tests.factories.timetable:with_workers")
    site.do("tests.factories.timetable:crowd")
    return f"{site.url}{HERE}"


def put(page: Any, cell: str, *labels: str) -> None:
    """Tick, and press the button of a cell; both by their words."""
    for label in labels:
        page.get_by_label(label, exact=True).first.check()
    page.get_by_role("button", name=f"Put here with {cell}").click()
    page.get_by_text(re.compile(r"slots? put to ")).wait_for()


def test_a_lead_plans_mends_a_clash_and_publishes_and_an_inspector_notes_who_was_present(
    home: str, page_as: Any
) -> None:
    page = page_as("lead", allow=("Failed to load resource",))  # a form that is refused answers 422
    page.goto(home)
    assert axe(page) == []
    page.get_by_role("button", name="Put here with Inga Inspector, Monday 14 December, morning").click()
    page.get_by_role("link", name="Tick what you want to place or move, then choose where it goes.").click()
    assert page.evaluate("document.activeElement.id") == "what"
    assert axe(page) == []

    # By keyboard: what has the focus is ticked, and the button of the cell pressed.
    page.keyboard.press("Space")
    page.get_by_role("button", name="Put here with Inga Inspector, Monday 14 December, morning").press("Enter")
    page.get_by_text("1 slot put to Inga Inspector, Monday 14 December, morning.").wait_for()
    put(page, "Ivo Inspector, Monday 14 December, morning", "Case 4 (given to nobody)")
    page.get_by_text("Double-booked: Case manager 01 is with two inspectors in this half-day").first.wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Publish slots").click()
    page.get_by_text("2 slots have a clash that cannot be published.").wait_for()
    page.goto(home)
    put(page, "Ivo Inspector, Monday 14 December, afternoon", "Case 4, Case manager 01")
    page.get_by_text("0 double-booked").wait_for()

    # Time and room; a wrong time is said at its field.
    page.get_by_role("link", name="Set time of Case 1, Case manager 01").click()
    page.get_by_label("Time (optional)").fill("14:00")
    page.get_by_role("button", name="Save time and room").click()
    page.get_by_role("link", name="14:00 is not in the morning.").wait_for()
    assert axe(page) == []
    page.get_by_label("Time (optional)").fill("9.30")
    page.get_by_label("Room (optional)").fill("Room 2")
    page.get_by_role("button", name="Save time and room").click()
    page.get_by_text("The time and the room are saved.").wait_for()
    page.get_by_role("link", name="Back to the timetable").click()
    page.get_by_role("link", name="09:30, Room 2 of Case 1, Case manager 01").wait_for()
    page.get_by_role("button", name="Publish slots").click()
    page.get_by_text("The timetable is published.").wait_for()
    put(page, "Ivo Inspector, Wednesday 16 December, morning", "Case 4, Case manager 01")
    page.get_by_text("1 change not published yet").click()
    assert axe(page) == []
    page.get_by_role("link", name="What was published").click()
    page.get_by_role("heading", name="Changed since, and not published").wait_for()
    assert axe(page) == []
    page.goto(f"{home}sheets")
    assert axe(page) == []

    note_who_was_present(home, page_as)


def note_who_was_present(home: str, page_as: Any) -> None:
    """From what stands on the page where the inspector arrives to the note on the slot."""
    page = page_as("i1", allow=("Failed to load resource",))
    page.goto(home)
    assert axe(page) == []
    page.get_by_role("link", name="Case 1, Case manager 01").click()
    assert axe(page) == []
    page.get_by_role("button", name="Save what became of it").click()
    page.get_by_role("link", name="Select what became of it.").wait_for()
    assert axe(page) == []
    page.get_by_label("It was held").check()
    page.get_by_label("Who was present?").fill("The case manager throughout.")
    page.get_by_role("button", name="Save what became of it").click()
    page.get_by_text("It is noted as held.").wait_for()
    assert axe(page) == []


def test_the_timetable_is_planned_without_scripts(home: str, page_as: Any) -> None:
    page = page_as("lead", scripts=False)
    page.goto(home)
    put(page, "Lars Assessor, Tuesday 15 December, morning", "Case 3 (Lars Assessor)")
    page.get_by_role("link", name="Set time of Case 3, Case manager 03").wait_for()
