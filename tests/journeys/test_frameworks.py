"""A question set is read, searched, checked, adopted, compared and tried in a real browser: axe at every width in every state."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.journeys.browser import axe

pytestmark = pytest.mark.browser
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
