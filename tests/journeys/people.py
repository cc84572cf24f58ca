"""People at a browser: who signs in through the pages, and goes about in one inspection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests import cast

PATIENCE = 60_000  # milliseconds: two browsers and their servers share two processors
LOST = ("Failed to load resource",)  # what a browser says of a form that is refused, and of a page that is not there
AtPage = Callable[..., Any]


@dataclass
class Person:
    """Somebody of the cast at a page of theirs; ``here`` is the address of the inspection that it is about."""

    key: str
    page: Any
    site: Any
    here: str = ""

    def go(self, path: str) -> None:
        """To a page of the inspection."""
        self.page.goto(self.here + path)

    def press(self, name: Any) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: Any) -> None:
        """Follow the link of this name."""
        self.page.get_by_role("link", name=name).first.click()

    def reads(self, text: Any) -> None:
        """Wait until the page says it."""
        self.page.locator("main").get_by_text(text).first.wait_for()

    def finds_nothing_at(self, path: str) -> None:
        """An address of the inspection is for this person as if there were nothing."""
        answer = self.page.goto(self.here + path)
        assert answer.status == 404, (self.key, path, answer.status)


def sign_in(site: Any, page_as: AtPage, key: str, here: str = "") -> Person:
    """Somebody signs in with their password and the code of their app."""
    page = page_as("", allow=LOST)
    page.set_default_timeout(PATIENCE)
    person = Person(key, page, site, here)
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("E-mail address").fill(f"{key}@example.org")
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    code, today = page.get_by_label("Code", exact=True), page.get_by_role("heading", name="Today", exact=True)
    code.or_(today).first.wait_for()
    while code.count():  # a code that ran out on the way is refused, and the next one asked for
        code.fill(site.do("tests.evidence.work.sessions:code", who=key))
        with page.expect_navigation():
            page.get_by_role("button", name="Continue").click()
    today.wait_for()
    return person


def prove_again(person: Person, name: str, done: str) -> None:
    """Press a button that may first want to know once more who is there; ``done`` is what the page says afterwards."""
    person.press(name)
    password = person.page.locator("input[type=password]")
    password.or_(person.page.get_by_text(done)).first.wait_for()
    if password.count():
        password.fill(cast.PASSWORD)
        person.page.locator("main button[type=submit]").first.click()
        person.press(name)
