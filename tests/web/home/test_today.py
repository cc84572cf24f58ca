"""What somebody arrives at: their own work, what waits for them, and nothing that they may not see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import emptied, seeded
from tests.web.client import PageClient

from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.actions.raising import raise_concern
from caselight.store.assessments.models import CaseStep
from caselight.store.inspections.models import Inspection, State

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def step(case: str, to: str) -> None:
    CaseStep.objects.create(
        inspection=Inspection.objects.get(key="testshire"),
        subject_kind="case",
        subject_key=case,
        step=to,
        by="i1",
        at=AT,
    )


def test_an_inspector_sees_their_own_unfinished_cases_and_opens_the_next() -> None:
    seeded()
    step("C1", "completed")
    page = PageClient("i1").open("/")
    assert "Complete: 1 of 2" in page.text
    assert [name for name in page.links if name.startswith("Case ")] == ["Case 2"]
    next_case = PageClient("i1").get(page.links["Open next case"])
    assert next_case.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_lead_sees_how_far_the_cases_are_and_which_messages_could_not_be_taken() -> None:
    seeded()
    step("C1", "completed")
    event = altered(sent("C1", "A", "yes", op_id(1)), framework_version="0")
    record_answers(by="i1", inspection="testshire", device="d", events=[event], at=AT)
    text = PageClient("lead").open("/").text
    assert "1 of 4" in text
    assert "1 answer was not accepted" in text
    assert "1 answer of yours was not accepted" in PageClient("i1").open("/").text
    assert "accepted" not in PageClient("i2").open("/").text


def test_unsigned_cases_wait_for_the_lead_in_moderation_only() -> None:
    seeded()
    step("C1", "signed")
    assert "Not signed yet" not in PageClient("lead").open("/").text
    Inspection.objects.update(state=State.MODERATION)
    page = PageClient("lead").open("/")
    assert "Not signed yet 3 of 4" in page.text
    assert page.links["Agree answers, question by question"] == "/inspections/testshire/moderation/"
    assert page.links["Not signed yet"] == "/inspections/testshire/moderation/cases"


def test_open_urgent_concerns_stand_first_for_who_may_read_them_and_for_nobody_else() -> None:
    seeded()
    raise_concern(by="i1", inspection="testshire", subject=("case", "C1"), key="a" * 32, what="Seen.", at=AT)
    for who in ("lead", "i1"):
        page = PageClient(who).open("/")
        assert page.texts("//main//h2")[0] == "Open urgent concerns", who
        assert "Seen." not in page.text  # the words stay on the page of the case
    for who in ("i2", "lead2", "la", "qa", "sm", "ad", "ll"):
        assert "urgent" not in PageClient(who).open("/").text, who


def test_while_the_screen_is_shared_no_case_is_shown() -> None:
    seeded()
    client = PageClient("i1")
    session = client.session
    session["caselight.sharing"] = True
    session.save()
    page = client.open("/")
    assert "Case 1" not in page.text
    assert "no cases are shown" in page.text


def test_nothing_of_an_inspection_is_shown_to_who_may_not_know_of_it() -> None:
    seeded()
    for who in ("stranger", "an", "pb"):
        text = PageClient(who).open("/").text
        assert "Testshire" not in text, who
        assert "No inspection is open to you. Ask" in text, who
    rows = PageClient("i1").open("/inspections/").table("inspections")
    assert [row["Service"] for row in rows] == ["Testshire Youth Offending Service"]


def test_an_audit_lead_reads_the_words_of_an_audit_round() -> None:
    seeded()
    page = PageClient("au").open("/inspections/")
    assert page.h1 == "Audit rounds"
    assert "inspection" not in page.text.lower()


def test_an_administrator_sees_the_health_of_the_system_and_nobody_else_does() -> None:
    seeded()
    assert "Health of the system" in PageClient("ad").open("/").links
    assert PageClient("ad").open("/health/system").h1 == "Health of the system"
    for who in ("lead", "stranger", "sm"):
        assert PageClient(who).get("/health/system").status_code in (403, 404), who


def test_a_service_manager_is_asked_for_the_case_list_before_fieldwork_until_it_is_taken_in() -> None:
    seeded(state=State.SETUP)
    assert "Send the case list" not in PageClient("sm").open("/").text  # it was taken in
    emptied()
    assert "Send the case list" in PageClient("sm").open("/").text
    assert "Send the case list" not in PageClient("i1").open("/").text
