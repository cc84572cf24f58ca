"""What waits for a person: answers that were not accepted, settled by their author and by the lead."""

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
