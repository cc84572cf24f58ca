"""Signing in, in plain words: each page of it is one of ours, says what is wrong, and works under our security policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse
from tests import cast
from tests.factories.store import seeded
from tests.web.client import Page, PageClient
from time_machine import travel

from caselight.config.signing_in import Factors
from caselight.store.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = "four green kettles by the sea"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    cache.clear()
    seeded()


def app(who: str = "lead") -> str:
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(key=who), secret)
    return str(secret)


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def sign_in(client: PageClient, who: str = "lead") -> Any:
    return client.send(reverse("account_login"), {"login": f"{who}@example.org", "password": cast.PASSWORD})


ANYBODY = (
    "account_login", "account_logout", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done", "account_email_verification_sent",
    "socialaccount_login_cancelled", "socialaccount_login_error",
)  # fmt: skip
SIGNED_IN = ("account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
             "socialaccount_connections")  # fmt: skip


@pytest.mark.parametrize("name", ANYBODY)
def test_every_page_of_signing_in_is_one_of_ours(name: str) -> None:
    answer = PageClient("").get(reverse(name), follow=True)
    assert b"cl-masthead" in answer.content
    assert b"{%" not in answer.content


@pytest.mark.parametrize("name", SIGNED_IN)
def test_every_page_of_ones_own_protection_is_one_of_ours(name: str) -> None:
    client = PageClient("")
    sign_in(client)
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert b"cl-masthead" in page.content


def test_what_is_missing_and_what_is_wrong_is_said_at_the_field() -> None:
    client = PageClient("")
    assert client.send(reverse("account_login"), {}).errors == ["Enter your e-mail address.", "Enter your password."]
    wrong = client.send(reverse("account_login"), {"login": "lead@example.org", "password": "wrong wrong wrong"})
    assert wrong.errors == ["The address or the password is not right. Try again."]
    assert wrong.fields()["login"] == "lead@example.org"


def test_the_second_step_takes_the_code_of_the_app_and_says_when_it_is_wrong() -> None:
    secret = app()
    client = PageClient("")
    assert sign_in(client).h1 == "Enter your code"
    wrong = client.send(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.errors == ["The code is not right, or was used already. Wait for the next one and enter it."]
    done = client.send(reverse("mfa_authenticate"), {"code": code(secret)})
    assert done.url == "/"


def test_a_recovery_code_is_good_where_the_phone_is_lost() -> None:
    app()
    codes = RecoveryCodes.activate(User.objects.get(key="lead")).get_unused_codes()
    client = PageClient("")
    sign_in(client)
    assert client.send(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/"
    again = client.send(
        f"{reverse('mfa_reauthenticate')}?next={reverse('mfa_view_recovery_codes')}", {"code": codes[1]}
    )
    assert "8 of 10 are left" in again.text
    assert len(again.texts("//main//code")) == 8


def test_an_app_is_set_up_and_removed_on_pages_of_ours() -> None:
    client = PageClient("")
    sign_in(client)
    again = f"{reverse('account_reauthenticate')}?next={reverse('mfa_activate_totp')}"
    assert client.send(again, {"password": cast.PASSWORD}).h1 == "Set up an authenticator app"
    assert client.send(reverse("mfa_activate_totp"), {"code": ""}).errors == ["Enter the code."]
    page = client.open(reverse("mfa_activate_totp"))
    secret = page.texts("//main//code")[0]
    done = client.send(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done.h1 == "Recovery codes"
    assert client.open(reverse("mfa_index")).h1 == "Your second step"
    assert client.open(reverse("mfa_generate_recovery_codes")).h1 == "Make recovery codes"
    assert "Not set up" in client.send(reverse("mfa_deactivate_totp")).text
    assert not Authenticator.objects.filter(type="totp").exists()


def test_a_key_is_called_by_its_number_before_its_person_names_it() -> None:
    named = Factors().generate_authenticator_name(User.objects.get(key="lead"), Authenticator.Type.WEBAUTHN)
    assert named == "Key 1"


def test_a_one_time_link_lets_somebody_choose_a_password_once() -> None:
    user = User.objects.get(key="lead")
    link = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    client = PageClient("")
    page = client.open(client.get(link).headers["Location"])
    assert page.h1 == "Choose a password"
    assert "12 characters" in page.text
    different = client.send(page.url, {"password1": NEW, "password2": NEW + "!"})
    assert different.errors == ["The two passwords are not the same. Type the new one twice."]
    assert client.send(page.url, {"password1": NEW, "password2": NEW}).h1 == "Your password is saved"
    assert PageClient("").open(link).h1 == "This link no longer works"


def test_where_no_mail_is_sent_none_is_promised(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = PageClient("").open(reverse("account_reset_password"))
    assert "sends no e-mail" in page.text
    assert not page.find("//main//form")


def test_a_password_is_confirmed_before_protection_is_changed() -> None:
    client = PageClient("lead")  # signed in without having proved anything a moment ago
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert b"Confirm that it is you" in page.content
    again = client.send(reverse("account_reauthenticate"), {"password": "no no no no"})
    assert again.errors == ["The password is not right. Type it again."]


def wrong_passwords(client: PageClient, count: int, who: str = "lead") -> list[Any]:
    login = reverse("account_login")
    form = {"login": f"{who}@example.org"}
    return [client.post(login, {**form, "password": f"wrong wrong {n}"}) for n in range(count)]


def test_there_is_one_limit_of_wrong_passwords_and_what_its_page_says_is_true() -> None:
    with travel(NOON, tick=False) as clock:
        client = PageClient("")
        answers = wrong_passwords(client, 10)
        assert [answer.status_code for answer in answers] == [200] * 9 + [429]
        page = Page(answers[-1])
        assert page.h1 == "There were too many attempts to sign in"
        assert "10 wrong passwords were typed for this account, or from your network. Wait 15 minutes" in page.text
        assert answers[-1]["Retry-After"] == "900"
        clock.shift(timedelta(minutes=14))
        for _ in range(3):  # trying sooner, also with the right password, is refused and does not make it longer
            assert sign_in_raw(client).status_code == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert sign_in_raw(client).status_code == 302


def sign_in_raw(client: PageClient, who: str = "lead") -> Any:
    return client.post(reverse("account_login"), {"login": f"{who}@example.org", "password": cast.PASSWORD})


def test_nobody_learns_from_the_limit_whether_there_is_such_an_account() -> None:
    known = wrong_passwords(PageClient("", REMOTE_ADDR="10.0.0.1"), 10)
    unknown = wrong_passwords(PageClient("", REMOTE_ADDR="10.0.0.2"), 10, who="nobody")
    assert [one.status_code for one in known] == [one.status_code for one in unknown]
    assert Page(known[-1]).text.split("number")[0] == Page(unknown[-1]).text.split("number")[0]


def test_after_five_wrong_codes_one_waits_five_minutes_and_is_told_so() -> None:
    secret = app()
    with travel(NOON, tick=False) as clock:
        client = PageClient("")
        sign_in(client)
        said = [client.send(reverse("mfa_authenticate"), {"code": "000000"}).errors for _ in range(6)]
        assert said[4] == ["The code is not right, or was used already. Wait for the next one and enter it."]
        assert said[5] == ["There were too many wrong codes. Wait 5 minutes and try again."]
        clock.shift(timedelta(minutes=5, seconds=1))
        assert client.send(reverse("mfa_authenticate"), {"code": code(secret)}).url == "/"


def test_an_office_that_asks_too_much_at_once_gets_a_page_of_ours() -> None:
    answers = [PageClient("").post(reverse("account_reset_password"), {"email": "x@example.org"}) for _ in range(7)]
    assert answers[-1].status_code == 429
    assert Page(answers[-1]).h1 == "Too much was asked at once"
