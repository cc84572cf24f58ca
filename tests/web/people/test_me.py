"""One's own account: what it says, whose devices and sessions one may end, and how pages look for oneself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from tests import cast
from tests.factories.store import seeded
from tests.web.client import Page, PageClient
from time_machine import travel

from caselight.store.accounts.actions import issue_token
from caselight.store.accounts.models import SignedIn, Token, User
from caselight.store.accounts.sessions import MOST, forget_sessions
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def world() -> None:
    cache.clear()
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


def sessions(page: Page) -> list[str]:
    """The line of each session."""
    heading = "//h2[starts-with(normalize-space(), 'Where you are signed in')]"
    return page.texts(f"{heading}/following-sibling::dl[1]/div")


def ends(page: Page) -> list[str]:
    """The addresses at which single sessions are ended."""
    return [one.get("action") for one in page.find("//form[contains(@action, '/me/sessions/')]")
            if re.search(r"sessions/[0-9a-f]{24}/end", one.get("action"))]  # fmt: skip


def test_each_browser_in_which_one_is_signed_in_is_shown_with_when_it_was_used_last() -> None:
    with travel(NOON, tick=False) as clock:
        there = PageClient("lead", HTTP_USER_AGENT=FIREFOX)
        there.open("/me")
        clock.shift(timedelta(minutes=20))
        lines = sessions(PageClient("lead").open("/me"))
    assert "This browser" in lines[0]
    assert lines[1].startswith("Firefox on Linux Last used 2 March 2026, 12:00 Signed in 2 March")


def test_one_signs_out_in_one_other_browser_and_every_other_stays() -> None:
    here, there, third = (PageClient("lead") for _ in range(3))
    for client in (there, third):
        client.open("/me")
    page = here.open("/me")
    assert len(ends(page)) == 2
    done = here.send(ends(page)[0])
    assert done.done == ["You are signed out there."]
    assert len(sessions(done)) == 2
    assert sorted(client.get("/me").status_code for client in (there, third)) == [200, 302]
    assert AuditRow.objects.filter(act="user.session-ended", by="lead").count() == 1


def test_a_session_of_somebody_else_is_not_there_and_no_address_holds_a_key() -> None:
    theirs = PageClient("lead")
    page = theirs.open("/me")
    other = PageClient("lead").open("/me")
    keys = set(SignedIn.objects.values_list("session_key", flat=True))
    assert not [key for key in keys if key in page.response.content.decode() + other.response.content.decode()]
    (address,) = ends(other)
    PageClient("i1").send(address, status=404)
    assert theirs.get("/me").status_code == 200


@pytest.mark.parametrize("gone", ["idle", "password", "role"])
def test_a_session_that_is_over_is_not_listed(gone: str) -> None:
    with travel(NOON, tick=False) as clock:
        PageClient("lead").open("/me")
        user = User.objects.get(key="lead")
        if gone == "idle":
            clock.shift(timedelta(minutes=61))
        elif gone == "password":
            user.set_password("another password that is long")
            user.save()
        else:
            PageClient("ad").send("/people/lead/change/sign-out")
        assert len(sessions(PageClient("lead").open("/me"))) == 1


def test_the_sessions_of_a_person_are_bounded_and_those_that_ran_out_are_forgotten() -> None:
    login = {"login": cast.LEAD.email, "password": cast.PASSWORD}
    first = PageClient("")
    with travel(NOON, tick=False) as clock:
        first.post(reverse("account_login"), login)
        for _ in range(MOST):
            clock.shift(timedelta(seconds=1))
            PageClient("").post(reverse("account_login"), login)
        assert SignedIn.objects.filter(user__key="lead").count() == MOST
        assert first.get("/me").status_code == 302
        clock.shift(timedelta(hours=13))
        forget_sessions(at=timezone.now())
        assert not SignedIn.objects.filter(user__key="lead").exists()


def test_a_device_says_when_it_was_last_used_to_the_hour() -> None:
    with travel(NOON, tick=False) as clock:
        made = issue_token(by="lead", user="lead", device="Tablet", days=30, at=timezone.now())
        assert "Not used yet" in PageClient("lead").open("/me").text
        for minutes in (30, 20, 20):  # the second is of the same hour, and writes nothing
            clock.shift(timedelta(minutes=minutes))
            headers = {"Authorization": f"Bearer {made.clear}"}
            assert PageClient("").get("/api/inspections", headers=headers).status_code == 200
        assert Token.objects.get(pk=made.id).used_at == NOON + timedelta(minutes=30)
        assert "Last used 2 March 2026, 12:00" in PageClient("lead").open("/me").text


def looks(page: Page) -> tuple[str, str]:
    """The classes that say how a page looks."""
    return str(page.tree.get("class")), str(page.find("//body")[0].get("class"))


def test_what_one_chose_holds_on_every_page_for_oneself_alone_and_without_scripts() -> None:
    client = PageClient("lead")
    assert client.open("/me/preferences").fields() | {"csrfmiddlewaretoken": ""} == {
        "csrfmiddlewaretoken": "", "text": "usual", "warn": "5",
    }  # fmt: skip
    chosen = {"text": "largest", "look": ["spaced", "contrast", "still"], "warn": "20"}
    done = client.send("/me/preferences", chosen)
    assert done.done == ["It is saved, and holds wherever you sign in."]
    for path in ("/", "/me", "/inspections/testshire/"):
        root, body = looks(PageClient("lead").open(path))
        assert "cl-text-largest" in root
        assert {"cl-spaced", "cl-contrast", "cl-still"} <= set(body.split())
    assert "cl-" not in looks(PageClient("i1").open("/me"))[0]
    (dialog,) = client.open("/me").find("//dialog[@id='session']")
    assert dialog.get("data-warning") == "20"
    assert "Largest text; More space" in client.open("/me").text


def test_the_audit_says_that_somebody_chose_and_not_what() -> None:
    PageClient("lead").send("/me/preferences", {"text": "large", "warn": "5"})
    PageClient("lead").send("/me/preferences", {"text": "large", "warn": "5"})
    (row,) = AuditRow.objects.filter(act="user.preferences-set", by="lead")
    assert "large" not in row.row


def test_what_cannot_be_chosen_is_refused_at_its_field() -> None:
    page = PageClient("lead").send("/me/preferences", {"text": "huge", "warn": "1"}, status=422)
    assert page.errors == [
        "That is none of the options for the size of the text: choose again.",
        "That is none of the options for the warning before I am signed out: choose again.",
    ]


def test_the_count_to_the_end_of_the_session_knows_that_it_also_ends_when_it_is_old() -> None:
    with travel(NOON, tick=False) as clock:
        client = PageClient("lead")
        client.open("/me")
        for _ in range(14):
            clock.shift(timedelta(minutes=50))
            client.get("/me")
        (dialog,) = client.open("/me").find("//dialog[@id='session']")
    assert dialog.get("data-seconds") == str(20 * 60)
