"""The gallery shows every component in every state; what is true of it is true of the pages that are made of the same."""

from __future__ import annotations

import re

import pytest
from tests.factories.store import seeded
from tests.journeys.browser import AtPage, Site, axe
from tests.web.client import PageClient

from caselight.web.design.templatetags import ui

FIRST_VISIT_BYTES, LATER_BYTES = 150_000, 30_000


@pytest.mark.django_db
def test_every_component_is_in_the_gallery() -> None:
    seeded()
    shown = PageClient("lead").open("/design/")
    assert shown.h1 == "Components"
    folder = ui.__file__.replace("templatetags/ui.py", "templates/design/gallery")
    from pathlib import Path

    used = set(
        re.findall(r"{% (\w+)", "".join(path.read_text() for path in Path(folder).parent.glob("gallery*/*.html")))
    )
    used |= set(re.findall(r"{% (\w+)", (Path(folder).parent / "gallery.html").read_text()))
    assert set(ui.register.tags) - used <= {"inspection_navigation", "panel", "enddetails"}, (
        "one of a page, shown elsewhere"
    )


@pytest.mark.django_db
def test_errors_say_what_to_do_and_keep_what_was_typed() -> None:
    seeded()
    sent = {"starts-day": "40", "starts-month": "3", "starts-year": "2027", "note": "kept"}
    page = PageClient("lead").send("/design/", sent)
    assert page.errors[:2] == ["Enter the title.", "Select the grade."]
    assert "Start of the fieldwork must be a real date." in page.errors
    assert page.fields()["note"].strip() == "kept"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["accessibility", "privacy", "keyboard"])
def test_what_every_page_links_to_is_open_to_everybody(path: str) -> None:
    page = PageClient().open(f"/design/{path}")
    assert len(page.text) > 300


@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_sees_the_gallery() -> None:
    assert "/accounts/login/" in PageClient().get("/design/").headers["Location"]


@pytest.mark.browser
def test_axe_finds_nothing_in_any_state(site: Site, page_as: AtPage) -> None:
    page = page_as("lead")
    page.goto(f"{site.url}/design/")
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.click("text=Show all sections")
    page.check("#due-2")
    assert not page.is_visible("#why")
    page.check("#due-3")
    assert page.is_visible("#why")
    assert axe(page) == []
    page.click("text=Save and next")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.click("text=Select the grade.")
    assert page.evaluate("document.activeElement.id") == "grade"
    assert axe(page) == []
    page.evaluate("document.getElementById('session').showModal()")
    assert axe(page) == []


@pytest.mark.browser
def test_without_scripts_everything_is_there(site: Site, page_as: AtPage) -> None:
    page = page_as("lead", scripts=False)
    page.goto(f"{site.url}/design/")
    for what in ("#why", "text=The plan names who does what", "text=A plan that nobody has shared."):
        assert page.locator(what).first.is_visible()
    assert not page.locator("[data-cl-copy]").first.is_visible()
    page.click("text=Save and next")
    assert page.title().startswith("Error: Components")


@pytest.mark.browser
def test_a_first_visit_is_light_and_the_next_is_lighter(site: Site, page_as: AtPage) -> None:
    page = page_as("lead")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(f"{site.url}/design/", wait_until="networkidle")
    first = sum(size for size in sizes if size > 0)
    sizes.clear()
    page.goto(f"{site.url}/design/keyboard", wait_until="networkidle")
    later = sum(size for size in sizes if size > 0)
    assert 60_000 < first < FIRST_VISIT_BYTES, first
    assert later < LATER_BYTES, later


@pytest.mark.browser
def test_a_table_is_copied_as_cells(site: Site, page_as: AtPage) -> None:
    page = page_as("lead", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site.url}/design/?cases.worker=1&cases.sort=age")
    page.click("button:has-text('Copy')")
    page.wait_for_selector("text=Copied 3 rows")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t") == ["Case", "Age", "Case manager", "Last seen", "State"]
    assert lines[1].split("\t") == ["Case 6", "12", "Worker 1", "6 March 2027", "Begun"]


@pytest.mark.browser
def test_what_was_typed_is_not_left_unasked(site: Site, page_as: AtPage) -> None:
    page = page_as("lead")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{site.url}/design/")
    page.click("text=Keyboard")
    assert asked == []
    page.go_back()
    page.fill("#title", "Something")
    page.click("text=Keyboard")
    page.wait_for_url("**/keyboard")
    assert asked == ["beforeunload"]
