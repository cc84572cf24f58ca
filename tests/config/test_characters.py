"""No address, question or form makes an error of ours, whatever characters and numbers it holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.evidence.work.places import Page, address, pages
from tests.factories.store import seeded
from tests.web.client import PageClient

pytestmark = pytest.mark.django_db
NUL, HUGE = "\x00", 10**30
WEB = Path(__file__).parents[2] / "src" / "caselight" / "web"
READ = re.compile(r'(?:POST|data|sent|said)(?:\.get|\.getlist)?[(\[]"([A-Za-z_]+)"')
USUAL = {"key": "testshire", "kind": "case", "subject": "C1"}


def signed_in(who: str) -> Client:
    """Their browser, in which a failure is an answer."""
    client = Client(raise_request_exception=False)
    client.cookies = PageClient(who).cookies
    return client


def wrong(page: Page) -> list[str]:
    """The address with each argument in turn as nobody would write it."""
    from django.urls import NoReverseMatch, reverse

    usual: dict[str, Any] = {
        name: 1 if name in page.numbers else USUAL.get(name, "x") for name in page.arguments
    }  # fmt: skip
    found = []
    for name in page.arguments:
        try:
            found.append(reverse(page.name, kwargs=usual | {name: HUGE if name in page.numbers else f"C1{NUL}"}))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.parametrize("who", ["lead", "ad"])
def test_no_address_of_any_page_is_an_error_of_ours(who: str) -> None:
    seeded()
    client = signed_in(who)
    asked = [(path, send(path).status_code) for page in pages().values() for path in wrong(page)
             for send in (client.get, client.post)]  # fmt: skip
    assert len(asked) > 300
    assert [one for one in asked if one[1] >= 500] == []


@pytest.mark.parametrize("path", ["/people/i1%00/name", "/inspections/testshire%00/", "/frameworks/%00"])
def test_an_address_with_the_character_that_no_database_keeps_is_not_there(path: str) -> None:
    seeded()
    assert signed_in("ad").get(path).status_code == 404


def test_a_question_with_it_is_not_understood() -> None:
    seeded()
    client = signed_in("lead")
    assert client.get("/inspections/", {"q": f"a{NUL}"}).status_code == 400
    assert client.get("/inspections/", {f"q{NUL}": "a"}).status_code == 400
    assert client.get("/inspections/", {"q": "a"}).status_code == 200


@pytest.mark.parametrize("who", ["lead", "ad", "i1"])
def test_no_form_with_it_is_an_error_of_ours(who: str) -> None:
    """Whatever a page reads of a form, under every name that any page reads."""
    seeded()
    names = {name for path in WEB.rglob("*.py") for name in READ.findall(path.read_text("utf-8"))}
    assert len(names) > 20
    client = signed_in(who)
    asked = []
    for page in pages().values():
        usual = {name: 1 if name in page.numbers else USUAL.get(name, "x") for name in page.arguments}
        for value in (NUL, f"C1{NUL}"):
            path = address(page, usual)
            asked.append((path, client.post(path, dict.fromkeys(names, value)).status_code))
    assert [one for one in asked if one[1] >= 500] == []
