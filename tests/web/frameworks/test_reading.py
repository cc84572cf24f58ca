"""A question set is read as a book: found in a list, opened at a theme, searched, and taken along; by whoever may."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client
from tests.factories import small
from tests.factories.sets import adopted, adopted_pack
from tests.factories.store import seeded
from tests.web.client import BACKEND, PageClient

from caselight.store.accounts.models import User
from caselight.store.inspections.models import Inspection

pytestmark = pytest.mark.django_db
READERS = ("lead", "i1", "la", "qa", "an", "ll", "au")
OTHERS = ("cm", "sm", "pb", "ad", "stranger")


@pytest.fixture(autouse=True)
def world() -> None:
    seeded()


def signed_in(who: str) -> Client:
    """Somebody whose pages are not audited: a file to take along has its style inside."""
    client = Client()
    client.force_login(User.objects.get(key=who), backend=BACKEND)
    return client


def home_of(name: str) -> str:
    return f"/frameworks/{adopted_pack(name).digest}/"


def of_inspection() -> str:
    return f"/frameworks/{Inspection.objects.get(key='testshire').framework_id}/"


def test_whoever_examines_leads_or_analyses_reads_every_question_set() -> None:
    for who in READERS:
        client = PageClient(who)
        (row,) = client.open("/frameworks/").table("question-sets")
        assert (row["Question set"], row["State"]) == ("Small", "Newest")
        for path in (of_inspection(), of_inspection() + "parts/theme-T", of_inspection() + "download/docx"):
            assert client.get(path).status_code == 200, (who, path)


def test_nobody_else_does() -> None:
    for who in OTHERS:
        client = PageClient(who)
        for path in (
            "/frameworks/",
            of_inspection(),
            of_inspection() + "parts/theme-T",
            of_inspection() + "download/html",
        ):
            assert client.get(path).status_code in (403, 404), (who, path)
        assert "Question sets, with their guidance" not in client.open("/").links


def test_the_page_of_today_and_that_of_an_inspection_lead_to_it() -> None:
    client = PageClient("i1")
    assert client.open("/").links["Question sets, with their guidance"] == "/frameworks/"
    assert client.open("/inspections/testshire/").links["Small, version 1"] == of_inspection()
    assert "Small, version 1" not in PageClient("sm").open("/inspections/testshire/").links


def test_the_list_says_how_many_inspections_use_one_but_only_those_that_somebody_may_know_of() -> None:
    (lead,) = PageClient("lead").open("/frameworks/").table("question-sets")
    (analyst,) = PageClient("an").open("/frameworks/").table("question-sets")
    assert lead["Your inspections with it"] == "1"
    assert analyst["Your inspections with it"] == "0"
    assert PageClient("lead").open(of_inspection()).links["Testshire: External"] == "/inspections/testshire/"
    assert "Testshire" not in PageClient("an").open(of_inspection()).text


def test_a_question_is_read_with_its_guidance_its_answers_its_reasons_and_when_it_applies() -> None:
    page = PageClient("i1").open(home_of("sqs"))
    assert page.h1 == "Short Quality Screening of youth offending work (reconstructed)"
    part = PageClient("i1").open(page.links["Theme 2: Protecting the public"])
    assert part.h1 == "Theme 2: Protecting the public"
    (p2,) = part.texts("//section[@id='question-P2']")
    assert "When it applies" in p2
    assert "When a review of the assessment of risk of harm was due." in p2
    for words in ("Guidance", "What to look for", "Answers Yes; No (not sufficient)", "Reasons for No", "Comes from"):
        assert words in p2, p2
    assert part.links["P2: review of the risk assessment"] == "#question-P2"


def test_every_link_of_every_part_leads_to_something_that_is_there() -> None:
    client = PageClient("i1")
    for name in ("sqs", "youth-2018-25", "facility-review"):
        home = home_of(name)
        page = client.open(home)
        parts = {href for href in page.links.values() if "/parts/" in href}
        read = {href: client.open(href) for href in parts}
        for start, part in read.items():
            for link in part.find("//main//a/@href"):
                path, _, anchor = link.partition("#")
                to = read.get(path or start)
                if path.startswith(home) and "/parts/" in path:
                    assert to is not None, link
                if anchor and to is not None:
                    assert to.find("//*[@id=$id]", id=anchor), (start, link)


def test_one_turns_from_part_to_part_to_the_end() -> None:
    client = PageClient("i1")
    home = home_of("sqs")
    href, seen = f"{home}parts/known", []
    while href:
        page = client.open(href)
        seen.append(page.h1)
        href = next(iter(page.find("//a[@rel='next']/@href")), "")
    assert len(seen) == len({href for href in client.open(home).links.values() if "/parts/" in href})
    assert seen[-1] == "Sources"


def test_how_it_adds_up_and_how_far_the_rules_are_known_are_parts_of_the_book() -> None:
    page = PageClient("an").open(home_of("youth-2018-25"))
    assert "Some of its rules were not checked" in page.text
    assert PageClient("an").open(page.links["How far the rules are known"]).h1 == "How far the rules are known"
    ratings = PageClient("an").open(page.links["Ratings"])
    assert "Cut table: Bands" in ratings.text


def test_a_search_finds_every_place_that_holds_all_the_words_and_leads_there() -> None:
    client = PageClient("i1")
    home = home_of("sqs")
    page = client.open(home, {"q": "  Police GANGS "})
    assert re.match(r"\d+ places? with “Police GANGS”", page.texts("//h2[@id='found']")[0])
    href = page.links["P1: assessment of risk of harm"]
    assert href == f"{home}parts/theme-P#question-P1"
    assert page.texts("//mark")
    assert "Questions" not in page.texts("//h2")


def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    client, home = PageClient("i1"), home_of("sqs")
    for query in ("zebra", "<script>alert(1)</script>", "(((", "\\", "x" * 500, "\x01"):
        page = client.open(home, {"q": query})
        assert page.texts("//h2[@id='found']")[0].startswith("Nothing holds"), query
        assert "Try fewer words" in page.text
        assert not page.find("//main//script")


def test_it_is_taken_along_as_a_page_for_word_and_as_its_files() -> None:
    client = PageClient("i1")
    home = home_of("sqs")
    html = signed_in("i1").get(f"{home}download/html")
    assert "attachment" in html["Content-Disposition"]
    assert b"Theme 2: Protecting the public" in html.content
    assert client.get(f"{home}download/docx").content.startswith(b"PK")
    files = client.get(f"{home}download/zip")
    assert files["Content-Disposition"] == 'attachment; filename="sqs-1.0.zip"'
    with zipfile.ZipFile(io.BytesIO(files.content)) as archive:
        assert "sqs/framework.yaml" in archive.namelist()
    assert files.content == client.get(f"{home}download/zip").content
    assert client.get(f"{home}download/exe").status_code == 404


def test_other_versions_of_the_same_set_are_linked_and_the_newest_is_marked() -> None:
    second = adopted(small.framework(version="2"))
    client = PageClient("lead")
    page = client.open(f"/frameworks/{second.digest}/")
    assert any(words.startswith("Version 1, adopted on") for words in page.links)
    assert {row["Version"] for row in client.open("/frameworks/").table("question-sets")} == {"1", "2"}


def test_what_is_not_there_is_not_found() -> None:
    client = PageClient("lead")
    for path in ("none/", "none/parts/theme-T", "none/download/html", "%00/"):
        client.open(f"/frameworks/{path}", status=404)
    for more in ("parts/none", "?language=xx", "download/none", "parts/theme-T?language=cy"):
        client.open(of_inspection() + more, status=404)


def test_a_set_in_two_languages_is_read_in_either() -> None:
    both = {"en": "Small", "cy": "Bach"}
    welsh = {**small.WORDS, "name": "Cymraeg"}
    made = adopted(
        small.framework(id="two", title=both, languages=["en", "cy"], wording={"en": small.WORDS, "cy": welsh})
    )
    page = PageClient("lead").open(f"/frameworks/{made.digest}/")
    welsh_page = PageClient("lead").open(page.links["Cymraeg"])
    assert welsh_page.h1 == "Bach"
    assert all("language=cy" in href for href in welsh_page.links.values() if "/parts/" in href)
