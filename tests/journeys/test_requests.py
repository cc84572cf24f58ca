"""What the service is asked for, from the usual list to what is accepted, by the lead and the service's manager."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser
HERE = "/inspections/testshire/"
SEVERAL = 4  # of the usual list


def the_service_answers(site: Any, manager: Any) -> None:
    """The service's manager sees what waits on the page that they arrive at, answers it, and says whom to turn to."""
    manager.goto(f"{site.url}/")
    manager.get_by_role("link", name="4 requests to answer").click()
    manager.get_by_role("link", name="The list of cases").click()
    manager.get_by_role("button", name="Say that it is provided").click()
    manager.get_by_role("link", name="Enter where it is, or how it was sent.").click()
    assert manager.evaluate("document.activeElement.id") == "received-words"
    assert axe(manager) == []
    manager.keyboard.type("In the shared folder")
    manager.get_by_role("button", name="Say that it is provided").click()
    manager.get_by_text("It is noted as provided.").wait_for()
    manager.goto(f"{site.url}{HERE}plan/contacts/new")
    manager.get_by_role("button", name="Save").click()
    manager.get_by_role("link", name="Enter their name.").wait_for()
    assert axe(manager) == []
    manager.locator("#name").fill("Mary Manager")
    manager.locator("#telephone").fill("020 7946 0000")
    manager.get_by_role("button", name="Save").click()
    manager.get_by_text("Mary Manager is on the list.").wait_for()
    assert axe(manager) == []


def test_a_lead_asks_the_service_answers_and_the_lead_accepts(site: Any, page_as: Any) -> None:
    lead = page_as("lead", allow=("Failed to load resource",))  # a refused form is answered with 422
    lead.goto(f"{site.url}{HERE}")
    assert axe(lead) == []
    lead.get_by_role("link", name="All requests").click()
    lead.get_by_role("button", name="Ask from the usual list").click()
    assert axe(lead) == []
    for box in lead.get_by_role("checkbox").all()[SEVERAL:]:
        box.uncheck()
    lead.get_by_role("button", name="Ask for these").click()
    lead.get_by_text("The service is asked for 4 things.").wait_for()
    assert axe(lead) == []
    lead.get_by_role("button", name="Ask for something").click()
    lead.get_by_role("button", name="Ask for it").click()
    lead.get_by_role("link", name="Enter the day until when you want it.").click()
    assert lead.evaluate("document.activeElement.id") == "due-day"
    assert axe(lead) == []

    the_service_answers(site, page_as("sm", allow=("Failed to load resource",)))

    # The lead finds what came, sends it back, and in the end accepts it.
    lead.goto(f"{site.url}/")
    lead.get_by_role("link", name="Received from the service, to be looked at").click()
    lead.get_by_role("link", name="The list of cases").click()
    assert axe(lead) == []
    lead.locator("#returned-words").fill("Closed cases are missing")
    lead.get_by_role("button", name="Send back").click()
    lead.get_by_text("It is sent back to the service.").wait_for()
    lead.get_by_role("link", name="The list of cases").click()
    for fold in lead.locator("details summary").all():
        fold.click()
    assert axe(lead) == []
    lead.locator("#received-words").fill("Came by secure mail")
    lead.get_by_role("button", name="Say that it is provided").click()
    lead.get_by_role("link", name="The list of cases").click()
    lead.get_by_role("button", name="Accept").click()
    lead.get_by_text("It is accepted.").wait_for()

    # The announcement is made from the plan, copied, and noted as sent.
    lead.goto(f"{site.url}{HERE}plan/announcement")
    assert axe(lead) == []
    lead.locator("#to").fill("Mary Manager, by secure mail")
    lead.get_by_role("button", name="Note that it was sent").click()
    lead.get_by_role("link", name="the announcement").click()
    lead.get_by_text("To Mary Manager, by secure mail").wait_for()
    assert axe(lead) == []
