"""Answers that came in and were not accepted: who sees which, recorded again by the author, set aside by the lead."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded
from tests.web.client import PageClient

from caselight.method.answers.evidence import Locator
from caselight.store import assessments
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.models import CaseStep
from caselight.store.inspections.models import State
from caselight.web.assessing.why_not import WHY

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/inspections/testshire/cases/not-accepted/"
WAITS = "Case 1: A, A in short"


@pytest.fixture(autouse=True)
def inspection(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    return seeded().inspection


def refused(case="C1", by="i1", number=1, **more):
    """A message of another version of the question set; its page."""
    event = altered(sent(case, "A", "yes", op_id(number), actor=by, note="As I saw it."), framework_version="0", **more)
    record_answers(
        by=by,
        inspection="testshire",
        device="d",
        events=[event],
        at=AT,
        locators=[Locator(event.op_id, "Plan", "p. 3")],
    )
    return f"{HERE}{queries.quarantined('testshire')[-1].number}/"


def test_the_lead_sees_every_message_and_others_only_their_own():
    refused()
    refused("C2", "i2", 2)
    named = {row["Given by"] for row in PageClient("lead").open(HERE).table("messages")}
    assert named == {"Ivo Inspector", "Inga Inspector"}
    (row,) = PageClient("i1").open(HERE).table("messages")
    assert (row["Answer"], row["State"]) == (WAITS, "Needs a decision")
    assert "There are none." in PageClient("la").open(HERE).text
    for who in ("qa", "sm", "cm", "ad", "lead2", "stranger"):
        assert PageClient(who).get(HERE).status_code in (403, 404), who


def test_a_message_of_somebody_else_is_not_there():
    address = refused()
    for who in ("i2", "la", "qa", "lead2", "stranger", "sm"):
        assert PageClient(who).get(address).status_code in (403, 404), who
        assert PageClient(who).post(f"{address}record").status_code in (403, 404), who
        assert PageClient(who).post(f"{address}set-aside", {"reason": "No."}).status_code in (403, 404), who
    assert models.Settlement.objects.count() == 0


def test_the_page_says_what_came_why_it_was_not_accepted_and_what_stands():
    address = refused()
    record_answers(by="i1", inspection="testshire", device="d", events=[sent("C1", "A", "no", op_id(9))], at=AT)
    page = PageClient("lead").open(address)
    assert page.h1 == f"Not accepted: {WAITS}"
    for words in (
        "another version of the question set",
        "As I saw it.",
        "Plan, p. 3",
        "Inga Inspector",
        "What stands now",
    ):
        assert words in page.text, words
    assert page.buttons == ["Set aside"]
    assert "Only Inga Inspector can record it again" in page.text


def test_the_author_records_it_again_and_it_takes_the_place_of_what_they_were_shown():
    address = refused()
    record_answers(by="i1", inspection="testshire", device="d", events=[sent("C1", "A", "no", op_id(9))], at=AT)
    i1 = PageClient("i1")
    page = i1.open(address)
    assert page.buttons == ["Record this answer"]
    form = {name: page.find(f"//main//input[@name='{name}']")[0].get("value") for name in ("op", "bases")}
    page = i1.send(f"{address}record", form)
    assert page.done == ["The answer is recorded. The message stays as it came."]
    assert "Recorded again" in page.text
    assert "As I saw it." in page.text
    again = i1.send(f"{address}record", form)
    assert again.status == 200
    assert [event.value for event in queries.events("testshire")] == ["no", "yes"]
    assert queries.contested("testshire") == {}
    assert "accepted" not in PageClient("lead").open("/").text


def test_a_case_that_is_locked_keeps_the_author_from_recording_and_says_so(inspection):
    address = refused()
    CaseStep.objects.create(
        inspection=inspection, subject_kind="case", subject_key="C1", step="locked", by="lead", at=AT
    )
    page = PageClient("i1").open(address)
    assert page.buttons == []
    assert "Once it is unlocked, you can record the answer here." in page.text
    page = PageClient("i1").send(f"{address}record", status=422)
    assert "signed and locked" in page.errors[0]
    inspection.state = State.DRAFT
    inspection.save()
    assert PageClient("i1").get(address).status_code in (403, 404)
    assert PageClient("lead").open(address).buttons == ["Set aside"]


def test_the_lead_sets_it_aside_only_with_a_reason_and_it_can_be_read_ever_after():
    address, lead = refused(), PageClient("lead")
    assert "1 answer was not accepted" in lead.open("/inspections/testshire/").text
    page = lead.send(f"{address}set-aside", {"reason": " "}, status=422)
    assert page.errors == ["Enter why it is not recorded"]
    page = lead.send(f"{address}set-aside", {"reason": "She answered again on Monday."})
    assert page.done == ["The message is set aside. It stays as it came, with your reason."]
    (row,) = page.table("messages")
    assert row["State"] == "Set aside"
    page = lead.open(address)
    for words in ("She answered again on Monday.", "Leila Lead", "As I saw it."):
        assert words in page.text, words
    assert page.buttons == []
    assert "accepted" not in lead.open("/inspections/testshire/").text
    page = lead.send(f"{address}set-aside", {"reason": "Again."}, status=422)
    assert "settled" in page.errors[0]


def test_two_answers_that_stand_already_are_decided_before_a_third_is_recorded():
    address = refused("C2")
    for n, who in ((8, "i1"), (9, "i2")):
        event = sent("C2", "A", "yes", op_id(n), actor=who)
        record_answers(by=who, inspection="testshire", device="d", events=[event], at=AT)
    page = PageClient("i1").open(address)
    assert page.buttons == ["Record this answer"]  # the other answer stays closed to them, so they stand against it
    assert "Ivo" not in page.text


def test_while_the_screen_is_shared_nothing_of_it_is_shown():
    address, client = refused(), PageClient("i1")
    session = client.session
    session["caselight.sharing"] = True
    session.save()
    assert "You are sharing your screen" in client.open(HERE).text
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, HERE)


def test_every_code_that_a_message_is_kept_with_has_words_of_its_own():
    code = (Path(assessments.__file__).parent / "judging.py").read_text("utf-8")
    literals = {
        node.value for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("answer.")
    }  # fmt: skip
    gone = {"answer.malformed-id", "answer.oversize", "answer.malformed", "answer.digest", "answer.purged"}
    assert literals - gone <= WHY.keys()
