"""Signing in in a real browser: axe at every width, errors shown, and a passkey under our own security policy."""

from __future__ import annotations

import pytest
from tests import cast
from tests.journeys.looking import looked_at

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def by_name(site):
    """A passkey belongs to a name, never to a number."""
    site.server.url = site.server.url.replace("127.0.0.1", "localhost")


def key_in(page):
    """A security key of software, which confirms whatever is asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page, site, who):
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("E-mail address").fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_added_and_then_signs_in_alone(site, page_as):
    site.do("tests.evidence.work.sessions:without_factor", who="stranger")
    page = page_as("")
    key_in(page)
    page.goto(f"{site.url}/accounts/login/")
    looked_at(page, "sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    looked_at(page, "sign-in-errors")
    sign_in(page, site, "stranger")
    page.wait_for_url(f"{site.url}/")
    page.goto(f"{site.url}/accounts/2fa/")
    looked_at(page, "second-step")
    page.get_by_role("link", name="Add a passkey or security key").click()
    looked_at(page, "confirm")
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    looked_at(page, "add-key")
    page.get_by_label("Name of the key").fill("Work laptop")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Recovery codes").or_(page.get_by_text("The key is added.")).first.wait_for()
    page.goto(f"{site.url}/accounts/2fa/webauthn/")
    looked_at(page, "keys")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("link", name="Stan Stranger").or_(page.get_by_text("Stan Stranger")).first.wait_for()


def test_an_app_is_set_up_and_a_code_asked_for(site, page_as):
    page = page_as("")
    sign_in(page, site, "i2")
    page.get_by_role("heading", name="Enter your code").wait_for()
    page.get_by_role("button", name="Continue").click()
    looked_at(page, "code-errors")
    site.do("tests.evidence.work.sessions:without_factor", who="sm2")
    page.get_by_role("button", name="Sign in as somebody else").click()
    sign_in(page, site, "sm2")
    page.wait_for_url(f"{site.url}/")
    page.goto(f"{site.url}/accounts/2fa/")
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    looked_at(page, "set-up-app")
