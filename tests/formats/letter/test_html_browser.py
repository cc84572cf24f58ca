"""The page in Chromium: no accessibility fault in any state, no sideways scrolling on a phone, links large enough to hit."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from tests.factories.traced_letter import traced_letter

from caselight.formats.letter.html import letter_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90" role="img"><title>A</title><text y="20">9 of 13</text></svg>'


@pytest.fixture(scope="module")
def page(needs: Callable[[str], str]) -> Iterator["Page"]:
    """The letter in a browser that may not go anywhere."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=FLAGS)
        opened = browser.new_page(viewport={"width": 1100, "height": 900})
        opened.set_content(letter_html(traced_letter(), {"A": CHART}))
        yield opened
        browser.close()


def violations(page: "Page") -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES})
    return [f"{fault['id']}: {node['html']}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("width", [1100, 320])
@pytest.mark.parametrize("state", ["closed", "open"])
def test_axe_finds_nothing(page: "Page", width: int, state: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("state => document.querySelectorAll('details').forEach(d => d.open = state === 'open')", state)
    assert violations(page) == []


def test_axe_would_have_found_something(page: "Page") -> None:
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = violations(page)
    page.evaluate("document.documentElement.lang = 'en-GB'")
    assert [fault.split(":")[0] for fault in found] == ["html-has-lang"]


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
def test_only_tables_and_charts_scroll_sideways(page: "Page", width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(page: "Page") -> None:
    regions = page.evaluate(
        "[...document.querySelectorAll('.scroll')].map(r => [r.tabIndex, r.getAttribute('role'),"
        " document.getElementById(r.getAttribute('aria-labelledby')).textContent.length > 0])"
    )
    assert len(regions) == 7
    assert {tuple(region) for region in regions} == {(0, "region", True)}


def test_links_outside_sentences_are_large_enough(page: "Page") -> None:
    page.set_viewport_size({"width": 1100, "height": 900})
    small = page.evaluate(
        "[...document.querySelectorAll('.contents a, .said a, .back, summary, .scroll tbody th a')]"
        ".filter(a => a.getBoundingClientRect().height < 24).map(a => a.textContent)"
    )
    assert small == []


def test_a_link_that_has_the_focus_shows_it(page: "Page") -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
