"""What is said when something goes wrong: the same words to everybody, a number to ask with, and nothing of the request."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver
from lxml import html
from tests.factories.store import seeded
from tests.web.auditing import faults

from caselight.config import pages

SECRET = "Kitty-Marlowe"
ASKS = {400: pages.bad_request, 403: pages.not_allowed, 404: pages.not_found, 429: pages.locked_out,
        413: lambda request, _: pages.too_large(request)}  # fmt: skip


def answered(status: int, path: str = f"/{SECRET}") -> HttpResponse:
    request = RequestFactory().get(path, {"x": SECRET})
    request.META["CASELIGHT_REQUEST_ID"] = "abc123"
    return pages.failed(request) if status == 500 else ASKS[status](request, PermissionDenied(SECRET))


@pytest.mark.parametrize("status", sorted(pages.PAGES))
def test_an_error_is_a_page_with_a_number_and_nothing_of_the_request(status: int) -> None:
    answer = answered(status)
    assert answer.status_code == status
    assert faults(answer.content) == []
    assert SECRET not in answer.content.decode()
    assert "abc123" in answer.content.decode()


@pytest.mark.parametrize("status", sorted(pages.PAGES))
def test_a_program_gets_a_problem_in_the_same_words(status: int) -> None:
    answer = answered(status, f"/api/{SECRET}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert json.loads(answer.content)["title"] == f"{pages.PAGES[status].title}."
    assert SECRET not in answer.content.decode()


def test_an_error_page_asks_nothing_of_the_database() -> None:  # no database is allowed in this test
    assert answered(500).status_code == 500


@pytest.mark.django_db
def test_the_page_of_a_failure_is_shown_when_the_database_is_gone() -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    with patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError(SECRET)):
        answer = client.get("/design/")
    assert answer.status_code == 500
    assert faults(answer.content) == []
    assert SECRET not in answer.content.decode()


def test_where_no_page_can_be_made_its_words_are_plain_text() -> None:
    with patch.object(pages, "render_to_string", side_effect=RuntimeError(SECRET)):
        answer = answered(500)
    assert answer["Content-Type"].startswith("text/plain")
    assert "Something went wrong on our side." in answer.content.decode()
    assert "abc123" in answer.content.decode()


def test_who_is_locked_out_is_told_when_to_come_back() -> None:
    assert answered(429)["Retry-After"] == "900"


@pytest.mark.django_db
def test_a_form_of_another_session_is_refused_with_what_to_do_about_what_was_typed() -> None:
    seeded()
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": SECRET})
    assert answer.status_code == 403
    assert "Open the page again and send it once more." in answer.content.decode()
    assert SECRET not in answer.content.decode()


NOTE = "The plan says what would change it."


@pytest.mark.django_db
@pytest.mark.parametrize(("site", "shown"), [("same-origin", True), ("cross-site", False), ("", False)])
def test_what_was_typed_in_a_form_of_another_session_is_shown_again_to_whoever_typed_it_alone(
    site: str, *, shown: bool
) -> None:
    seeded()
    sent = {"note": NOTE, "password": "a calm lantern", "once": "kQ8x"}
    headers = {"Sec-Fetch-Site": site, "Referer": "http://testserver/inspections/testshire/"}
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", sent, headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, faults(answer.content)) == (403, [])
    assert (NOTE in page, "Open the page again</a>" in page) == (shown, shown)
    assert "a calm lantern" not in page
    assert "kQ8x" not in page


@pytest.mark.django_db
def test_all_that_was_typed_is_shown_to_be_copied_be_it_one_word_or_a_whole_letter() -> None:
    seeded()
    letter = "Planning was done well. " * 5_000
    days = {f"due-{n}": str(n) for n in range(60)}
    sent = {"title": "Supervision", "text": letter, "owner": ["Mo", "Ada"], "empty": " ", **days}
    headers = {"Sec-Fetch-Site": "same-origin"}
    page = Client(enforce_csrf_checks=True).post("/accounts/login/", sent, headers=headers).content.decode()
    shown = html.document_fromstring(page).xpath("//div[contains(@class, 'cl-typed')]")
    assert [" ".join(one.itertext()).split()[0] for one in shown] == ["Supervision", "Planning", "Mo", *days.values()]
    assert letter.strip() in page
    assert list(shown[2].itertext()) == ["Mo", "Ada"]


@pytest.mark.django_db
def test_neither_a_secret_nor_what_nobody_typed_is_shown_again() -> None:
    seeded()
    secrets = ("password", "password1", "new_password", "code", "recovery_code", "csrfmiddlewaretoken", "credential")
    sent = {name: f"kept-{name}" for name in (*secrets, *pages.UNTYPED)}
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert "kept-" not in answer.content.decode()
    assert "What you typed" not in answer.content.decode()


def test_what_is_left_out_as_untyped_is_typed_in_no_form() -> None:
    assert typed_in_forms() & pages.UNTYPED == set()
    assert typed_in_templates() & pages.UNTYPED == set()


def typed_in_forms() -> set[str]:
    """The names of the fields of our forms that a person fills in."""
    get_resolver().url_patterns  # noqa: B018 - so that every form is there
    waiting, found = [forms.Form], set()
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("caselight."):
            found |= {name for name, field in form.base_fields.items() if not field.widget.is_hidden}
    return found


def typed_in_templates() -> set[str]:
    """The names of what is typed or chosen in the templates themselves."""
    source = "\n".join(file.read_text("utf-8") for file in Path(pages.__file__).parents[1].glob("web/**/*.html"))
    controls = re.findall(r"<(?:input|textarea|select)\b[^>]*>", source)
    return {name for one in controls if 'type="hidden"' not in one for name in re.findall(r'\bname="([\w-]+)"', one)}


@pytest.mark.django_db
def test_a_form_of_another_session_leads_to_no_page_of_another_site() -> None:
    seeded()
    headers = {"Sec-Fetch-Site": "same-origin", "Referer": "https://elsewhere.example/"}
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"note": NOTE}, headers=headers)
    assert "elsewhere" not in answer.content.decode()
