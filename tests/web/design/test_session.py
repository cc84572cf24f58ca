"""A session that is about to end says so, is kept by one click, and loses nothing that was typed when it has ended."""

from __future__ import annotations

import pytest
from tests.factories.store import seeded
from tests.journeys.browser import AtPage, Site, axe
from tests.web.client import PageClient

SOON = "() => { document.getElementById('session').dataset.seconds = '200'; document.dispatchEvent(new Event('caselight:alive')); }"
OVER = "() => { document.getElementById('session').dataset.seconds = '0'; document.dispatchEvent(new Event('caselight:alive')); }"
LOOK = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.mark.django_db
def test_somebody_who_is_still_there_is_told_how_long_and_nobody_else_is_told_anything() -> None:
    seeded()
    said = PageClient("lead").get("/design/here").json()
    assert said["seconds"] == 3600
    assert said["token"]
    assert PageClient().get("/design/here").status_code == 302


@pytest.mark.browser
def test_a_warning_comes_before_the_end_and_one_click_keeps_the_session(site: Site, page_as: AtPage) -> None:
    page = page_as("lead")
    page.goto(f"{site.url}/design/")
    page.fill("#title", "typed")
    assert not page.is_visible("#session")
    page.evaluate(SOON)
    page.evaluate(LOOK)
    assert page.is_visible("text=You will be signed out in 4 minutes")
    assert page.evaluate("document.activeElement.textContent") == "Stay signed in"
    assert axe(page, widths=(1280, 320)) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#session", state="hidden")
    assert page.input_value("#title") == "typed"


@pytest.mark.browser
def test_after_the_end_what_was_typed_can_still_be_sent(site: Site, page_as: AtPage) -> None:
    page = page_as("i2", allow=("Failed to load resource",))
    page.goto(f"{site.url}/design/")
    page.fill("#title", "typed before the end")
    context = page.context
    [kept] = [cookie for cookie in context.cookies() if cookie["name"] == "sessionid"]
    context.clear_cookies()  # the session has ended, and with it the sign that the form carries
    page.evaluate(OVER)
    page.evaluate(LOOK)
    page.wait_for_selector("text=You are signed out. What you typed is still on this page.")
    page.click("text=I have signed in")
    page.wait_for_selector("[data-cl-said]:has-text('You are signed out.')")
    assert axe(page, widths=(1280, 320)) == []
    context.add_cookies([{"name": "sessionid", "value": kept["value"], "url": site.url}])  # in another window
    page.click("text=I have signed in")
    page.wait_for_selector("#session", state="hidden")
    page.click("text=Save and next")
    page.wait_for_selector("text=There is a problem")
    assert page.input_value("#title") == "typed before the end"
