"""The demonstration in a real browser: one becomes each of its people with a click, and finds something to do."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from tests.factories.demonstration import Served
from tests.journeys.browser import axe

from caselight.procedures.demonstrating import cast

pytestmark = pytest.mark.browser

# What each of them follows from the page that they arrive at, and what the page says that it leads to.
FINDS = {
    cast.LEAD: ("Prepare the fieldwork", "Short Quality Screening in Ashenby"),
    cast.INSPECTOR: ("Open next case", r"Case \d+"),
    cast.SECOND: ("Open next case", r"Case \d+"),
    cast.ASSESSOR: ("Open next case", r"Case \d+"),
    cast.QUALITY: ("Read the letter and comment", "Letter"),
    cast.PUBLISHER: ("Short Quality Screening in West London, reconstructed", "Short Quality Screening in West London"),
    cast.ANALYST: ("Short Quality Screening in West London, reconstructed", "Short Quality Screening in West London"),
    cast.MANAGER: ("Read the letter and comment", "Letter"),
    cast.WORKER: ("1 request to answer", "Requests to the service"),
    cast.AUDIT_LEAD: ("Open next case", r"Case \d+"),
    cast.AUDITOR: ("Open next case", r"Case \d+"),
    cast.SECOND_AUDITOR: ("Open next case", r"Case \d+"),
    cast.ADMINISTRATOR: ("Health of the system", "Health of the system"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The demonstration, made and served."""
    served = Served(tmp_path_factory.mktemp("demo") / "data")
    try:
        yield SimpleNamespace(url=served.url.rstrip("/"), sessions={})
    finally:
        served.end(signal.SIGKILL)


def test_everybody_whom_one_can_be_finds_something_to_do(site: Any, page_as: Any) -> None:
    page = page_as("")
    page.goto(f"{site.url}/inspections/")
    page.get_by_role("heading", name="Who do you want to be?").wait_for()
    assert axe(page) == []
    for one, (link, leads_to) in FINDS.items():
        page.get_by_role("button", name=re.compile(rf": {one.name}$")).click()
        page.get_by_role("heading", name="Today", exact=True).wait_for()
        assert one.name in page.locator(".cl-masthead").inner_text()
        if one in (cast.LEAD, cast.MANAGER):
            assert axe(page) == []
        page.locator("main").get_by_text(link, exact=True).first.click()
        page.get_by_role("heading", level=1, name=re.compile(f"^{leads_to}")).wait_for()
        page.get_by_role("link", name="Be somebody else").click()
        page.get_by_role("heading", name="Who do you want to be?").wait_for()
