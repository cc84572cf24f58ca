"""Signing in over HTTP with allauth's own pages: password, second factor, lock-out, sessions, tokens."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.factories.store import AT, Seeded, seeded
from time_machine import travel

from caselight.config import sessions, signing_in
from caselight.config.signing_in import client_address
from caselight.store.accounts.actions import disable_user, set_password
from caselight.store.accounts.models import User
from caselight.store.accounts.sessions import account_of
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def world() -> Seeded:
    """The cast, and nobody who tried before."""
    cache.clear()
    return seeded()


def sign_in(client: Client, email: str = cast.LEAD.email, password: str = cast.PASSWORD) -> int:
    """Send the form; the status that comes back."""
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def signed_in(client: Client) -> bool:
    """Whether a page for people who are signed in opens."""
    return client.get(reverse("mfa_index")).status_code == 200


def test_the_right_password_opens_a_session_with_a_row_in_the_audit(world: Seeded) -> None:
    client = Client()
    assert client.get(reverse("account_login")).status_code == 200
    assert sign_in(client) == 302
    assert signed_in(client)
    assert AuditRow.objects.filter(chain="system", act="session.begun", by="lead").count() == 1


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(world: Seeded) -> None:
    pages = []
    for email in (cast.LEAD.email, "nobody@example.org"):
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong wrong wrong"})
        pages.append((answer.status_code, answer.content.decode().replace(email, "")))
    assert [status for status, _ in pages] == [200, 200]
    assert _without_tokens(pages[0][1]) == _without_tokens(pages[1][1])


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_the_session_key_is_another_after_signing_in(world: Seeded) -> None:
    client = Client()
    planted = client.session
    planted["planted"] = "yes"
    planted.save()
    client.cookies["sessionid"] = planted.session_key or ""
    sign_in(client)
    assert client.cookies["sessionid"].value != planted.session_key


def test_an_account_is_locked_out_whatever_forwarded_address_is_claimed(world: Seeded) -> None:
    client = Client()
    for n in range(12):
        client.post(
            reverse("account_login"),
            {"login": cast.LEAD.email, "password": f"wrong {n}"},
            headers={"X-Forwarded-For": f"10.0.0.{n}"},
        )
    sign_in(client)
    assert not signed_in(client)


def test_signing_in_oneself_does_not_forgive_what_was_tried_on_others_from_the_same_address(world: Seeded) -> None:
    client = Client()
    others = ["i1@example.org", "i2@example.org", "nobody@example.org"]
    for email in others:
        sign_in(client, email, "wrong wrong wrong")
    sign_in(client)
    assert signed_in(client)
    assert sorted(AccessAttempt.objects.values_list("username", flat=True)) == others


def test_nobody_signs_up(world: Seeded) -> None:
    form = {"email": "new@example.org", "password1": "a long and good one", "password2": "a long and good one"}
    Client().post(reverse("account_signup"), form)
    assert not User.objects.filter(email="new@example.org").exists()


def test_nobody_changes_the_address_that_they_sign_in_with(world: Seeded) -> None:
    client = Client()
    sign_in(client)
    form = {"email": "other@example.org", "action_add": ""}
    assert client.post("/accounts/email/", form).status_code == 404


def test_a_disabled_account_loses_its_session_at_once(world: Seeded) -> None:
    client = Client()
    sign_in(client)
    disable_user(by="ad", user="lead", at=AT)
    assert not signed_in(client)
    assert sign_in(Client()) == 302  # to the page that says so
    fresh = Client()
    sign_in(fresh)
    assert not signed_in(fresh)


@pytest.mark.parametrize(
    ("pauses", "alive"),
    [([59, 59], True), ([61], False), ([50] * 15, False), ([-5], False)],
    ids=["active", "idle", "old", "clock set back"],
)
def test_a_session_ends_when_it_is_idle_or_old_or_the_clock_goes_back(
    world: Seeded, pauses: list[int], alive: bool
) -> None:
    with travel(NOON, tick=False) as clock:
        client = Client()
        sign_in(client)
        assert signed_in(client)
        results = []
        for pause in pauses:
            clock.shift(timedelta(minutes=pause))
            results.append(signed_in(client))
        assert results[-1] is alive


def test_without_a_second_factor_nothing_but_setting_one_up_is_open(world: Seeded, settings: object) -> None:
    settings.SECOND_FACTOR = True  # type: ignore[attr-defined]
    client = Client()
    sign_in(client)
    assert client.get("/api/inspections").json()["faults"][0]["code"] == "access.second-factor"
    assert client.get("/").headers["Location"] == reverse("mfa_index")
    assert signed_in(client)


def test_with_a_second_factor_the_password_alone_opens_nothing_and_a_code_works_once(world: Seeded) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.people["lead"], secret)
    code = format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))
    with travel(NOON, tick=False):
        first, second = Client(), Client()
        for client in (first, second):
            sign_in(client)
            assert not signed_in(client)
            client.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(first)
        assert not signed_in(second)


def activate(client: Client) -> int:
    """Give the password once more and set up a second factor at noon; the status that comes back."""
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))
    return client.post(reverse("mfa_activate_totp"), {"code": code}).status_code


def changes() -> int:
    """How many changes of a second factor the audit holds."""
    return AuditRow.objects.filter(chain="system", act="factor.changed", by="lead").count()


def test_each_change_of_a_second_factor_leaves_one_row_and_a_page_without_a_change_none(world: Seeded) -> None:
    with travel(NOON, tick=False):
        client = Client()
        sign_in(client)
        assert activate(client) == 302
        assert Authenticator.objects.count() == 2  # the factor, and the codes to recover it
        assert changes() == 1
        assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
        assert changes() == 2
        client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert changes() == 2
        assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
        assert Authenticator.objects.count() == 0
        assert changes() == 3


def test_a_change_that_is_resumed_after_the_password_was_asked_for_leaves_its_row(world: Seeded) -> None:
    with travel(NOON, tick=False) as clock:
        client = Client()
        sign_in(client)
        activate(client)
        clock.shift(timedelta(minutes=6))
        page = reverse("mfa_deactivate_totp")
        asked = client.post(page)
        assert Authenticator.objects.count() == 2
        client.post(asked.headers["Location"], {"password": cast.PASSWORD, "next": page})
        assert Authenticator.objects.count() == 0
        assert changes() == 2


@pytest.mark.parametrize("page", ["mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_a_second_factor_stays_as_it_was_where_the_audit_cannot_be_written(
    world: Seeded, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with travel(NOON, tick=False):
        client = Client(raise_request_exception=False)
        sign_in(client)
        activate(client)
        before = list(Authenticator.objects.order_by("pk").values())
        monkeypatch.setattr(sessions, "note_sign_in", _fails)
        assert client.post(reverse(page)).status_code == 500
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_a_page_that_fails_after_its_change_undoes_it(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    with travel(NOON, tick=False):
        client = Client(raise_request_exception=False)
        sign_in(client)
        activate(client)
        monkeypatch.setattr(signing_in.Accounts, "send_notification_mail", _fails)
        assert client.post(reverse("mfa_deactivate_totp")).status_code == 500
    assert Authenticator.objects.count() == 2
    assert changes() == 1


def test_no_second_factor_is_set_up_where_the_audit_cannot_be_written(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    with travel(NOON, tick=False):
        client = Client(raise_request_exception=False)
        sign_in(client)
        monkeypatch.setattr(sessions, "note_sign_in", _fails)
        assert activate(client) == 500
    assert not Authenticator.objects.exists()


def test_a_password_stays_as_it_was_where_the_audit_cannot_be_written(
    world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client)
    monkeypatch.setattr(signing_in, "note_sign_in", _fails)
    new = "nine green kites above the pier"
    form = {"oldpassword": cast.PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 500
    assert User.objects.get(email=cast.LEAD.email).check_password(cast.PASSWORD)


def _fails(*_: object, **__: object) -> None:
    raise OSError("The audit cannot be written.")


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012345", "lead@example.org"])
def test_a_poor_password_is_refused(world: Seeded, password: str) -> None:
    client = Client()
    sign_in(client)
    form = {"oldpassword": cast.PASSWORD, "password1": password, "password2": password}
    assert client.post(reverse("account_change_password"), form).status_code == 200
    assert sign_in(Client()) == 302


def test_a_new_password_ends_the_other_sessions(world: Seeded) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    new = "nine green kites above the pier"
    here.post(reverse("account_change_password"), {"oldpassword": cast.PASSWORD, "password1": new, "password2": new})
    assert signed_in(here)
    assert not signed_in(elsewhere)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (1, "10.1.1.1", "10.1.1.1"),
        (2, "10.1.1.1", "127.0.0.1"),
        (2, "6.6.6.6, 9.9.9.9, 10.1.1.1", "9.9.9.9"),
        (1, "rubbish", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_of_a_caller_is_what_our_own_proxies_saw(
    rf: object, settings: object, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies  # type: ignore[attr-defined]
    assert client_address(rf.get("/", headers={"X-Forwarded-For": forwarded})) == address  # type: ignore[attr-defined]


def test_a_password_that_is_set_signs_in_and_stands_in_the_audit(world: Seeded) -> None:
    set_password(user="lead", hashed=make_password("another long password"), at=AT)
    assert sign_in(Client(), password="another long password") == 302
    assert AuditRow.objects.filter(act="password.set", object_key="lead").exists()


def test_the_account_of_a_session_is_as_the_model_reads_it() -> None:
    made = User.objects.create_user("as.read@example.org", name="As Read", preferences={"text": "large"})
    found, kept = account_of(made.pk), User.objects.get(pk=made.pk)
    assert found is not None
    for field in User._meta.concrete_fields:
        one, other = getattr(found, field.attname), getattr(kept, field.attname)
        assert (one, type(one)) == (other, type(other)), field.attname
    assert account_of(made.pk + 1_000) is None
