"""The page on which one becomes somebody: in a demonstration and on this machine, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404
from tests.factories.store import AT, seeded
from tests.web.client import Page

from caselight.procedures.demonstrating import cast
from caselight.store.accounts.models import User

pytestmark = pytest.mark.django_db
ROLES = "/demonstration/"
BECOME = "/demonstration/lead"


def browser(**more: Any) -> Client:
    """A browser on this machine."""
    return Client(SERVER_NAME="localhost", **more)


@pytest.fixture
def demonstration(settings: Any) -> None:
    """The settings of a demonstration, as ``config.demonstration`` has them."""
    settings.DEMONSTRATION = True
    settings.ROOT_URLCONF = "caselight.config.demonstration_urls"
    settings.LOGIN_URL = "demonstration:roles"
    settings.MIDDLEWARE = ["caselight.web.demonstration.here.only_here", *settings.MIDDLEWARE]


@pytest.fixture
def people() -> None:
    """An account for each of the cast."""
    seeded(at=AT)
    for one in cast.CAST:
        User.objects.create_user(one.email, None, key=f"demo-{one.key}", name=one.name)


def test_without_it_the_addresses_do_not_exist(people: None) -> None:
    assert settings.DEMONSTRATION is False
    assert "demonstration" not in get_resolver().namespace_dict
    with pytest.raises(NoReverseMatch):
        reverse("demonstration:roles")
    client = browser()
    for path in (ROLES, BECOME):
        with pytest.raises(Resolver404):
            resolve(path)
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert "_auth_user_id" not in client.session


def test_without_it_the_views_themselves_refuse(people: None, settings: Any) -> None:
    # Should somebody put the addresses in by mistake, the buttons still make nobody anybody.
    settings.ROOT_URLCONF = "caselight.config.demonstration_urls"
    client = browser()
    assert client.get(ROLES).status_code == 404
    assert client.post(BECOME).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demonstration", "people")
def test_it_names_everybody_and_a_button_makes_one_them() -> None:
    page = Page(browser().get(ROLES))
    assert page.h1 == "Who do you want to be?"
    assert [button.split(": ")[1] for button in page.buttons] == [one.name for one in cast.CAST]
    for one in cast.CAST:
        client = browser()
        answer = client.post(f"/demonstration/{one.key}", follow=True)
        assert answer.redirect_chain == [("/", 302)]
        assert Page(answer).h1 == "Today"
        assert one.name in answer.content.decode()


@pytest.mark.usefixtures("demonstration", "people")
def test_one_can_be_somebody_else_without_signing_out() -> None:
    client = browser()
    client.post(BECOME)
    answer = client.post("/demonstration/inspector", follow=True)
    assert cast.INSPECTOR.name in answer.content.decode()
    assert cast.LEAD.name not in answer.content.decode()


@pytest.mark.usefixtures("demonstration", "people")
def test_who_is_nobody_yet_is_led_to_it_and_every_page_says_that_this_is_a_demonstration() -> None:
    client = browser()
    assert client.get("/inspections/").headers["Location"] == "/demonstration/?next=/inspections/"
    client.post(BECOME)
    for path in ("/", "/inspections/", "/me", "/no/such/page"):
        assert "Every person and case here is invented" in client.get(path).content.decode(), path


@pytest.mark.usefixtures("people")
def test_elsewhere_no_page_says_so() -> None:
    client = browser()
    client.force_login(User.objects.get(key="demo-lead"), backend="caselight.config.signing_in.Backend")
    assert "govuk-phase-banner" not in client.get("/").content.decode()


@pytest.mark.usefixtures("demonstration", "people")
@pytest.mark.parametrize(
    "asks",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "2001:db8::7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "caselight.example.org"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
@pytest.mark.parametrize("path", [ROLES, "/", "/accounts/login/", "/health", "/api/openapi.json"])
def test_whoever_does_not_sit_at_this_machine_finds_nothing_at_all(asks: dict[str, str], path: str) -> None:
    assert browser().get(ROLES).status_code == 200
    answer = browser().get(path, **asks)  # type: ignore[arg-type] # what the server says of a request
    assert answer.status_code in (400, 404), (path, asks)


@pytest.mark.usefixtures("demonstration", "people")
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8471", "[::1]:8471"])
def test_whoever_sits_at_it_is_answered_by_each_of_its_names(host: str) -> None:
    assert browser().get(ROLES, HTTP_HOST=host).status_code == 200


@pytest.mark.usefixtures("demonstration", "people")
def test_a_link_makes_nobody_anybody_and_neither_does_a_form_of_another_page() -> None:
    assert browser().get(BECOME).status_code == 405
    assert browser(enforce_csrf_checks=True).post(BECOME).status_code == 403
    assert browser().post("/demonstration/nobody").status_code == 404


@pytest.mark.usefixtures("demonstration", "people")
def test_an_account_that_is_closed_is_nobody() -> None:
    User.objects.filter(key="demo-lead").update(is_active=False)
    assert browser().post(BECOME).status_code == 404


@pytest.mark.usefixtures("demonstration", "people")
def test_the_password_is_told_where_it_is_asked_for() -> None:
    user = User.objects.get(key="demo-lead")
    user.set_password(cast.PASSWORD)
    user.save()
    client = browser()
    client.post(BECOME)
    assert cast.PASSWORD in client.get(reverse("account_reauthenticate")).content.decode()
    assert cast.PASSWORD not in client.get("/").content.decode()
