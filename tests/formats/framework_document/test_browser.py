"""The page in Chromium: no accessibility fault, no sideways scrolling on a phone, and everything reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.html import framework_html
from caselight.formats.framework_yaml import framework_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOWN = [("packs/youth-2018-25", "en"), ("tests/specimens/bilingual", "cy")]


@pytest.fixture(scope="module", params=SHOWN, ids=lambda shown: shown[1])
def page(request: pytest.FixtureRequest, needs: Callable[[str], str]) -> Iterator[Page]:
    """A framework with ratings, and one in another language, in a browser that may not go anywhere."""
    from playwright.sync_api import sync_playwright

    folder, language = request.param
    framework, _ = framework_faults(ROOT / folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=FLAGS)
        opened = browser.new_page(viewport={"width": 1100, "height": 900})
        opened.set_content(framework_html(framework_document(framework, language)))
        yield opened
        browser.close()


@pytest.mark.parametrize("width", [1100, 320])
def test_axe_finds_nothing(page: Page, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page, options={"runOnly": RULES})
    assert [f"{f['id']}: {node['html']}" for f in found.response["violations"] for node in f["nodes"]] == []


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
def test_only_tables_scroll_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_page_asks_for_nothing_from_anywhere(page: Page) -> None:
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert page.evaluate("document.querySelectorAll('script, link, img, iframe').length") == 0


def test_links_of_the_contents_are_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 1100, "height": 900})
    small = page.evaluate(
        "[...document.querySelectorAll('.contents a')].filter(a => {const r = a.getBoundingClientRect();"
        " return r.height < 24 || r.width < 24}).map(a => a.textContent)"
    )
    assert small == []
