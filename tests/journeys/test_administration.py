"""The pages of people in a real browser, in every state: the list, an invitation from both sides, roles, the account."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import looked_at

pytestmark = pytest.mark.browser
LOST = ("Failed to load resource",)  # a form that is refused answers 422, a link that is over 410
NEW = "four green kettles by the sea"


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def reads(page: Any, text: str) -> None:
    page.locator("main").get_by_text(text).first.wait_for()


def invited(page: Any, site: Any, name: str) -> str:
    """Somebody is invited by keyboard alone; the address of their link."""
    keys = Keyboard(page)
    page.goto(f"{site.url}/people/invite")
    keys.to(page.get_by_label("Name", exact=True))
    keys.type(name)
    keys.to(page.get_by_label("E-mail address"))
    keys.type(f"{name.split(maxsplit=1)[0].lower()}@example.org")
    keys.to(page.get_by_role("radio").first)
    keys.press("Space")
    keys.go(page.get_by_role("button", name="Make the link"))
    return str(page.locator("#link").text_content())


def test_somebody_is_invited_by_keyboard_and_chooses_a_password_once(site: Any, page_as: Any) -> None:
    page = page_as("ad", allow=LOST)
    page.goto(f"{site.url}/people/")
    looked_at(page, "people")
    page.goto(f"{site.url}/people/invite")
    looked_at(page, "invite")
    press(page, "Make the link")
    reads(page, "There is a problem")
    looked_at(page, "invite-errors")
    address = invited(page, site, "Nia New")
    looked_at(page, "link")
    theirs = page_as("", allow=LOST)
    theirs.goto(address)
    looked_at(theirs, "accept")
    press(theirs, "Save password")
    reads(theirs, "There is a problem")
    looked_at(theirs, "accept-errors")
    for label in ("Password", "Password again"):
        theirs.get_by_label(label, exact=True).fill(NEW)
    press(theirs, "Save password")
    reads(theirs, "Sign in with your e-mail address")
    looked_at(theirs, "accepted")
    theirs.goto(address)
    reads(theirs, "A password was chosen with it already.")
    looked_at(theirs, "used-link")


def test_a_role_is_given_and_ended_and_the_account_changed(site: Any, page_as: Any) -> None:
    page = page_as("ad", allow=LOST)
    invited(page, site, "Rona Role")
    page.get_by_role("button", name="I have copied it").click()
    page.get_by_role("heading", name="Rona Role").wait_for()
    there = page.url
    looked_at(page, "person")
    page.get_by_role("button", name="Give a role").click()
    looked_at(page, "role")
    press(page, "Give the role")
    reads(page, "There is a problem")
    looked_at(page, "role-errors")
    page.get_by_label("Inspector: Examines").check()
    page.get_by_label("Inspection (optional)").select_option(label="Testshire: External")
    press(page, "Give the role")
    reads(page, "They have the role.")
    looked_at(page, "person-with-role")
    page.get_by_role("link", name="End the role of inspector").click()
    looked_at(page, "end-role")
    press(page, "End the role now")
    reads(page, "The role is ended.")
    for change in ("disable", "enable", "sign-out", "administrator"):
        page.goto(f"{there}change/{change}")
        looked_at(page, f"change-{change}")
    page.goto(f"{there}name")
    page.get_by_label("Name", exact=True).fill("")
    press(page, "Save")
    reads(page, "There is a problem")
    looked_at(page, "rename-errors")
    page.goto(f"{there}change/disable")
    press(page, "Disable the account")
    reads(page, "The account is disabled.")
    looked_at(page, "person-disabled")


def test_a_lead_and_a_service_manager_see_their_people(site: Any, page_as: Any) -> None:
    for who, path in (("lead", "people/"), ("sm", "people/"), ("sm", "people/invite")):
        page = page_as(who)
        page.goto(f"{site.url}/{path}")
        looked_at(page, f"{who}-{path.strip('/').replace('/', '-')}")


def test_who_was_invited_chooses_a_password_without_scripts(site: Any, page_as: Any) -> None:
    address = invited(page_as("ad", allow=LOST), site, "Wilma Without")
    page = page_as("", scripts=False)
    page.goto(address)
    for label in ("Password", "Password again"):
        page.get_by_label(label, exact=True).fill(NEW)
    press(page, "Save password")
    reads(page, "Sign in with your e-mail address")
