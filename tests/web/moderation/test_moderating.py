"""Moderation: what is seen across cases, answers agreed beside the first ones, decisions, and cases that are agreed."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.web.client import Page, PageClient

from caselight.store.assessments.actions import complete, record_answers
from caselight.store.assessments.queries import contested, events_of, standing

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "/inspections/testshire/moderation/"
A = f"{BOARD}question/A/"


@pytest.fixture(autouse=True)
def inspection(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    return seeded().inspection


@pytest.fixture
def lead():
    return PageClient("lead")


def recorded(*rows: tuple[str, str, str], by: str = "i1", start: int = 1, at: datetime = AT, **more: object) -> None:
    events = [
        sent(key, question, value, op_id(start + n), actor=by, **more) for n, (key, question, value) in enumerate(rows)
    ]
    answers = record_answers(by=by, inspection="testshire", device="laptop", events=events, at=at)
    assert not [one for one in answers if hasattr(one, "code")], answers


def whole(key: str, start: int, by: str = "i1") -> None:
    """A case with every question answered, and completed."""
    recorded((key, "A", "yes"), (key, "B.due", "no"), (key, "C", "yes"), by=by, start=start)
    complete(by=by, inspection="testshire", subject=("case", key), at=AT)


def form(page: Page, row: str) -> dict[str, str]:
    (found,) = page.find(f"//form[input[@name='row'][@value='{row}']]")
    return dict(found.form_values())


def agree(lead: PageClient, key: str, value: str, status: int = 200, **more: str) -> Page:
    page = lead.open(A)
    return lead.send(f"{A}agree", {**form(page, f"case-{key}"), "value": value, **more}, status=status)


def test_the_board_marks_failures_what_is_left_and_what_is_complete(lead):
    whole("C1", 1)
    recorded(("C2", "A", "no"), start=20)
    page = lead.open(BOARD)
    assert "Complete: 1 of 4 cases. Agreed: 0 of 4." in page.text
    rows = {row["Case"]: row for row in page.table("moderation")}
    assert rows["Case 1"]["The theme"] != rows["Case 2"]["The theme"]
    assert rows["Case 2"]["The theme"].startswith(("1 No", "2 No"))
    assert rows["Case 1"]["State"] == "Complete"


def test_the_board_is_downloaded_as_it_is_shown(lead):
    recorded(("C2", "A", "no"))
    file = lead.get(BOARD, {"as": "csv", "table": "moderation"})
    assert b"Case 2" in file.content
    assert file["Content-Type"].startswith("text/csv")


def test_cases_that_are_not_complete_after_fieldwork_are_late(lead):
    whole("C1", 1)
    assert "3 cases late" in lead.open(BOARD).text


def test_an_agreed_answer_is_a_further_event_and_the_first_stays(lead):
    recorded(("C1", "A", "no"), note="Nothing on file.")
    page = agree(lead, "C1", "yes", why="The plan is in the other folder.")
    assert "Saved on the server: Case 1." in page.text
    first, second = events_of("testshire", "case", "C1")
    assert (first.pass_, first.value, first.note) == ("first", "no", "Nothing on file.")
    assert (second.pass_, second.value, second.actor) == ("moderated", "yes", "lead")
    (row,) = lead.open(A).find("//section[@id='case-C1']")
    text = " ".join(row.text_content().split())
    assert "Changed" in text
    assert "Nothing on file." in text
    assert "The plan is in the other folder." in text


def test_enter_leads_to_the_next_case_with_the_cursor_in_its_answers(lead):
    recorded(("C1", "A", "yes"), ("C2", "A", "yes"))
    page = agree(lead, "C1", "yes")
    assert page.url == f"{A}?at=case-C2&saved=case-C1"
    assert page.find("//section[@id='case-C2']//input[@autofocus]")


def test_an_answer_that_is_agreed_as_it_is_keeps_its_reasons_and_its_note(lead):
    recorded(("C1", "A", "no"), note="Nothing on file.")
    agree(lead, "C1", "no")
    _, agreed = events_of("testshire", "case", "C1")
    assert (agreed.reasons, agreed.note) == (("weak",), "Nothing on file.")


@pytest.mark.parametrize(
    ("value", "more", "says"),
    [
        ("", {}, "Case 1: Select the answer that was agreed"),
        (
            "no",
            {},
            "Case 1: Enter why the agreed answer differs from the first one, and select why it is not good enough",
        ),
        ("no", {"why": "No plan.", "because": ""}, "Case 1: Select why it is not good enough"),
        ("not_relevant", {"why": "Moved away."}, "Case 1: Select why it is not relevant"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(lead, value, more, says):
    recorded(("C1", "A", "yes"))
    page = agree(lead, "C1", value, status=422, **more)
    assert page.errors == [says]
    assert form(page, "case-C1").get("why", "") == more.get("why", "")
    assert len(events_of("testshire", "case", "C1")) == 1


def test_a_row_that_is_sent_twice_is_recorded_once(lead):
    recorded(("C1", "A", "yes"))
    data = {**form(lead.open(A), "case-C1"), "value": "yes"}
    lead.send(f"{A}agree", data)
    lead.post(f"{A}agree", data)
    assert sum(event.pass_ == "moderated" for event in events_of("testshire", "case", "C1")) == 1


def test_two_answers_wait_for_a_decision_that_names_them_all(lead):
    recorded(("C2", "A", "yes"), start=1)
    recorded(("C2", "A", "no"), by="i2", start=9, note="Not on file.")
    page = lead.open(BOARD)
    assert "Two answers: needs a decision (1)" in page.text
    data = form(lead.open(A), "case-C2")
    (chosen,) = [one.op_id for group in contested("testshire").values() for one in group if one.value == "no"]
    refused = lead.send(f"{A}decide", {**data, "chosen": chosen, "reason": ""}, status=422)
    assert refused.errors == ["Case 2: Enter why this answer stands"]
    lead.send(f"{A}decide", {**data, "chosen": chosen, "reason": "The file says so."})
    assert contested("testshire") == {}
    (answer,) = next(group for address, group in standing("testshire").items() if address.subject_key == "C2")
    assert (answer.value, answer.resolves_reason, answer.note) == ("no", "The file says so.", "Not on file.")


def test_cases_are_agreed_together_and_one_that_cannot_be_keeps_no_other_back(lead):
    whole("C1", 1)
    page = lead.open(f"{BOARD}cases")
    assert page.texts("//label[starts-with(@for, 'case-')]") == ["Case 1 Complete"]
    page = lead.send(f"{BOARD}cases/agreed", {"case": ["case:C1", "case:C4"]}, status=422)
    assert page.errors[0].startswith("Case 4:")
    assert "Agreed: 1 of 4." in lead.open(BOARD).text


def test_totals_are_shown_as_things_stand_and_as_agreed(lead):
    whole("C1", 1)
    recorded(("C2", "A", "no"), start=20)
    lead.send(f"{BOARD}cases/agreed", {"case": ["case:C1"]})
    assert "As things stand: 1 of 2 As agreed: 1 of 1" in lead.open(A).text


@pytest.mark.parametrize("who", ["i1", "la", "qa", "sm", "stranger", "lead2", "ll"])
def test_nobody_but_the_lead_moderates(who):
    recorded(("C1", "A", "yes"))
    client = PageClient(who)
    for path in (BOARD, A, f"{BOARD}cases"):
        assert client.get(path).status_code in (403, 404)
    for path in (f"{A}agree", f"{A}decide", f"{BOARD}cases/agreed"):
        assert client.post(path, {"row": "case-C1", "value": "no", "why": "x"}).status_code in (403, 404)
    assert len(events_of("testshire", "case", "C1")) == 1


def following(page: Page) -> list[str]:
    return [href for words, href in page.links.items() if words.startswith("Next question: ")]


def test_behind_the_last_case_is_the_next_question_and_behind_the_last_the_first_that_is_not_looked_at(lead):
    whole("C1", 1)
    page = agree(lead, "C1", "yes", show="no")
    assert following(page) == [f"{BOARD}question/B/?at=case-C2"]
    assert following(lead.open(f"{BOARD}question/C/")) == [f"{A}?at=case-C2"]


def test_behind_a_question_is_none_that_was_looked_at_in_every_case(lead):
    for key in ("C1", "C2", "C3", "C4"):
        recorded((key, "A", "yes"), start=int(key[1]) * 10)
        agree(lead, key, "yes")
    assert A not in "".join(following(lead.open(f"{BOARD}question/C/")))


def test_the_board_says_what_was_looked_at_and_goes_on_with_the_lowest_that_was_not(lead):
    recorded(("C1", "A", "yes"), ("C1", "C", "no"), ("C2", "A", "no"))
    page = lead.open(BOARD)
    assert page.links["Agree answers, question by question"] == f"{BOARD}question/C/?at=case-C1"
    assert "A in short1 of 2none yet0 of 4" in page.text
    agree(lead, "C1", "yes")
    assert "A in short1 of 2none yet1 of 4" in lead.open(BOARD).text


@pytest.mark.parametrize(
    ("more", "control"), [({"why": ""}, "case-C1-because"), ({"why": "No plan."}, "case-C1-because")]
)
def test_an_error_leads_to_what_is_to_be_filled_in(lead, more, control):
    recorded(("C1", "A", "yes"))
    page = agree(lead, "C1", "no", status=422, **more)
    assert page.find(f"//div[@role='alert']//a[@href='#{control}']")
    assert page.find(f"//select[@id='{control}'][@aria-describedby='case-C1-error']")
    recorded(("C2", "A", "no"), start=20)
    assert agree(lead, "C2", "yes", status=422).find("//div[@role='alert']//a[@href='#case-C2-why']")


def test_a_question_that_is_not_asked_here_is_not_there(lead):
    lead.open(f"{BOARD}question/Z/", status=404)


def test_the_lead_of_an_audit_round_moderates_it():
    assert PageClient("ll").open("/inspections/testshire-audit/moderation/").h1 == "Moderation"


def test_an_answer_of_another_case_cannot_be_chosen_and_what_is_decided_stays_so(lead):
    recorded(("C2", "A", "yes"), start=1)
    recorded(("C2", "A", "no"), by="i2", start=9, note="Not on file.")
    recorded(("C1", "A", "yes"), start=30)
    other = events_of("testshire", "case", "C1")[0].op_id
    data = form(lead.open(A), "case-C2")
    page = lead.send(f"{A}decide", {**data, "chosen": other, "reason": "It does."}, status=422)
    assert page.errors == ["Case 2: Select the answer that stands"]
    (chosen,) = [one.op_id for group in contested("testshire").values() for one in group if one.value == "no"]
    lead.send(f"{A}decide", {**data, "chosen": chosen, "reason": "The file says so."})
    again = lead.send(f"{A}decide", {**data, "chosen": chosen, "reason": "Or not."}, status=422)
    assert again.errors[0].startswith("Case 2: These two answers are not in question any more.")
