"""The end of a case, and what is urgent: complete, sign, open again; a concern from what was seen to its closing."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded
from tests.web.client import PageClient

from caselight.store.assessments.actions import complete, moderate, record_answers
from caselight.store.assessments.concerns import concerns_of

pytestmark = pytest.mark.django_db(transaction=True)
CASE = "/inspections/testshire/cases/case/C1/"
C1 = ("case", "C1")
ANSWERS = (
    sent("C1", "A", "yes", op_id(1)),
    sent("C1", "B.due", "no", op_id(2)),
    sent("C1", "C", "no", op_id(3), note="Words."),
)


@pytest.fixture(autouse=True)
def inspection(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    return seeded().inspection


@pytest.fixture
def i1():
    return PageClient("i1")


def record(*events):
    record_answers(by="i1", inspection="testshire", device="d", events=events, at=AT)


def proved(client: PageClient) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()


def test_what_is_unanswered_or_lacks_its_reason_stands_in_the_way_with_a_link_to_its_question(i1):
    record(sent("C1", "A", "no", op_id(1), reasons=()))
    page = i1.open(f"{CASE}finish")
    assert page.texts("//main//ul/li/a") == [
        "B, B.due in short: not yet answered", "C, C in short: not yet answered", "A: the answer lacks something",
    ]  # fmt: skip
    assert page.links["B, B.due in short: not yet answered"] == f"{CASE}?theme=T#q-B"
    page = i1.send(f"{CASE}complete", status=422)
    assert page.errors == ["This is not complete yet. Answer or mend what is listed below."]


def test_a_case_is_completed_moderated_and_signed_by_somebody_who_proved_who_they_are(i1):
    record(*ANSWERS)
    page = i1.send(f"{CASE}complete")
    assert page.done == ["The case is complete."]
    moderate(by="i2", inspection="testshire", subject=C1, at=timezone.now())
    response = i1.post(f"{CASE}sign")
    assert response.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    proved(i1)
    assert i1.send(f"{CASE}sign").done == ["You have signed the case."]
    lead = PageClient("lead")
    proved(lead)
    assert lead.send(f"{CASE}countersign").done == ["The case is countersigned and locked."]
    page = i1.open(CASE, {"theme": "T"})
    assert "This case is countersigned and locked." in page.text
    assert not page.find("//form[@data-cl-answer]")


def test_two_answers_of_which_one_is_still_closed_to_oneself_are_said_and_left_to_the_lead():
    case, events = "/inspections/testshire/cases/case/C2/", []
    for n, (question, value) in enumerate((("A", "yes"), ("B.due", "no"), ("C", "yes")), 1):
        events.append(sent("C2", question, value, op_id(n)))
    record(*events)
    other = altered(sent("C2", "A", "no", op_id(9)), actor="i2")
    record_answers(by="i2", inspection="testshire", device="d", events=[other], at=AT)
    page = PageClient("i1").send(f"{case}complete", status=422)
    assert page.errors == ["A: two people answered differently. The lead decides which answer stands."]


def test_a_theme_is_not_done_while_an_answer_of_it_lacks_its_reason(i1):
    record(sent("C1", "A", "no", op_id(1), reasons=()), *ANSWERS[1:])
    page = i1.open(CASE, {"theme": "T"})
    assert "1 to add to" in page.text
    assert page.links["All answered: go on to the end"] == f"{CASE}next"
    assert i1.get(f"{CASE}next").headers["Location"] == f"{CASE}finish"


def test_what_is_not_relevant_to_an_inspector_counts_once_with_its_gate(i1):
    record(
        ANSWERS[0],
        sent("C1", "B.due", "yes", op_id(2)),
        sent("C1", "B", "not_relevant", op_id(3), reasons=("elsewhere",)),
    )
    assert "Answered 2 of 3" in i1.open(CASE, {"theme": "T"}).text


def test_behind_a_complete_case_is_the_next_one(i1):
    record(*ANSWERS)
    page = i1.send(f"{CASE}complete")
    assert page.links["Open next case"].startswith("/inspections/testshire/cases/")
    assert page.links["Open next case"] != CASE
    assert "Open next case" not in i1.open("/inspections/testshire/cases/case/C2/finish").links


def test_a_complete_case_is_opened_again_with_a_reason(i1):
    record(*ANSWERS)
    complete(by="i1", inspection="testshire", subject=C1, at=AT)
    assert i1.send(f"{CASE}reopen", {"reason": ""}, status=422).errors == ["The step needs a reason. Say why."]
    assert i1.send(f"{CASE}reopen", {"reason": "A file came late."}).done == ["The case is open again."]


def test_nobody_signs_in_anothers_place(i1):
    record(*ANSWERS)
    assert PageClient("i2").post(f"{CASE}complete").status_code == 403
    assert PageClient("qa").post(f"{CASE}sign").status_code == 403
    assert i1.post(f"{CASE}countersign").status_code == 403


def test_an_urgent_concern_is_raised_told_answered_and_closed_by_the_lead(i1):
    page = i1.open(f"{CASE}urgent")
    sending = {**page.fields(), "what": "He sleeps in a car."}
    for _ in range(2):  # a double click raises one
        page = i1.send(f"{CASE}urgent", sending)
    assert "Urgent concern open" in i1.open(CASE).text
    (concern,) = concerns_of("testshire", C1)
    step = f"{CASE}urgent/{concern.key}"
    i1.send(step, {"step": "tell", "whom": "The duty manager", "when": "9:40"})
    i1.send(step, {"step": "answer", "words": "A visit today."})
    assert i1.post(step, {"step": "close", "words": "Done."}).status_code == 403
    lead = PageClient("lead")
    assert "He sleeps in a car." in lead.open("/inspections/testshire/cases/").text
    page = lead.send(step, {"step": "close", "words": "Seen and safe."})
    assert "Told: The duty manager, 9:40" in page.text
    assert "Open urgent concerns" not in lead.open("/inspections/testshire/cases/").text


def test_a_concern_without_words_says_what_to_do(i1):
    page = i1.open(f"{CASE}urgent")
    page = i1.send(f"{CASE}urgent", {**page.fields(), "what": ""}, status=422)
    assert page.errors == ["Enter what you have seen or heard"]


def test_who_was_present_is_noted_and_shown(i1):
    page = i1.send(f"{CASE}present", {"who": "Carla, for an hour"})
    assert "Carla, for an hour" in page.text


def test_the_cases_of_an_inspector_are_their_own_and_a_lead_sees_all(i1):
    record(*ANSWERS)
    page = i1.open("/inspections/testshire/cases/")
    assert [row["Case"] for row in page.table("cases")] == ["Case 1", "Case 2"]
    assert page.table("cases")[0]["Answered"] == "3 of 3"
    assert page.links["Open next case"] == CASE
    assert len(PageClient("lead").open("/inspections/testshire/cases/").table("cases")) == 4
    assert i1.get("/inspections/testshire/cases/next").headers["Location"] == CASE
    assert i1.get(f"{CASE}next").headers["Location"] == f"{CASE}finish"
    assert "Case 1" in i1.get("/inspections/testshire/cases/", {"as": "csv"}).content.decode()
