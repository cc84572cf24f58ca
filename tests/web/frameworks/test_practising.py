"""A practice case is filled in page by page as an inspector would, shows what follows, and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from tests.factories.sets import adopted_pack
from tests.factories.store import seeded
from tests.web.client import Page, PageClient

from caselight.store.inspections.models import Inspection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    seeded()


def small() -> str:
    return f"/frameworks/{Inspection.objects.get(key='testshire').framework_id}/practice"


class Trying:
    """Somebody at a practice case, with what the page before sends."""

    def __init__(self, path: str, who: str = "i1") -> None:
        self.client, self.path = PageClient(who), path
        self.page = self.client.open(path)

    def go(self, status: int = 200, **typed: Any) -> Page:
        """Fill in and press a button: ``on`` or ``to`` names the page that it leads to."""
        fields = self.page.fields() | {name.replace("__", ":"): value for name, value in typed.items()}
        self.page = self.client.send(self.path, fields, status=status)
        return self.page


def counts() -> dict[str, int]:
    """How many rows every table holds, but for sessions."""
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models() if model.__name__ != "Session"
    }


def test_a_case_is_tried_from_its_facts_to_what_it_comes_to_and_nothing_is_stored() -> None:
    at = Trying(small())
    before = counts()
    assert at.page.h1 == "What is known of the case"
    assert at.go(on="theme-T", **{"fact::psr": "yes", "fact::started-day": "1", "fact::started-month": "6",
                                  "fact::started-year": "2015"}).h1 == "The theme"  # fmt: skip
    assert [code.strip() for code in at.page.texts("//h2/span[@class='govuk-caption-m']")] == ["A", "B.due", "C"]
    at.go(on="result", **{"q::A": "no", "why::A": "weak", "q::C": "yes"})
    page = at.go(to="result")
    assert page.h1 == "What it comes to"
    rows = {row["Question"]: row for row in page.table("practice")}
    assert (rows["A: A in short"]["Where it stands"], rows["A: A in short"]["Answer"]) == ("Answered", "No")
    assert rows["A: A in short"]["Why"] == "too weak"
    assert rows["D: D in short"]["Where it stands"] == "Computed"
    assert counts() == before


def test_what_opens_more_questions_stays_on_the_page_and_says_so() -> None:
    at = Trying(small())
    at.go(on="theme-T")
    page = at.go(on="result", **{"q::B.due": "yes"})
    assert page.h1 == "The theme"
    assert "More is asked now" in page.text
    assert "B" in [code.strip() for code in page.texts("//h2/span[@class='govuk-caption-m']")]
    assert at.go(on="result").h1 == "What it comes to"


def test_a_question_that_is_not_asked_says_why_in_words() -> None:
    at = Trying(small())
    page = at.go(on="theme-T", **{"fact::psr": "no"})
    (said,) = page.texts("//dl[@class='cl-book__unasked']")
    assert "C: C in short" in said
    assert "no report was prepared" in said


def test_what_was_typed_goes_along_from_page_to_page_and_back() -> None:
    at = Trying(small())
    at.go(on="theme-T", **{"fact::psr": "yes"})
    at.go(to="result", **{"q::A": "no", "why::A": ["weak", "other"], "note::A": "<b>because</b>"})
    at.go(to="case")
    assert at.page.fields()["fact::psr"] == "yes"
    at.go(to="theme-T")
    assert at.page.fields()["q::A"] == "no"
    assert at.page.fields()["why::A"] == ["weak", "other"]
    assert at.page.fields()["note::A"].strip() == "<b>because</b>"
    assert not at.page.find("//main//b")


def test_what_an_answer_still_needs_is_said_at_it_and_at_the_end() -> None:
    at = Trying(small())
    at.go(on="theme-T")
    page = at.go(to="theme-T", **{"q::A": "no"})
    assert "Still needed: at least one reason." in page.text
    assert "A: A in short: at least one reason" in at.go(to="result").text


def test_what_cannot_be_stays_on_its_page_with_what_to_do() -> None:
    at = Trying(small())
    page = at.go(
        on="theme-T",
        status=422,
        **{"fact::started-day": "31", "fact::started-month": "2", "fact::started-year": "2015"},
    )
    assert page.h1 == "What is known of the case"
    assert page.errors == ["Started must be a real date."]
    assert page.fields()["fact::started-day"] == "31"


def test_garbage_in_the_form_breaks_nothing() -> None:
    client = PageClient("i1")
    for data in (
        {
            "page": "none",
            "to": "none",
            "on": "none",
            "subject": "x",
            "screening": "\0",
            "q::A": "\0",
            "fact:x/9:psr": "yes",
        },
        {"page": "theme-T", "q::A": ["yes", "no"], "why::A": "none", "rows::crime": "9" * 50, "note::A": "x" * 9_000},
    ):
        assert client.post(small(), data).status_code in (200, 422)


def test_every_pack_can_be_tried_on_every_page() -> None:
    for name in ("sqs", "youth-2018-25", "child-family-review", "local-case-audit", "facility-review", "adult-social-care",
                 "youth-national-standards"):  # fmt: skip
        at = Trying(f"/frameworks/{adopted_pack(name).digest}/practice")
        for button in [one.get("value") for one in at.page.find("//button[@name='to']")]:
            at.go(to=button)
            assert at.page.h1, name


def test_measures_and_ratings_of_one_case_show_how_it_adds_up() -> None:
    at = Trying(f"/frameworks/{adopted_pack('youth-2018-25').digest}/practice")
    page = at.go(to="result")
    assert "How it adds up" in page.text


def test_what_is_found_within_a_case_is_counted_and_then_asked_about_one_by_one() -> None:
    at = Trying(f"/frameworks/{adopted_pack('child-family-review').digest}/practice")
    rows = [one.get("name") for one in at.page.find("//input[starts-with(@name, 'rows:')]")]
    assert rows
    page = at.go(on="result", **{rows[0]: "2"})
    assert page.h1 == "What is known of the case"
    assert "More is asked now" in page.text
    page = at.go(on="result", status=422, **{rows[0]: "99"})
    assert page.errors == ["Enter a number from 0 to 20."]


def test_whoever_may_read_may_try_and_nobody_else() -> None:
    for who in ("lead", "la", "qa", "an", "ll", "au"):
        assert PageClient(who).get(small()).status_code == 200
    for who in ("cm", "sm", "pb", "ad", "stranger"):
        assert PageClient(who).get(small()).status_code in (403, 404)
        assert PageClient(who).post(small()).status_code in (403, 404)
