"""The page of a case is light: its queries do not grow with its questions. How long it takes: ``benchmarks.pages``."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.answers import altered, sent
from tests.factories.fieldwork import fieldwork
from tests.factories.store import seeded
from tests.web.client import PageClient

from caselight.store.accounts.models import User
from caselight.store.assessments import rows
from caselight.store.assessments.access import scope
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.receipts import Receipt
from caselight.web.assessing.op_ids import new_op_id
from caselight.web.assessing.opening import open_case
from caselight.web.assessing.outline import unanswered
from caselight.web.design.visits import InspectionVisit

pytestmark = pytest.mark.django_db(transaction=True)
CASE = "/inspections/fieldwork/cases/case/c1/"


@pytest.fixture(autouse=True)
def inspection(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    seeded()
    return fieldwork()


def answered() -> int:
    """Answers every question of the case that is asked, as an inspector would, and gives how many."""
    user = User.objects.get(key="i1")
    count = 0
    for _ in range(5):  # each round opens further questions
        now = datetime(2026, 3, 3, tzinfo=UTC)
        case = open_case(InspectionVisit(user, now, "fieldwork", scope("i1", "fieldwork", now)), "case", "c1")
        left = unanswered(case)
        if not left:
            break
        events = []
        for item in left:
            scale = case.framework.scale_by_id.get(case.framework.questions[item.question_id].scale or "")
            event = sent(
                "c1", item.question_id, scale.options[0].value if scale else "1", new_op_id(now), note="Some words."
            )
            events.append(altered(event, framework_version=case.framework.version))
        told = record_answers(by="i1", inspection="fieldwork", device="d", events=events, at=now)
        assert all(isinstance(one, Receipt) for one in told), told
        count += len(left)
    return count


def queries(client: PageClient, theme: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.open(CASE, {"theme": theme})
    return len(seen)


def test_the_queries_of_the_page_are_ten_at_most_and_do_not_grow_with_the_answers(settings):
    client = PageClient("i1")
    client.open(CASE)
    before = queries(client, "reducing")
    assert answered() > 30
    assert queries(client, "reducing") == before <= 10


def test_the_page_weighs_less_than_thirty_thousand_bytes():
    answered()
    page = PageClient("i1").open(CASE)
    assert len(gzip.compress(page.response.content)) < 30_000
    assert page.links


def test_saving_one_answer_in_the_background_opens_no_words_of_other_questions(monkeypatch):
    opened: list[str] = []
    truly = rows.opened

    def told(inspection: str, op_id: str, *sealed: Any) -> Any:
        opened.append(op_id)
        return truly(inspection, op_id, *sealed)

    assert answered() > 30
    monkeypatch.setattr(rows, "opened", told)
    client = PageClient("i1")
    page = client.open(CASE)
    assert len(opened) > 30
    form = page.find("//form[@data-cl-answer][.//textarea[@name='note']]")[0]
    opened.clear()
    sent_ = {name: value for name, value in form.form_values() if name != "withdraw"} | {"note": "Other words."}
    answer = client.post(f"{CASE}answer", sent_, headers={"X-Caselight-Background": "1"})
    assert "Saved on the server" in answer.json()["saved"]
    assert 0 < len(opened) <= 4
