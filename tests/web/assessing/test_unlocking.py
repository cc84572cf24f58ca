"""The page that opens a locked case again: who may ask, who agrees, who refuses; and the history of a case."""

from __future__ import annotations

import pytest
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.web.client import PageClient

from caselight.store.assessments.actions import complete, countersign, moderate, record_answers, sign
from caselight.store.assessments.progress import standings
from caselight.store.assessments.steps import Step

pytestmark = pytest.mark.django_db(transaction=True)
CASE, C1 = "/inspections/testshire/cases/case/C1/", ("case", "C1")
ANSWERS = (
    sent("C1", "A", "yes", op_id(1)),
    sent("C1", "B.due", "no", op_id(2)),
    sent("C1", "C", "no", op_id(3), note="Words."),
)


@pytest.fixture(autouse=True)
def locked(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    seeded()
    record_answers(by="i1", inspection="testshire", device="d", events=ANSWERS, at=AT)
    for action, by in ((complete, "i1"), (moderate, "i2"), (sign, "i1"), (countersign, "lead")):
        action(by=by, inspection="testshire", subject=C1, at=AT)


def test_the_inspector_asks_the_lead_and_the_quality_assurer_agree_and_the_history_tells_what_changed():
    i1, lead, qa = PageClient("i1"), PageClient("lead"), PageClient("qa")
    page = i1.open(i1.open(f"{CASE}finish").links["Ask that it is unlocked"])
    assert page.buttons == ["Ask that it is unlocked"]
    page = i1.send(f"{CASE}unlock", {"reason": " "}, status=422)
    assert page.errors == ["Enter why the case must be opened again"]
    page = i1.send(f"{CASE}unlock", {"reason": "A page was missed."})
    assert page.done == ["It is asked for. The lead sees it on Today."]
    assert page.buttons == []
    page = lead.open(lead.open("/").links["Unlock Case 1?"])
    assert "A page was missed." in page.text
    page = lead.send(f"{CASE}unlock/allow")
    assert page.done == ["You have agreed. It waits for the other person."]
    assert "Unlock Case 1?" not in lead.open("/").links
    page = qa.open(qa.open("/").links["Unlock Case 1?"])
    assert page.buttons == ["Agree as the second person", "Refuse"]
    page = qa.send(f"{CASE}unlock/second")
    assert "The case is unlocked." in page.done[0]
    assert standings("testshire")[C1].step is Step.UNLOCKED
    record_answers(
        by="i1", inspection="testshire", device="d", at=AT,
        events=[sent("C1", "A", "no", op_id(9), base_op_ids=(op_id(1),), note="Page 3 says so.")],
    )  # fmt: skip
    page = i1.open(f"{CASE}history")
    for words in (
        "Changed since it was countersigned and locked",
        "Page 3 says so.",
        "Leila Lead and Quinn Quality",
        "A page was missed.",
    ):
        assert words in page.text, words


def test_it_is_refused_with_a_reason_and_the_case_stays_locked():
    lead = PageClient("lead")
    page = lead.send(f"{CASE}unlock", {"reason": "A page was missed."})
    assert page.done == ["It is asked for. It waits for a second person."]
    assert lead.send(f"{CASE}unlock/allow").status == 200
    page = PageClient("qa").send(f"{CASE}unlock/refuse", {"because": ""}, status=422)
    assert page.errors == ["Enter why the case stays locked"]
    page = PageClient("qa").send(f"{CASE}unlock/refuse", {"because": "The file is whole."})
    assert "Refused by Quinn Quality" in page.text
    assert standings("testshire")[C1].step is Step.LOCKED
    page = PageClient("qa").send(f"{CASE}unlock/second", status=422)
    assert "Nobody asks at present" in page.errors[0]


def test_nobody_does_the_part_of_another():
    PageClient("i1").send(f"{CASE}unlock", {"reason": "A page was missed."})
    for who, act in (
        ("i1", "allow"), ("i1", "second"), ("lead", "second"), ("qa", "allow"), ("la", "allow"), ("i2", "refuse"), ("i1", "refuse"),
    ):  # fmt: skip
        assert PageClient(who).post(f"{CASE}unlock/{act}", {"because": "No."}).status_code in (403, 404), (who, act)
    for who in ("i2", "la", "sm", "cm", "lead2", "stranger"):
        assert PageClient(who).get(f"{CASE}unlock").status_code in (403, 404), who
    assert PageClient("qa").post(f"{CASE}unlock", {"reason": "No."}).status_code == 403
    assert standings("testshire")[C1].step is Step.LOCKED
