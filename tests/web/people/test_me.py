"""One's own account: what it says, whose devices one may end, and which sessions survive."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.factories.store import seeded
from tests.web.client import PageClient

from caselight.store.accounts.actions import issue_token
from caselight.store.accounts.models import Token
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    seeded()


def device(who: str = "lead") -> int:
    return issue_token(by=who, user=who, device="Tablet", days=30, at=timezone.now()).id


def test_the_page_says_who_one_is_and_links_to_ones_protection() -> None:
    page = PageClient("lead").open("/me")
    assert page.h1 == "Your account"
    assert "Leila Lead" in page.text
    assert "lead@example.org" in page.text
    assert "You have none yet" in PageClient("stranger").open("/me").text
    assert page.links["Change your second step"] == "/accounts/2fa/"


def test_a_device_of_ones_own_is_ended_with_a_row_in_the_audit() -> None:
    token = device()
    client = PageClient("lead")
    assert "Tablet" in client.open("/me").text
    page = client.send(f"/me/devices/{token}/end")
    assert page.done == ["The device can no longer speak for you."]
    assert "Tablet" not in page.text
    assert AuditRow.objects.filter(act="token.revoked", by="lead").count() == 1


def test_nobody_ends_the_device_of_somebody_else() -> None:
    token = device()
    PageClient("i1").send(f"/me/devices/{token}/end", status=404)
    assert Token.objects.get(pk=token).revoked_at is None


def test_all_other_sessions_end_and_this_one_stays() -> None:
    here, there = PageClient("lead"), PageClient("lead")
    assert here.send("/me/sessions/end").done == ["You are signed out everywhere but here."]
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 302
    assert AuditRow.objects.filter(act="user.sessions-ended", by="lead").count() == 1
