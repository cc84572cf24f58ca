"""One's own account in a real browser: where one is signed in, how pages look, conflicts of interest; and the lock-out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.browser import axe
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import looked_at

pytestmark = pytest.mark.browser
LOST = ("Failed to load resource",)  # a form that is refused answers 422
SESSIONS = "tests.evidence.work.sessions:sessions"


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def reads(page: Any, text: str) -> None:
    page.locator("main").get_by_text(text).first.wait_for()


def test_one_signs_out_elsewhere_by_keyboard(site: Any, page_as: Any) -> None:
    site.do(SESSIONS)  # everybody is signed in once more, in another browser
    page = page_as("i1")
    keys = Keyboard(page)
    page.goto(f"{site.url}/me")
    looked_at(page, "me")
    keys.go(page.get_by_role("button", name="Sign out there").first)
    reads(page, "You are signed out there.")
    site.do(SESSIONS)
    page.goto(f"{site.url}/me")
    keys.go(page.get_by_role("button", name="Sign out everywhere else"))
    reads(page, "You are signed out everywhere but here.")
    assert not page.get_by_role("button", name="Sign out there").count()
    looked_at(page, "me-alone")


def test_pages_look_as_one_chose_and_one_is_warned_as_early(site: Any, page_as: Any) -> None:
    page = page_as("i2")
    keys = Keyboard(page)
    page.goto(f"{site.url}/me/preferences")
    looked_at(page, "preferences")
    keys.to(page.get_by_label("Usual"))
    keys.press("ArrowDown", "ArrowDown")
    for name in ("More space", "Stronger contrast", "Nothing moves"):
        keys.to(page.get_by_label(name))
        keys.press("Space")
    keys.to(page.get_by_label("Warning before I am signed out"))
    keys.press("End")
    keys.go(page.get_by_role("button", name="Save"))
    reads(page, "It is saved, and holds wherever you sign in.")
    looked_at(page, "preferences-chosen")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") == "rgb(0, 0, 0)"
    for path, name in (("/", "today"), ("/me", "me"), ("/inspections/testshire/", "inspection"),
                       ("/inspections/testshire/cases/", "cases"), ("/inspections/testshire/cases/case/C2/", "case")):  # fmt: skip
        page.goto(site.url + path)
        looked_at(page, f"chosen-{name}")
    page.evaluate(
        "() => { document.getElementById('session').dataset.seconds = '1000';"
        " document.dispatchEvent(new Event('caselight:alive')); document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.locator("#session").get_by_text("17 minutes").wait_for()
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.locator("#session").wait_for(state="hidden")


def test_the_choice_works_without_scripts(site: Any, page_as: Any) -> None:
    page = page_as("la", scripts=False)
    page.goto(f"{site.url}/me/preferences")
    assert page.get_by_text("without a warning because scripts are off").is_visible()
    page.get_by_label("Large: a quarter larger").check()
    press(page, "Save")
    assert page.locator("html.cl-text-large").count() == 1
    assert page.evaluate("1 + 1") == 2


def test_a_conflict_with_a_service_is_declared_and_withdrawn_and_one_with_a_case_manager_is_declared(
    site: Any, page_as: Any
) -> None:
    page = page_as("qa", allow=LOST)
    page.goto(f"{site.url}/me/conflicts")
    looked_at(page, "conflicts-none")
    press(page, "Declare")
    reads(page, "There is a problem")
    looked_at(page, "conflicts-errors")
    page.get_by_label("Or a service that is not in the list").fill("Northshire Youth Offending Service")
    page.get_by_label("Reason", exact=True).fill("I worked there until 2024.")
    press(page, "Declare")
    reads(page, "It is noted.")
    looked_at(page, "conflicts")
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_role("heading", name="Withdraw a conflict of interest").wait_for()
    press(page, "Withdraw")
    reads(page, "There is a problem")
    looked_at(page, "conflict-withdraw-errors")
    page.get_by_label("Why does it no longer stand?").fill("It was another service.")
    press(page, "Withdraw")
    reads(page, "It is withdrawn.")
    page = page_as("lead", allow=LOST)
    page.goto(f"{site.url}/inspections/testshire/plan/conflict")
    looked_at(page, "conflict-here")
    press(page, "Declare")
    reads(page, "There is a problem")
    looked_at(page, "conflict-here-errors")
    page.get_by_label("Whose conflict of interest is it?").select_option(label="Ivo Inspector")
    page.get_by_label("What is it about?").select_option(label="All cases of Carla Caseworker")
    page.get_by_label("Reason", exact=True).fill("Her neighbour.")
    press(page, "Declare")
    reads(page, "all cases of Carla Caseworker: Her neighbour.")
    looked_at(page, "team-with-conflicts")


def test_who_is_locked_out_reads_what_is_true(site: Any, page_as: Any) -> None:
    page = page_as("", allow=LOST)
    try:
        page.goto(f"{site.url}/accounts/login/")
        for _ in range(10):
            page.get_by_label("E-mail address").fill("nobody@example.org")
            page.get_by_label("Password", exact=True).fill("wrong wrong wrong")
            with page.expect_navigation():
                page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="There were too many attempts to sign in").wait_for()
        page.get_by_text("Wait 15 minutes").first.wait_for()
        looked_at(page, "locked-out")
    finally:
        site.do("axes.utils:reset")
