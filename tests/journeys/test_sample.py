"""A lead brings in a messy list, mends and leaves out, selects a sample, replaces a case and allocates: in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.factories.case_list import messy
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(site: Any) -> str:
    """An inspection waits for its list; its address."""
    key = site.do("tests.factories.case_list:waiting")
    return f"{site.url}/inspections/{key}/"


def test_a_lead_brings_in_a_list_and_selects_a_sample(home: str, page_as: Any, tmp_path: Path) -> None:
    file = tmp_path / "cases.xlsx"
    file.write_bytes(messy(60))
    page = page_as("lead", allow=("Failed to load resource",))  # a form that is refused answers 422
    page.goto(f"{home}case-list/")
    assert axe(page) == []
    page.get_by_role("button", name="Bring in cases").click()
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("link", name="Select the file of the case list.").wait_for()
    assert axe(page) == []
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()

    # The heading in row 4 is found; the columns are recognised by their names.
    assert page.get_by_role("radio", name=re.compile("^Row 4: Local ID")).is_checked()
    assert axe(page) == []
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_label("A: Local ID").input_value() == "@local_id"
    assert axe(page) == []
    page.get_by_role("button", name="Continue").click()
    assert axe(page) == []
    page.get_by_role("button", name="Check the list").click()

    # Three faults: one mended wrongly and then rightly, one by what it means, one row left out.
    page.get_by_text("3 to fix").wait_for()
    assert axe(page) == []
    date = page.locator(".cl-fault", has_text="I8")
    date.get_by_label("What is right").fill("tomorrow")
    page.get_by_role("button", name="Save what I fixed").click()
    page.get_by_role("link", name="Enter the day, such as 31/01/2016.").click()
    assert axe(page) == []
    page.locator(".cl-fault", has_text="I8").get_by_label("What is right").fill("28/02/2015")
    page.locator(".cl-fault", has_text="E10").get_by_label("What is right").select_option("Male")
    page.locator(".cl-fault", has_text="A12").get_by_label("Or leave the row out").select_option(
        "The same case stands in the list twice"
    )
    page.get_by_role("button", name="Save what I fixed").click()
    page.get_by_text("Nothing is left to fix.").wait_for()
    page.get_by_text("Rows that you left out").click()
    assert axe(page) == []
    page.get_by_role("button", name="Accept list").click()
    page.get_by_text("The list is accepted: 60 cases, 56 eligible.").wait_for()
    page.get_by_text("Why cases are not eligible").click()
    page.get_by_role("link", name="Show record numbers and initials").click()
    page.get_by_role("cell", name="TS/100", exact=True).first.wait_for()
    assert axe(page) == []
    page.get_by_role("table").get_by_role("link", name=re.compile("^[0-9A-F]{6}$")).first.click()
    assert axe(page) == []

    select(page, home)
    allocate(page)


def select(page: Any, home: str) -> None:
    """A design is looked at, its size chosen, and drawn; a case removed, its reserve taking its place; the record."""
    page.goto(f"{home}sample/")
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("^Look at this design")).click()
    assert axe(page) == []
    page.get_by_role("button", name="Show what this size gives").click()
    page.get_by_role("link", name="Enter how many cases.").click()
    page.keyboard.type("20")
    page.get_by_role("button", name="Show what this size gives").click()
    page.get_by_text("20 of 56").wait_for()
    page.get_by_text("Another size", exact=True).click()
    assert axe(page) == []
    page.get_by_role("button", name="Select the sample").click()
    page.get_by_text(re.compile("20 cases were drawn and 6 in reserve, with the seed [0-9a-f]{32}")).wait_for()
    page.locator("summary", has_text=re.compile("^Sample beside case list$")).click()
    assert axe(page) == []

    page.get_by_role("link", name="Remove", exact=True).first.click()
    page.get_by_role("button", name="Take it out").click()
    page.get_by_role("link", name="Select why.").click()
    assert axe(page) == []
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Take it out").click()
    page.get_by_text("Case 21 takes its place.").wait_for()
    page.get_by_role("button", name="Sampling record").click()
    page.get_by_text("The same cases").wait_for()
    assert axe(page) == []
    page.go_back()


def allocate(page: Any) -> None:
    """Cases are given, and one is taken back."""
    page.get_by_role("button", name="Allocate cases").click()
    page.get_by_role("button", name="Give them").click()
    page.get_by_role("link", name="Select at least one case.").click()
    assert axe(page) == []
    for box in page.locator("input[name=case]").all()[:5]:
        box.check()
    page.get_by_label("Give them to").select_option("i1")
    page.get_by_role("button", name="Give them").click()
    page.get_by_text("5 cases given to Inga Inspector.").wait_for()
    page.get_by_role("button", name=re.compile("^Take back")).first.click()
    page.get_by_text("16 given to nobody").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="See who would get what").click()
    page.get_by_role("heading", name="Share out cases").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Give these cases").click()
    page.get_by_text("20 cases, 0 given to nobody").wait_for()
    assert axe(page) == []
