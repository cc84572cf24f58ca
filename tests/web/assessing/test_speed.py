"""The page of a case is light: its queries do not grow with its questions, and its values cost less than its HTML."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.shortcuts import render
from django.test.utils import CaptureQueriesContext
from tests.factories.answers import altered, sent
from tests.factories.fieldwork import fieldwork
from tests.factories.store import seeded
from tests.web.client import PageClient

from caselight.store.accounts.models import User
from caselight.store.assessments.access import scope
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.receipts import Receipt
from caselight.web.assessing import views
from caselight.web.assessing.op_ids import new_op_id
from caselight.web.assessing.opening import open_case
from caselight.web.assessing.outline import themes_of, unanswered
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


def quickest(work: Callable[[], Any], times: int = 12) -> float:
    """The quickest of several runs, in seconds: what the work takes when nothing else runs."""
    best = 9.9
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def test_a_case_takes_at_most_twice_what_its_html_takes_and_weighs_less_than_thirty_thousand_bytes():
    answered()
    client, kept = PageClient("i1"), dict[str, Any]()

    def keeping(request: Any, template: str, values: Any = None, **more: Any) -> Any:
        kept.update(request=request, template=template, values=values)
        return render(request, template, values, **more)

    with patch.object(views, "render", keeping):
        page = client.open(CASE)
    html = quickest(lambda: render(kept["request"], kept["template"], kept["values"]))
    with patch("tests.web.client.faults", lambda _: []):
        whole = quickest(lambda: client.get(CASE))
    assert whole < 2 * html + 0.005, f"{whole * 1000:.1f} ms, of which {html * 1000:.1f} are the HTML"
    assert len(gzip.compress(page.response.content)) < 30_000
    assert themes_of(kept["values"]["case"])
