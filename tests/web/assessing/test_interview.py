"""The page of an interview: the worker's cases stand on it, each with what the visitor may know of it and no more."""

from __future__ import annotations

import pytest
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.factories.timetable import with_workers
from tests.web.client import Page, PageClient

from caselight.store.assessments.actions import record_answers
from caselight.store.caseloads.models import Subject
from caselight.store.inspections.models import Inspection
from caselight.store.samples.models import SampledCase

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/inspections/testshire/cases/"


@pytest.fixture(autouse=True)
def inspection(settings) -> Inspection:
    """The cast, with workers to interview: ``w1`` manages C1, which is given to the first inspector, and C4, to nobody."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    made = seeded().inspection
    with_workers()
    return made


def listed(who: str, worker: str = "w1") -> tuple[list[str], dict[str, str]]:
    """The lines of the worker's cases on the page of the interview, and the links among them."""
    page = PageClient(who).open(f"{HERE}case_manager/{worker}/")
    return lines(page), {name: href for name, href in page.links.items() if "/cases/case/" in href}


def lines(page: Page) -> list[str]:
    return page.texts("//ul[@aria-labelledby='worker-cases']/li")


def test_the_cases_of_the_worker_stand_on_the_page_with_the_way_to_each_and_how_far_it_is() -> None:
    assert listed("lead") == (
        ["Case 1 Not begun", "Case 4 Not begun"],
        {"Case 1": f"{HERE}case/C1/", "Case 4": f"{HERE}case/C4/"},
    )
    record_answers(by="i1", inspection="testshire", device="d", events=[sent("C1", "A", "yes", op_id(1))], at=AT)
    assert listed("lead")[0] == ["Case 1 Being examined", "Case 4 Not begun"]
    assert listed("lead", "w2")[0] == ["Case 2 Not begun"]


def test_a_case_that_is_not_given_to_the_inspector_is_named_and_neither_linked_nor_judged() -> None:
    assert listed("i1") == (["Case 1 Not begun", "Case 4 not given to you"], {"Case 1": f"{HERE}case/C1/"})


def test_whoever_may_know_only_their_own_cases_reads_no_other(inspection: Inspection) -> None:
    Subject.objects.filter(inspection=inspection, key="C4").update(managed_by="w3")
    assert listed("la", "w3") == (["Case 3 Not begun"], {"Case 3": f"{HERE}case/C3/"})
    assert listed("lead", "w3")[0] == ["Case 3 Not begun", "Case 4 Not begun"]


def test_a_case_that_was_removed_from_the_sample_is_none_of_them() -> None:
    SampledCase.objects.filter(inspection__key="testshire", case_key="C4").update(status="removed")
    assert listed("lead")[0] == ["Case 1 Not begun"]


def test_a_worker_who_is_named_in_the_case_list_alone_has_their_cases_too(inspection: Inspection) -> None:
    Subject.objects.filter(inspection=inspection, key="C1").update(managed_by="")
    assert listed("lead")[0] == ["Case 1 Not begun", "Case 4 Not begun"]


def test_while_the_screen_is_shared_no_case_is_named_on_an_interview() -> None:
    client = PageClient("i1")
    client.send(f"{HERE}sharing", {"on": "yes", "kind": "case_manager", "subject": "w1"})
    page = client.open(f"{HERE}case_manager/w1/")
    assert lines(page) == []
    assert "Case 1" not in page.text


def test_the_page_of_a_case_lists_no_other_case_of_its_worker() -> None:
    assert lines(PageClient("lead").open(f"{HERE}case/C1/")) == []
