"""Two versions held against each other: what differs, word by word, and what it means for figures."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from tests.factories import small
from tests.factories.sets import adopted, adopted_pack
from tests.factories.store import seeded
from tests.web.client import Page, PageClient

from caselight.store.inspections.models import Inspection

pytestmark = pytest.mark.django_db
COMPARE = "/frameworks/compare"


@pytest.fixture(autouse=True)
def world() -> None:
    seeded()


def changed(how: Callable[[dict[str, Any]], None]) -> str:
    """The address of a second version of the small framework, changed in its data."""
    data = small.framework().model_dump(mode="json", by_alias=True)
    how(data)
    return adopted(type(small.framework()).model_validate(data | {"version": "2"})).digest


def compared(after: str, before: str = "") -> Page:
    first = before or Inspection.objects.get(key="testshire").framework_id
    return PageClient("i1").open(COMPARE, {"before": first, "after": after})


def first_question(data: dict[str, Any]) -> Any:
    return data["themes"][0]["questions"][0]


def test_two_that_differ_in_nothing_but_the_number_say_so() -> None:
    page = compared(changed(lambda _: None))
    assert "Nothing that is asked, answered or counted differs." in page.text
    assert page.texts("//h2[@class='govuk-heading-m']")[0] == "From version 1 to version 2"


def test_a_reworded_question_stays_comparable_and_its_words_are_marked() -> None:
    page = compared(changed(lambda data: first_question(data).update(guidance={"en": "Judge it as a part."})))
    assert "Changed: 1" in page.text
    assert "It can be compared with earlier ones." in page.text
    assert (page.texts("//del"), page.texts("//ins")) == (["whole."], ["part."])


def test_a_question_that_goes_or_comes_is_named_with_what_it_means() -> None:
    def other(data: dict[str, Any]) -> None:
        data["themes"][1]["questions"][0]["id"] = "M2"

    page = compared(changed(other))
    assert "Added: 1" in page.text
    assert "There is nothing earlier to compare it with." in page.text
    assert "Dropped: 1" in page.text


def test_a_question_asked_of_other_cases_is_not_compared_and_says_why() -> None:
    page = compared(changed(lambda data: first_question(data).update(when={"fact": "psr", "is": "yes"})))
    assert "Asked of other cases" in page.text
    assert "Not compared. Another base" in page.text


def test_facts_and_counts_that_change_are_listed_by_their_labels() -> None:
    page = compared(changed(lambda data: data["facts"][0].update(label={"en": "Report to the court"})))
    assert "What a service must supply changes." in page.text
    assert "Changed: Report to the court" in page.text


def test_sets_of_different_banks_are_warned_of() -> None:
    page = compared(adopted_pack("facility-review").digest)
    assert "belongs to another question bank" in page.text
    assert "can be compared across the two" not in page.text


def test_every_pack_can_be_held_against_another() -> None:
    names = (
        "sqs",
        "youth-2018-25",
        "child-family-review",
        "local-case-audit",
        "youth-national-standards",
        "adult-social-care",
    )
    digests = [adopted_pack(name).digest for name in names]
    for before, after in itertools.pairwise(digests):
        compared(after, before)


def test_nothing_chosen_is_said_and_one_that_is_not_there_is_refused() -> None:
    changed(lambda _: None)
    client = PageClient("i1")
    errors = client.open(COMPARE, {"before": "", "after": ""}, status=422).errors
    assert errors == ["Select the earlier version.", "Select the later version."]
    page = client.open(COMPARE, {"before": "none", "after": "x" * 300}, status=422)
    assert all(error.startswith("That is none of the options") for error in page.errors)


def test_with_one_version_there_is_nothing_to_compare_and_no_link() -> None:
    client = PageClient("i1")
    assert "nothing to compare it with" in client.open(COMPARE).text
    assert "Compare two versions" not in client.open("/frameworks/").links
