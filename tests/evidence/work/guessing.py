"""The attack of S15, inside a process with Django: guessing, replaying, fixing a session, outliving an account."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from axes.utils import reset
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from tests import cast
from tests.evidence.work.seeding import seed

from caselight.store.accounts import actions
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.memberships import Place, add_member

TOGETHER = 20  # senders of one code


def attack(*, seed_: int, trials: int, fault: bool = False) -> dict[str, Any]:
    """So many guesses, and each of the other attacks once; what got through, in sentences."""
    tokens = seed()
    draw = random.Random(seed_)
    parts: list[Callable[[], Iterator[str]]] = [
        lambda: one_account(trials * 6 // 10, draw),
        lambda: one_address(trials * 2 // 10, draw),
        lambda: tokens_guessed(trials * 2 // 10, draw),
        codes_guessed,
        one_code_many_times,
        fixation,
        lambda: outliving(tokens),
        enumeration,
    ]
    said = []
    with ExitStack() as stack:
        if fault:
            stack.enter_context(lock_out_off())
        for part in parts:
            forget_tries()
            said += list(part())
    return {"trials": trials + TOGETHER + 12, "said": said}


@contextmanager
def lock_out_off() -> Iterator[None]:
    """The planted fault: nobody is locked out, however often they try."""
    with override_settings(AXES_ENABLED=False, ACCOUNT_RATE_LIMITS=False):
        yield


def forget_tries() -> None:
    """Begin with nobody locked out."""
    reset()
    cache.clear()


def sign_in(client: Client, email: str, password: str, **headers: str) -> Any:
    """Send the form of signing in."""
    return client.post(reverse("account_login"), {"login": email, "password": password}, headers=headers)


def signed_in(client: Client) -> bool:
    """Whether a page for people who are signed in opens."""
    return bool(client.get(reverse("mfa_index")).status_code == 200)


def visitor() -> Client:
    """A browser that nobody is signed in with."""
    return Client(SERVER_NAME="localhost")


def one_account(guesses: int, draw: random.Random) -> Iterator[str]:
    """Guesses at one account under ever other forwarded addresses; the right password is among them, half way."""
    browser = visitor()
    for n in range(guesses):
        right = n == guesses // 2
        address = f"10.{draw.randrange(256)}.{draw.randrange(256)}.{draw.randrange(256)}"
        word = cast.PASSWORD if right else f"guess number {n} of many"
        sign_in(browser, cast.LEAD.email, word, **{"X-Forwarded-For": address, "Forwarded": f"for={address}"})
        if right and signed_in(browser):
            yield "The right password, guessed among many, opened the account."
            return


def one_address(guesses: int, draw: random.Random) -> Iterator[str]:
    """Few guesses at each of many accounts from one address; then the right password of one of them."""
    browser = visitor()
    for n in range(guesses):
        person = cast.CAST[n % len(cast.CAST)]
        sign_in(browser, person.email, f"guess {draw.random()}")
    sign_in(browser, cast.OTHER_LEAD.email, cast.PASSWORD)
    if signed_in(browser):
        yield "An address that guessed at many accounts opened one."


def tokens_guessed(guesses: int, draw: random.Random) -> Iterator[str]:
    """Tokens that nobody was given."""
    browser = visitor()
    for _ in range(guesses):
        token = f"{draw.getrandbits(256):043x}"
        if browser.get("/api/inspections", headers={"Authorization": f"Bearer {token}"}).status_code != 401:
            yield "A token that nobody was given spoke for somebody."


def code_of(secret: str) -> str:
    """The code of now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_factor(key: str) -> tuple[User, str]:
    """Somebody with a second factor, and its secret."""
    user, secret = User.objects.get(key=key), generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret


def codes_guessed() -> Iterator[str]:
    """Codes guessed after the right password; then the right code."""
    person = cast.SECOND_INSPECTOR
    _, secret = with_factor(person.key)
    browser = visitor()
    sign_in(browser, person.email, cast.PASSWORD)
    if signed_in(browser):
        yield "The password alone opened an account with a second factor."
    for n in range(20):
        browser.post(reverse("mfa_authenticate"), {"code": f"{n:06d}"})
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    if signed_in(browser):
        yield "A code was accepted after twenty wrong ones."


def one_code_many_times() -> Iterator[str]:
    """One code sent by twenty at once, and once more afterwards."""
    person = cast.QUALITY_ASSURER
    _, secret = with_factor(person.key)
    browsers = [visitor() for _ in range(TOGETHER)]
    for browser in browsers:
        sign_in(browser, person.email, cast.PASSWORD)
    left = 30 - time.time() % 30
    if left < 12:  # a code must be as good at the end as at the beginning
        time.sleep(left + 0.1)
    code, start = code_of(secret), threading.Barrier(TOGETHER)

    def send(browser: Client) -> None:
        start.wait()
        browser.post(reverse("mfa_authenticate"), {"code": code})
        connection.close()

    threads = [threading.Thread(target=send, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened = sum(signed_in(browser) for browser in browsers)
    if opened > 1:
        yield f"One code opened {opened} sessions."


def fixation() -> Iterator[str]:
    """A session that somebody else began and knows."""
    victim, thief = visitor(), visitor()
    planted = thief.session
    planted["begun"] = "by the thief"
    planted.save()
    for browser in (victim, thief):
        browser.cookies["sessionid"] = str(planted.session_key)
    sign_in(victim, cast.LEAD.email, cast.PASSWORD)
    if not signed_in(victim):
        yield "Nobody could sign in at all, so nothing was tried."
    if signed_in(thief):
        yield "A session that was known before signing in was good afterwards."


def outliving(tokens: dict[str, str]) -> Iterator[str]:
    """Sessions and tokens after signing out, a change of roles, revocation and disabling; each within a second."""
    at = datetime.now(UTC)
    out = signed("lead")
    copy = visitor()
    copy.cookies["sessionid"] = out.cookies["sessionid"].value
    out.post(reverse("account_logout"))
    if signed_in(copy):
        yield "A session was good after signing out."
    member = signed("stranger")
    add_member(by="lead", user="stranger", role=Role.INSPECTOR, place=Place("testshire"), at=at)
    if signed_in(member):
        yield "A session was good after a change of roles."
    device = actions.issue_token(by="ad", user="pb", device="old", days=1, at=at)
    if status(device.clear) != 200:
        yield "A fresh token was refused, so revoking was not tried."
    actions.revoke_token(by="ad", token=device.id, at=at)
    if status(device.clear) != 401:
        yield "A revoked token was good."
    disabled = signed("sm")
    began = time.monotonic()
    actions.disable_user(by="ad", user="sm", at=at)
    if signed_in(disabled) or status(tokens["sm"]) != 401:
        yield "A session or a token outlived its account."
    if time.monotonic() - began > 1:
        yield "Disabling took more than a second."


def signed(key: str) -> Client:
    """A browser in which somebody signed in."""
    browser = visitor()
    sign_in(browser, f"{key}@example.org", cast.PASSWORD)
    return browser


def status(token: str) -> int:
    """What a device with a token is answered."""
    return visitor().get("/api/inspections", headers={"Authorization": f"Bearer {token}"}).status_code


def enumeration() -> Iterator[str]:
    """Accounts that there are and that there are not, by the pages of signing in and of a forgotten password."""
    for name, form in (("account_login", {"password": "wrong in every way"}), ("account_reset_password", {})):
        field = "login" if form else "email"
        pages = set()
        for email in (cast.INSPECTOR.email, "i9@example.org"):
            answer = visitor().post(reverse(name), {field: email, **form})
            page = re.sub(r"csrfmiddlewaretoken\S* value=\"[^\"]*\"", "", answer.content.decode()).replace(email, "")
            pages.add((answer.status_code, answer.headers.get("Location", ""), page))
        if len(pages) != 1:
            yield f"The page {name} tells which accounts there are."
