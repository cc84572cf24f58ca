"""A lead plans an inspection in a browser, from nothing to fieldwork; what somebody arrives at is read on the way."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser


def day(page: Any, name: str, text: str) -> None:
    """A day typed into its three boxes."""
    for part, typed in zip(("day", "month", "year"), text.split(), strict=True):
        page.locator(f"#{name}-{part}").fill(typed)


def test_a_lead_plans_an_inspection_from_nothing_to_fieldwork(site: Any, page_as: Any) -> None:
    page = page_as("lead", allow=("Failed to load resource",))  # a refused form is answered with 422
    page.goto(f"{site.url}/")
    assert axe(page) == []
    page.get_by_role("link", name="Plan a new inspection").or_(
        page.get_by_role("button", name="Plan a new inspection")
    ).click()
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_role("link", name="Enter the name of the service.").click()
    assert page.evaluate("document.activeElement.id") == "service"
    assert axe(page) == []

    # The dates follow from the fieldwork, before anything is saved.
    page.locator("#service").fill("Northshire Youth Offending Service")
    page.locator("#short").fill("Northshire")
    page.locator("#title").fill("Full joint inspection of youth offending work in Northshire")
    page.locator("#framework").select_option(index=1)
    day(page, "first", "12 1 2026")
    day(page, "last", "23 1 2026")
    page.get_by_role("button", name="Show the dates").click()
    page.get_by_text("24 December 2025").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Save the plan").click()

    # Its page says what is missing; the team grows, and a refusal says why.
    page.get_by_text("There is no case list yet.").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="Add somebody to the team").click()
    page.locator("#person").fill("sm@example.org")
    page.get_by_role("radio", name="Inspector: Examines").check()
    page.get_by_role("button", name="Add to the team").click()
    page.locator(".govuk-error-summary").get_by_text("at once").wait_for()
    assert axe(page) == []
    page.locator("#person").fill("stranger@example.org")
    page.get_by_role("button", name="Add to the team").click()
    page.get_by_role("cell", name="Stan Stranger").or_(page.get_by_text("Stan Stranger")).first.wait_for()
    page.get_by_role("link", name="Declare a conflict of interest").click()
    assert axe(page) == []
    page.go_back()
    page.get_by_role("link", name="End Stan Stranger’s role").click()
    assert axe(page) == []
    page.go_back()

    page.get_by_role("button", name="Begin fieldwork").click()
    page.get_by_text("is now in the state “Fieldwork”").wait_for()
    page.goto(f"{site.url}/inspections/")
    page.get_by_role("link", name="Full joint inspection of youth offending work in Northshire").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("who", ["i1", "ll", "ad"])
def test_what_somebody_arrives_at_can_be_read_by_everybody(who: str, site: Any, page_as: Any) -> None:
    page = page_as(who)
    page.goto(f"{site.url}/")
    assert page.get_by_role("heading", name="Today").is_visible()
    assert axe(page) == []
