"""What waits for a person: answers not accepted, two answers to one question, a locked case that must be opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser
HERE = "/inspections/testshire/"


def pictured(page: Any, name: str) -> None:
    """A picture of the page at two widths, where somebody wants to look at it."""
    if not (folder := os.environ.get("CASELIGHT_PICTURES")):
        return
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_author_records_again_and_the_lead_sets_aside(site: Any, page_as: Any) -> None:
    site.do("tests.evidence.work.left_over:not_accepted")
    author = page_as("i1")
    author.goto(f"{site.url}/")
    author.get_by_role("link", name="1 answer of yours was not accepted").click()
    assert axe(author) == []
    author.get_by_role("link", name="Case 1: A, A in short").click()
    author.get_by_role("heading", name="What stands now").wait_for()
    assert axe(author) == []
    pictured(author, "message-author")
    author.get_by_role("button", name="Record this answer").press("Enter")
    author.get_by_text("The answer is recorded.").wait_for()
    assert axe(author) == []

    lead = page_as("lead", allow=("Failed to load resource",))  # a refused form is answered with 422
    lead.goto(f"{site.url}{HERE}")
    lead.get_by_role("link", name="1 answer was not accepted").click()
    assert axe(lead) == []
    pictured(lead, "messages-lead")
    lead.get_by_role("link", name="Case 2: A, A in short").click()
    lead.get_by_role("button", name="Set aside").click()
    lead.get_by_role("link", name="Enter why it is not recorded").click()
    assert lead.evaluate("document.activeElement.id") == "reason"
    assert axe(lead) == []
    pictured(lead, "message-lead-error")
    lead.keyboard.type("She answered it again on Monday.")
    lead.get_by_role("button", name="Set aside").press("Enter")
    lead.get_by_text("The message is set aside.").wait_for()
    lead.get_by_role("link", name="Case 2: A, A in short").click()
    lead.get_by_text("She answered it again on Monday.").wait_for()
    assert axe(lead) == []
    pictured(lead, "message-settled")


def test_authors_agree_and_the_lead_decides_by_keyboard(site: Any, page_as: Any) -> None:
    site.do("tests.evidence.work.left_over:two_answers")
    author = page_as("i1", allow=("Failed to load resource",))  # a refused form is answered with 422
    author.goto(f"{site.url}/")
    author.get_by_role("link", name="Two answers: needs a decision").click()
    assert axe(author) == []
    author.get_by_role("button", name="This one stands").first.click()
    author.get_by_role("link", name="Select the answer that stands").click()
    author.locator("input[type=radio]:focus").wait_for()
    assert axe(author) == []
    author.keyboard.press("ArrowDown")  # the other inspector's answer
    author.keyboard.press("Tab")
    author.keyboard.type("I had not seen the date.")
    author.keyboard.press("Enter")
    author.get_by_text("Saved. It is decided when every author says the same.").wait_for()
    author.locator("input[type=radio]:focus").wait_for()  # of the next question
    pictured(author, "decisions-author")

    lead = page_as("lead")
    lead.goto(f"{site.url}{HERE}")
    lead.get_by_role("link", name="2 questions have two answers").click()
    lead.get_by_text("Inga Inspector says that this one stands").wait_for()
    assert axe(lead) == []
    lead.locator("input[type=radio]").first.focus()
    for _ in range(2):
        lead.keyboard.press("ArrowDown")
        lead.keyboard.press("Tab")
        lead.keyboard.type("The date is later.")
        with lead.expect_navigation():
            lead.keyboard.press("Enter")
    lead.get_by_text("That was the last one.").wait_for()
    lead.get_by_role("heading", name="Decided (2)").wait_for()
    assert axe(lead) == []
    pictured(lead, "decisions-decided")


def test_a_locked_case_is_opened_by_two_and_its_history_tells_what_changed(site: Any, page_as: Any) -> None:
    site.do("tests.evidence.work.left_over:locked")
    case = f"{site.url}{HERE}cases/case/C1/"
    inspector = page_as("i1", allow=("Failed to load resource",))
    inspector.goto(f"{case}finish")
    inspector.get_by_role("link", name="Ask that it is unlocked").click()
    inspector.get_by_role("button", name="Ask that it is unlocked").click()
    inspector.get_by_role("link", name="Enter why the case must be opened again").click()
    assert inspector.evaluate("document.activeElement.id") == "reason"
    assert axe(inspector) == []
    inspector.keyboard.type("A page of the file was missed.")
    inspector.get_by_role("button", name="Ask that it is unlocked").press("Enter")
    inspector.get_by_text("It is asked for. The lead sees it on Today.").wait_for()
    for who, button in (("lead", "Agree that it is unlocked"), ("qa", "Agree as the second person")):
        page = page_as(who)
        page.goto(f"{site.url}/")
        page.get_by_role("link", name="Unlock Case 1?").click()
        assert axe(page) == []
        pictured(page, f"unlock-{who}")
        page.get_by_role("button", name=button).press("Enter")
    page.get_by_text("The case is unlocked.").wait_for()
    inspector.goto(f"{case}history")
    inspector.get_by_text("Leila Lead and Quinn Quality").wait_for()
    assert axe(inspector) == []
    pictured(inspector, "history")
