"""An interview on the page where somebody arrives is said to be one: among their work, and among their next slots."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.fieldwork import fieldwork
from tests.factories.store import AT, seeded
from tests.factories.timetable import MONDAY, TUESDAY, put, with_workers
from tests.factories.timetable import published as publish
from tests.web.client import Page, PageClient

from caselight.store.assessments.visible import visible
from caselight.web.home.slots import next_slots

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    """The cast, with workers to interview, and the inspection whose worker is interviewed with the screening's form."""
    seeded()
    with_workers()
    fieldwork()


def work(page: Page, inspection: str) -> list[str]:
    """The lines below "Your cases" of an inspection."""
    return page.texts(f"//section[h2='Your cases: {inspection}']//li")


def test_an_interview_is_called_as_its_form_is_and_a_case_is_called_nothing_more() -> None:
    page = PageClient("i1").open("/")
    assert work(page, "Testshire: fieldwork") == [
        "Case 01 Not begun", "Case 02 Not begun", "Worker 1 Interview with a case manager Not begun",
    ]  # fmt: skip
    assert page.links["Worker 1"] == "/inspections/fieldwork/cases/case_manager/w1/"


def test_interviews_count_among_what_is_complete_and_the_lead_reads_so() -> None:
    assert "Complete: 0 of 3" in PageClient("i1").open("/").text
    assert "Cases and interviews complete 0 of 3" in PageClient("lead").open("/").text


def test_a_slot_of_an_interview_says_so_and_names_the_worker_beneath() -> None:
    put("w1", "i1", MONDAY)
    put("C2", "i1", TUESDAY)
    publish()
    sunday = MONDAY - timedelta(1)
    told = {who: [(task.title, task.hint) for _, tasks in next_slots(who, visible(who, AT), sunday) for task in tasks]
            for who in ("i1", "cm")}  # fmt: skip
    assert told["i1"][0] == ("Tomorrow, morning: Interview", "Case manager 01")
    assert told["i1"][1] == ("Tuesday 15 December, morning: Case 2", "Case manager 02")
    assert told["cm"] == [("Tomorrow, morning: Interview", "with Inga Inspector")]
