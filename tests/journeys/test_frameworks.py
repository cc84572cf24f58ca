"""A question set is read, searched, checked, adopted, compared and tried in a real browser: axe at every width in every state."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.factories.sets import MINIMAL
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser
SECOND = MINIMAL.replace(b'version: "1"', b'version: "2"').replace(b"good enough", b"sound")
PICTURES = os.environ.get("CASELIGHT_PICTURES", "")


@pytest.fixture(scope="module")
def sqs(site):
    """The address of the first pack, adopted."""
    return f"{site.url}/frameworks/{site.do('tests.evidence.work.question_sets:packs', names=['sqs'])[0]}/"


def looked_at(page, name):
    """Nothing that axe finds; and pictures, for whoever asked for them."""
    assert axe(page) == [], name
    for width in (1280, 320) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_inspector_finds_a_question_and_reads_its_guidance(site, page_as, sqs):
    page = page_as("i1")
    page.goto(site.url)
    page.get_by_role("link", name="Question sets, with their guidance").click()
    looked_at(page, "question-sets")
    page.get_by_role("link", name="Short Quality Screening").click()
    looked_at(page, "question-set")
    page.get_by_label("Search in this question set").fill("gangs")
    page.get_by_role("button", name="Search").click()
    looked_at(page, "question-set-found")
    page.get_by_role("link", name="P1: assessment of risk of harm").click()
    page.locator("#question-P1:target").wait_for()
    looked_at(page, "question-set-theme")
    page.get_by_role("link", name="Next").click()
    page.get_by_role("heading", level=1, name="Theme 3").wait_for()
    for part in ("known", "looked-at", "checks", "counts", "choosing"):
        page.goto(f"{sqs}parts/{part}")
        looked_at(page, f"question-set-{part}")
    page.goto(f"{sqs}?q=zebra")
    looked_at(page, "question-set-nothing")


def test_a_lead_mends_a_file_adopts_it_and_compares_two_versions(site, page_as):
    page = page_as("lead", allow=("Failed to load resource",))  # what is refused is answered with 422
    page.goto(f"{site.url}/frameworks/")
    page.get_by_role("link", name="Check a question set that you have as a file").click()
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("link", name="Select the file of the question set.").click()
    assert page.evaluate("document.activeElement.id") == "file"
    looked_at(page, "check-errors")
    send(page, MINIMAL.replace(b"version:", b"vrsn:", 1).replace(b"scale: ", b"scale: un", 1))
    page.get_by_role("heading", level=1, name="things to mend in mine.yaml").wait_for()
    looked_at(page, "check-faults")
    page.get_by_role("link", name="check it again").click()
    send(page, MINIMAL)
    looked_at(page, "check-good")
    page.get_by_role("button", name="Adopt this version").click()
    page.get_by_text("Version 1 is adopted.").wait_for()
    looked_at(page, "adopted")
    page.goto(f"{site.url}/frameworks/check")
    send(page, SECOND)
    page.get_by_text("What is new since version 1").wait_for()
    page.get_by_text("Before and now").first.click()
    looked_at(page, "check-second")
    page.get_by_role("button", name="Adopt this version").click()
    page.get_by_role("link", name="What changed").click()
    page.get_by_role("heading", name="From version 1 to version 2").wait_for()
    looked_at(page, "compare")
    page.goto(f"{site.url}/frameworks/compare?before=&after=")
    page.get_by_role("link", name="Select the earlier version.").wait_for()
    looked_at(page, "compare-errors")


def test_an_inspector_tries_a_practice_case(site, page_as, sqs):
    page = page_as("i1", allow=("Failed to load resource",))
    page.goto(sqs)
    page.get_by_role("button", name="Try a practice case").click()
    looked_at(page, "practice-case")
    page.get_by_role("group", name="Pre-sentence report prepared").get_by_label("Yes").check()
    day = page.get_by_role("group", name="Initial assessment completed on")
    day.get_by_label("Day").fill("31")
    day.get_by_label("Month").fill("2")
    day.get_by_label("Year").fill("2015")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Initial assessment completed on must be a real date.").wait_for()
    looked_at(page, "practice-errors")
    page.get_by_role("group", name="Initial assessment completed on").get_by_label("Month").fill("3")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", level=1, name="Reducing reoffending").wait_for()
    page.get_by_text("Not asked of this case, and why").click()
    page.get_by_text("Guidance").first.click()
    page.locator("[id='q::R1-2']").check()
    page.get_by_label("Description without analysis").check()
    page.locator("[id='q::R2.due']").check()
    looked_at(page, "practice-theme")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("More is asked now").wait_for()
    page.get_by_role("button", name="What it comes to").click()
    page.get_by_text("Description without analysis").wait_for()
    looked_at(page, "practice-result")


def send(page, data):
    """Choose the file and send it."""
    file = {"name": "mine.yaml", "mimeType": "text/yaml", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check it").click()
