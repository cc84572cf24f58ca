"""The page of questions with two answers: who sees which, the lead decides, authors agree, the originals stay visible."""

from __future__ import annotations

import pytest
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.web.client import PageClient

from caselight.store.assessments import queries
from caselight.store.assessments.actions import record_answers

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/inspections/testshire/cases/decisions/"
HEADS = (op_id(1), op_id(2))
FORM = {"two": f"two-{HEADS[0]}", "bases": " ".join(HEADS)}


@pytest.fixture(autouse=True)
def two(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    seeded()
    for event in (
        sent("C2", "A", "yes", HEADS[0], note="There is a plan."),
        sent("C2", "A", "no", HEADS[1], actor="i2", note="It is dated after."),
    ):
        record_answers(by=event.actor, inspection="testshire", device="d", events=[event], at=AT)


def test_the_lead_and_both_authors_see_both_answers_and_nobody_else_does():
    for who in ("lead", "i1", "i2"):
        text = PageClient(who).open(HERE).text
        assert "There is a plan." in text, who
        assert "It is dated after." in text, who
    for who in ("la", "qa", "sm", "cm", "lead2", "stranger", "ad", "au"):
        assert PageClient(who).get(HERE).status_code in (403, 404), who


def test_an_author_of_another_question_sees_nothing_of_it():
    event = sent("C1", "A", "yes", op_id(5))
    record_answers(by="i1", inspection="testshire", device="d", events=[event], at=AT)
    record_answers(
        by="i1", inspection="testshire", device="d", events=[sent("C1", "A", "no", op_id(6), note="Mine.")], at=AT
    )
    assert "Mine." in PageClient("i1").open(HERE).text
    assert "Mine." not in PageClient("i2").open(HERE).text


def test_the_lead_decides_with_a_reason_and_the_originals_stay_on_the_page():
    lead = PageClient("lead")
    assert "Two answers: needs a decision" in lead.open("/").links
    page = lead.send(f"{HERE}decide", {**FORM, "chosen": HEADS[1]}, status=422)
    assert page.errors == ["Case 2: Enter why this answer stands"]
    page = lead.send(f"{HERE}decide", {**FORM, "reason": "Yes."}, status=422)
    assert page.errors == ["Case 2: Select the answer that stands"]
    page = lead.send(f"{HERE}decide", {**FORM, "chosen": HEADS[1], "reason": "The date is later."})
    for words in (
        "It is decided.",
        "Decided (1)",
        "The date is later.",
        "There is a plan.",
        "It is dated after.",
        "Leila Lead",
    ):
        assert words in page.text, words
    page = lead.send(f"{HERE}decide", {**FORM, "chosen": HEADS[1], "reason": "Again."}, status=422)
    assert "not in question any more" in page.errors[0]
    assert len(queries.events("testshire")) == 3


def test_authors_who_agree_decide_and_each_sees_what_the_other_said():
    i1, i2 = PageClient("i1"), PageClient("i2")
    assert "Two answers: needs a decision" in i2.open("/").links
    page = i1.send(f"{HERE}agree", {**FORM, "chosen": HEADS[1], "reason": "I had not seen the date."})
    assert "Saved. It is decided when every author says the same." in page.text
    page = i2.open(HERE)
    assert "Inga Inspector says that this one stands: I had not seen the date." in page.text
    assert "I had not seen the date." in PageClient("lead").open(HERE).text
    page = i2.send(f"{HERE}agree", {**FORM, "chosen": HEADS[1], "reason": "As I wrote."})
    assert "It is decided. The answers that it was between are kept." in page.text
    assert "Inga Inspector said that No stands: I had not seen the date." in page.text
    assert queries.contested("testshire") == {}
    assert "Two answers" not in PageClient("lead").open("/").text


def test_an_author_cannot_decide_alone_and_others_can_do_nothing():
    filled = {**FORM, "chosen": HEADS[0], "reason": "Mine."}
    for who in ("i1", "i2", "la", "qa", "stranger"):
        assert PageClient(who).post(f"{HERE}decide", filled).status_code in (403, 404), who
    for who in ("lead", "la", "qa", "stranger"):
        assert PageClient(who).post(f"{HERE}agree", filled).status_code in (403, 404), who
    assert len(queries.contested("testshire")) == 1


def test_after_a_decision_the_case_and_moderation_still_show_what_it_was_between():
    PageClient("lead").send(f"{HERE}decide", {**FORM, "chosen": HEADS[1], "reason": "The date is later."})
    case = PageClient("lead").open("/inspections/testshire/cases/case/C2/", {"theme": "T"})
    assert "Decided between two answers" in case.text
    assert "There is a plan." in case.text
    row = PageClient("lead").open("/inspections/testshire/moderation/question/A/")
    assert "Yes, Inga Inspector" in row.text
