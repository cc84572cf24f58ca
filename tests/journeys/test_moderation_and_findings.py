"""A lead after fieldwork: twenty answers moderated by keyboard alone, the findings both ways, a figure opened, the sheet."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser
HERE = "/inspections/west-london"
QUESTION = "P5"
TWENTY = 20
DRAWN = 60_000  # milliseconds that the first chart may take on a slow machine
MOST_SECONDS = 40 * 60  # in which Word and Excel do as many


@pytest.fixture(scope="module")
def west_london(site: Any) -> str:
    """West London as it was before its answers were moderated; where it is."""
    site.do("tests.factories.west_london:west_london", state="moderation")
    return f"{site.url}{HERE}"


def test_a_lead_moderates_by_keyboard_and_makes_the_feedback_sheet(
    west_london: str, page_as: Any, tmp_path: Path
) -> None:
    page = page_as("lead", allow=("Failed to load resource",))
    page.goto(f"{west_london}/moderation/")
    assert axe(page) == []
    page.goto(f"{west_london}/moderation/question/{QUESTION}/")
    before = totals(page)
    assert axe(page, widths=(1280, 320)) == []
    assert twenty_by_keyboard(page) < MOST_SECONDS
    assert page.locator(".cl-row", has_text="Changed").count() >= 5
    assert totals(page) != before
    what_is_missing_is_said(page)
    findings_both_ways(page, west_london)
    a_figure_and_a_chart(page, west_london)
    a_sheet_is_made_and_printed(page, west_london, tmp_path)


def totals(page: Any) -> str:
    """Both totals of a question, as its page says them."""
    return str(page.locator("main").get_by_text(re.compile("As things stand")).first.inner_text())


def twenty_by_keyboard(page: Any) -> float:
    """Every second answer is turned over, with a reason, the others are agreed as they are; seconds that it took."""
    page.locator("form.cl-row__form input[type=radio][checked]").first.focus()
    began = time.monotonic()
    for n in range(TWENTY):
        value = page.evaluate("document.activeElement.value")
        if n % 2 == 0 and value in ("yes", "no"):
            page.keyboard.press("ArrowRight" if value == "yes" else "ArrowLeft")
            page.keyboard.press("Tab")
            if value == "yes":
                page.keyboard.press("ArrowDown")  # the first coded reason
            page.keyboard.press("Tab")
            page.keyboard.type("The other file says so.")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_text(re.compile("^Saved on the server: ")).wait_for()
        assert page.evaluate("document.activeElement.name") == "value"
    return time.monotonic() - began


def what_is_missing_is_said(page: Any) -> None:
    """A row that lacks something is not saved, and says so above."""
    row = page.locator(".cl-row").last
    row.locator("input[type=radio]").last.check()
    row.get_by_role("button").press("Enter")
    page.get_by_role("link", name=re.compile("Enter why the agreed answer differs")).wait_for()
    assert axe(page, widths=(1280, 320)) == []


def findings_both_ways(page: Any, here: str) -> None:
    """The findings as things stand and as agreed, by theme and lowest first, of some cases."""
    page.goto(f"{here}/findings/")
    for name in ("As things stand", "As agreed"):
        page.get_by_role("columnheader", name=name).first.wait_for()
    page.get_by_text("Only some cases").click()
    page.locator("summary", has_text=re.compile("^Range")).first.click()
    assert axe(page) == []
    page.get_by_role("link", name="Show lowest first").click()
    page.get_by_role("link", name="Show as agreed").click()
    page.get_by_role("link", name="Show as things stand").wait_for()
    assert axe(page, widths=(1280,)) == []


def a_figure_and_a_chart(page: Any, here: str) -> None:
    """A figure opens to its cases; a chart says the same as its table; another inspection stands beside."""
    page.goto(f"{here}/findings/figure/{QUESTION}/")
    page.get_by_role("heading", name=re.compile(r"^No \(\d+\)")).wait_for()
    page.get_by_text("Changed in moderation").first.wait_for()
    assert axe(page, widths=(1280, 320)) == []
    page.goto(f"{here}/findings/")
    page.get_by_role("link", name=re.compile("^Chart of ")).first.click(timeout=DRAWN)
    page.locator("svg[role=img]").first.wait_for()
    page.get_by_text("The same as a table").click()
    assert axe(page, widths=(1280, 320)) == []
    page.goto(f"{here}/findings/before")
    assert axe(page, widths=(1280,)) == []


def a_sheet_is_made_and_printed(page: Any, here: str, folder: Path) -> None:
    """The sheet is made from the suggestions, put into own words, and printed on one page."""
    page.goto(f"{here}/findings/")
    page.get_by_role("button", name="Make feedback sheet").press("Enter")
    page.locator("input[name=strengths]:not(:checked)").first.check()
    page.get_by_role("button", name="Make the sheet").press("Enter")
    page.get_by_role("link", name="Select at most three").wait_for()
    assert axe(page, widths=(1280, 320)) == []
    page.locator("input[name=strengths]:checked").last.uncheck()
    page.get_by_role("button", name="Make the sheet").press("Enter")
    page.get_by_label("Strength 1", exact=True).fill("You know the children you work with.")
    assert axe(page, widths=(1280, 320)) == []
    page.get_by_role("button", name="Save the sheet").press("Enter")
    page.get_by_text("You know the children you work with.").wait_for()
    assert axe(page) == []
    printed = page.pdf(path=folder / "sheet.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
