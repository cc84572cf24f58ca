"""Publication in a browser: proposed, sent back, proposed again and approved, and every state of the page looked at."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.browser import axe
from tests.journeys.people import sign_in

pytestmark = pytest.mark.browser


def test_two_persons_publish_a_letter(site: Any, page_as: Any) -> None:
    site.do("tests.factories.west_london:under_embargo")
    here = f"{site.url}/inspections/west-london/"
    lead, publisher = page_as("lead"), sign_in(site, page_as, "pb", here)
    lead.goto(here + "letter/publication")
    lead.get_by_text("Nothing: every sentence agrees with its figures").wait_for()
    assert axe(lead) == []
    lead.get_by_role("button", name="Propose for publication").click()
    lead.get_by_role("heading", name="Waiting for approval").wait_for()
    assert axe(lead) == []

    publisher.page.goto(site.url)
    publisher.follow("Approve the letter for publication")
    publisher.press("Send back")
    publisher.page.get_by_role("link", name="Enter what is to be mended.").click()
    assert axe(publisher.page) == []
    publisher.page.get_by_label("What is to be mended").fill("Paragraph 1.2 is not clear.")
    publisher.press("Send back")
    publisher.reads("Sent back by Pia Publisher")

    lead.goto(here + "letter/publication")
    lead.get_by_text("Pia Publisher sent it back").wait_for()
    assert axe(lead) == []
    lead.get_by_role("button", name="Propose for publication").click()
    publisher.page.goto(here + "letter/publication")
    assert axe(publisher.page) == []
    publisher.press("Approve and publish")
    publisher.reads("Approved and published by Pia Publisher")
    assert axe(publisher.page) == []
