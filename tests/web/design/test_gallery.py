"""The gallery shows every component, in a browser too."""

from __future__ import annotations

import pytest
from tests.factories.store import seeded
from tests.journeys.browser import AtPage, Site, axe
from tests.web.client import PageClient


@pytest.mark.django_db
def test_the_gallery_keeps_to_the_rules_of_every_page() -> None:
    seeded()
    assert PageClient("lead").open("/design/").h1 == "Components"


@pytest.mark.django_db
def test_errors_say_what_to_do_and_keep_what_was_typed() -> None:
    seeded()
    page = PageClient("lead").send(
        "/design/", {"starts-day": "40", "starts-month": "3", "starts-year": "2027", "note": "kept"}
    )
    assert "Enter the title." in page.errors or "Enter title." in page.errors
    assert "Start of the fieldwork must be a real date." in page.errors
    assert page.fields()["note"].strip() == "kept"


@pytest.mark.browser
def test_axe_finds_nothing_in_the_gallery(site: Site, page_as: AtPage) -> None:
    page = page_as("lead")
    page.goto(f"{site.url}/design/")
    assert axe(page) == []
    page.click("text=Save and next")
    assert axe(page) == []
