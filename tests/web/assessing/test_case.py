"""One case on its page: what applies, what was answered, saved one by one, nothing overwritten, nothing read too early."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.answers import op_id, sent
from tests.factories.fieldwork import fieldwork
from tests.factories.store import AT, seeded
from tests.web.client import BACKEND, Page, PageClient

from caselight.method.inspection.package import Identity
from caselight.store.accounts.models import User
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.queries import contested, events_of, excerpts, locators
from caselight.store.identities.actions.vault import keep_identity

pytestmark = pytest.mark.django_db(transaction=True)
CASE = "/inspections/testshire/cases/case/C1/"


@pytest.fixture(autouse=True)
def inspection(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    return seeded().inspection


@pytest.fixture
def i1():
    return PageClient("i1")


def form(page: Page, question: str) -> dict[str, str]:
    """What the form of one question would send as it stands."""
    (found,) = page.find(f"//form[@data-cl-answer][input[@name='question'][@value='{question}']]")
    return dict(found.form_values())


def answer(client: PageClient, question: str, value: str, case: str = CASE, **more: object) -> Page:
    page = client.open(case, {"theme": "T"})
    return client.send(f"{case}answer", {**form(page, question), "value": value, **more})


def recorded(case: str = "C1") -> list[tuple[str, str, str]]:
    return [(event.question_id, event.value, event.actor) for event in events_of("testshire", "case", case)]


def test_only_the_questions_that_apply_are_asked_and_the_rule_says_why_the_others_are_not(i1):
    from caselight.store.caseloads.models import CaseloadCase

    CaseloadCase.objects.filter(key="C1").update(facts={"psr": "no"})
    page = i1.open(CASE, {"theme": "T"})
    assert page.texts("//article/h3") == ["A Is A good enough?", "B Is B good enough?"]
    assert "C Is C good enough? Not asked, because no report was prepared." in page.text


def test_an_answer_is_saved_by_its_own_form_and_leads_to_the_next_question(i1):
    page = answer(i1, "A", "yes", note="Well done.")
    assert page.url == f"{CASE}?theme=T#q-B"
    assert page.done[0].startswith("Saved on the server at ")
    assert "Answered 1 of 3" in page.text
    (event,) = events_of("testshire", "case", "C1")
    assert (event.value, event.note, event.actor, event.device) == ("yes", "Well done.", "i1", "browser")


def test_a_gate_and_its_question_are_one_control_and_two_answers(i1):
    answer(i1, "B", "gate:no")
    assert recorded() == [("B.due", "no", "i1")]
    page = answer(i1, "B", "no", reason="weak")
    assert recorded()[1:] == [("B.due", "yes", "i1"), ("B", "no", "i1")]
    assert [label for label in page.texts("//article[@id='q-B']//label") if "due" in label[:7].lower()] == [
        "Not due", "Due and sufficient", "Due, not sufficient",
    ]  # fmt: skip
    assert not contested("testshire")


def test_not_relevant_needs_its_coded_reason_before_the_case_is_complete(i1):
    page = answer(i1, "A", "not_relevant", stay="yes")
    assert "Still needed: Select why it is not relevant." in page.text
    answer(i1, "A", "not_relevant", aside="elsewhere")
    (event,) = list(events_of("testshire", "case", "C1"))[-1:]
    assert (event.value, event.reasons) == ("not_relevant", ("elsewhere",))


def test_ticks_of_an_answer_that_was_changed_since_are_left_out(i1):
    answer(i1, "A", "yes", reason="weak")
    assert events_of("testshire", "case", "C1")[0].reasons == ()


def test_a_form_without_an_answer_says_what_to_do_and_keeps_what_was_typed(i1):
    page = i1.open(CASE, {"theme": "T"})
    page = i1.send(f"{CASE}answer", {**form(page, "A"), "note": "Half a thought", "document": "Asset"}, status=422)
    assert page.errors == ["Select an answer"]
    assert page.find("//textarea[@id='q-A-note']")[0].text.strip() == "Half a thought"
    assert page.find("//input[@id='q-A-document']")[0].get("value") == "Asset"
    assert recorded() == []


def test_a_form_that_is_sent_twice_records_once(i1):
    page = i1.open(CASE, {"theme": "T"})
    sending = {**form(page, "A"), "value": "yes", "note": "Once.", "quote": "I like it.", "document": "Plan"}
    for _ in range(2):
        i1.send(f"{CASE}answer", sending)
    assert recorded() == [("A", "yes", "i1")]
    assert len(excerpts("testshire")) == len(locators("testshire")) == 1


def test_a_form_that_is_changed_after_going_back_builds_on_what_it_sent_before(i1):
    page = i1.open(CASE, {"theme": "T"})
    sending = form(page, "A")
    i1.send(f"{CASE}answer", {**sending, "value": "yes"})
    i1.send(f"{CASE}answer", {**sending, "value": "no", "reason": "weak"})
    assert [value for _, value, _ in recorded()] == ["yes", "no"]
    assert not contested("testshire")


def test_a_stale_page_contradicts_what_came_meanwhile_and_overwrites_nothing(i1):
    case = "/inspections/testshire/cases/case/C2/"
    answer(i1, "A", "yes", case)
    stale = i1.open(case, {"theme": "T"})
    first, _ = form(stale, "A"), None
    i1.send(f"{case}answer", {**first, "value": "no", "reason": "weak"})
    from caselight.web.assessing.op_ids import new_op_id

    i1.send(f"{case}answer", {**first, "value": "yes", "note": "From the other tab.", "op": new_op_id(AT)})
    page = i1.open(case, {"theme": "T"})
    assert "Two answers: needs a decision" in page.text
    assert "Say which one stands, or the lead decides." in page.text


def test_the_lead_decides_between_two_answers_with_a_reason_and_both_are_kept(i1):
    for who, op, value in (("i1", 1, "yes"), ("i2", 2, "no")):
        event = sent("C2", "A", value, op_id(op), actor=who)
        from caselight.web.assessing.answering import digested

        record_answers(by=who, inspection="testshire", device="d", events=[digested(event)], at=AT)
    lead, case = PageClient("lead"), "/inspections/testshire/cases/case/C2/"
    page = lead.open(case, {"theme": "T"})
    heads = page.texts("//div[@class='cl-conflict__head']")
    assert heads[0].startswith("Yes Inga Inspector")
    assert heads[1].startswith("No Ivo Inspector")
    sending = {"question": "A", "bases": f"{op_id(1)} {op_id(2)}", "chosen": op_id(2)}
    assert lead.send(f"{case}resolve", sending, status=422).errors == ["Enter why this answer stands"]
    page = lead.send(f"{case}resolve", {**sending, "reason": "Seen together."})
    assert not contested("testshire")
    assert len(recorded("C2")) == 3


def test_a_peers_answer_stays_closed_until_ones_own_are_signed_and_is_said_to_be_there(i1):
    from caselight.web.assessing.answering import digested

    event = digested(sent("C2", "A", "no", op_id(2), actor="i2", note="Secret."))
    record_answers(by="i2", inspection="testshire", device="d", events=[event], at=AT)
    page = i1.open("/inspections/testshire/cases/case/C2/", {"theme": "T"})
    assert "Secret" not in page.text
    assert "Ivo Inspector has answered this too." in page.text


def test_who_else_is_on_the_case_is_said_with_the_time_of_their_last_answer(i1):
    answer(PageClient("i2"), "A", "yes", "/inspections/testshire/cases/case/C2/")
    page = i1.open("/inspections/testshire/cases/case/C2/")
    assert "Ivo Inspector is also on this case, last answer " in page.text
    assert "Ivo Inspector" in i1.get("/inspections/testshire/cases/case/C2/colleagues").json()["here"][0]


def test_a_fact_is_corrected_and_both_values_are_shown(i1):
    page = i1.open(CASE, {"theme": "facts"})
    assert "The service supplied: Yes" in page.text
    page = i1.send(f"{CASE}answer", {**form(page, "fact:psr"), "value": "no", "stay": "yes"})
    assert "The service supplied: Yes" in page.text
    assert page.find("//article[@id='f-psr']//input[@checked]")[0].get("value") == "no"
    assert "Not asked, because no report was prepared" in i1.open(CASE, {"theme": "T"}).text


def test_an_answer_is_taken_back(i1):
    page = answer(i1, "A", "yes", stay="yes")
    page = i1.send(f"{CASE}answer", {**form(page, "A"), "withdraw": "yes", "stay": "yes"})
    assert "Answered 0 of 3" in page.text
    assert len(recorded()) == 2


def test_in_the_background_it_is_said_that_it_is_saved_and_the_questions_come_back_when_asked_for(i1):
    page = i1.open(CASE, {"theme": "T"})
    background = {"X-Caselight-Background": "1"}
    plain = Client()
    plain.force_login(User.objects.get(key="i1"), backend=BACKEND)
    response = plain.post(f"{CASE}answer", {**form(page, "A"), "value": "yes"}, headers=background)
    assert response.status_code == 200
    assert response.json()["saved"].startswith("Saved on the server at ")
    text = plain.get(CASE, {"theme": "T"}, headers=background).content.decode()
    assert text.lstrip().startswith('<div class="cl-case"')
    assert "Answered <strong>1 of " in text

    wrong = plain.post(f"{CASE}answer", form(page, "B"), headers=background)
    assert wrong.status_code == 422
    assert "Not saved: Select an answer" in wrong.content.decode()


def test_while_the_screen_is_shared_answers_notes_and_other_cases_are_hidden(i1):
    answer(i1, "A", "no", reason="weak", note="Not for others.")
    page = i1.send("/inspections/testshire/cases/sharing", {"on": "yes", "kind": "case", "subject": "C1"})
    page = i1.open(CASE, {"theme": "T"})
    assert "You are sharing your screen" in page.text
    assert "Not for others." not in page.text
    assert not page.find("//input[@checked]")
    assert "Back to cases" not in page.links
    assert i1.open("/inspections/testshire/cases/").texts("//tbody//a") == []
    page = i1.send("/inspections/testshire/cases/sharing", {"on": "no", "kind": "case", "subject": "C1"})
    assert "Not for others." in i1.open(CASE, {"theme": "T"}).text


def test_answers_typed_from_paper_carry_both_times(i1):
    page = i1.send(f"{CASE}typing", {"day-day": "2", "day-month": "3", "day-year": "2026", "time": "10:15"})
    assert "You are typing from paper" in page.text
    answer(i1, "A", "yes")
    (event,) = events_of("testshire", "case", "C1")
    assert event.client_time == "2026-03-02T10:15:00.000Z"
    assert event.server_time > event.client_time
    i1.send(f"{CASE}typing", {"stop": "yes"})
    assert "typing from paper" not in i1.open(CASE).text


def test_the_printed_form_holds_the_questions_that_apply_and_no_answer(i1):
    answer(i1, "A", "yes", note="Not on paper.")
    page = i1.open(f"{CASE}print")
    assert page.texts("//h3")[:2] == ["A Is A good enough?", "B Is B good enough?"]
    assert "Not on paper." not in page.text


def test_initials_are_shown_when_asked_for_and_the_reading_is_noted(i1):
    from caselight.store.audit.models import AuditRow

    keep_identity(
        by="sm", inspection="testshire", service="testshire", identities=[Identity("C1", "Kai Brown", (), None, "R-7")],
        at=AT,
    )  # fmt: skip
    assert "Kai" not in i1.open(CASE).text
    page = i1.send(f"{CASE}who")
    assert "K. B." in page.text
    assert "R-7" in page.text
    assert "Brown" not in page.text
    assert AuditRow.objects.filter(act="identity.read").count() == 1


@pytest.mark.parametrize(("who", "path", "status"), [
    ("i1", "case/C4/", 403), ("la", "case/C1/", 404), ("qa", "case/C1/", 200), ("sm", "case/C1/", 403),
    ("stranger", "case/C1/", 404), ("lead", "case/C4/", 200), ("i1", "case_manager/C1/", 404), ("lead2", "case/C1/", 404),
    ("lead", "case/none/", 404),
])  # fmt: skip
def test_a_case_is_read_by_whom_it_is_given_to_and_by_the_lead(who, path, status):
    PageClient(who).open(f"/inspections/testshire/cases/{path}", status=status)


def test_a_lead_who_does_not_examine_a_case_reads_and_changes_nothing(i1):
    answer(i1, "A", "yes")
    page = PageClient("lead").open(CASE, {"theme": "T"})
    assert "so you read it and change nothing" in page.text
    assert not page.find("//form[@data-cl-answer]")
    assert PageClient("lead").post(f"{CASE}answer", {"question": "A", "value": "no"}).status_code == 403


def test_the_page_of_a_case_takes_ten_queries_at_most(i1):
    answer(i1, "A", "no", reason="weak", note="x", quote="Words.", document="Plan")
    i1.open(CASE)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        i1.open(CASE, {"theme": "T"})
    asked = [query["sql"] for query in seen if query["sql"].lstrip().startswith("SELECT")]
    assert len(asked) <= 10, "\n".join(sql[:150] for sql in asked)
    assert len(seen) == len(asked)


def test_what_is_found_in_a_case_is_added_as_a_row_of_its_own(i1):
    fieldwork(pack="child-family-review", facts={})
    case = "/inspections/fieldwork/cases/case/c1/"
    page = i1.open(i1.open(case, {"theme": "facts"}).links["Add a report"])
    (found, *_) = page.find("//form[@data-cl-answer][input[@name='row'][@value='r01']]")
    told = {"value-day": "2", "value-month": "3", "value-year": "2026", "written": "Words."}
    choices = found.xpath(".//input[@type='radio']/@value")[:1]
    i1.send(f"{case}answer", {**dict(found.form_values()), **told, **({"value": choices[0]} if choices else {})})
    (event,) = events_of("fieldwork", "case", "c1")
    assert (event.table, event.row_key, bool(event.value)) == ("report", "r01", True)
