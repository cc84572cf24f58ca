"""The people: who sees whom, who is invited by whom, what a link does and does not, and the roles that exclude each other."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.store import seeded, token
from tests.web.client import Page, PageClient
from time_machine import travel

from caselight.store.accounts.actions import add_user
from caselight.store.accounts.models import Invitation, Token, User
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.models import Membership, Service

pytestmark = pytest.mark.django_db
NEW = "four green kettles by the sea"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    cache.clear()
    seeded()


def names(page: Page) -> set[str]:
    return {row["Name"] for row in page.table("people")}


def invited(who: str = "ad", *, status: int = 200, **typed: str) -> Page:
    """Somebody new, as the form is filled in."""
    client = PageClient(who)
    fields = client.open("/people/invite").fields() | {"name": "Nia New", "email": "nia@example.org"} | typed
    return client.send("/people/invite", fields, status=status)


def link_on(page: Page) -> str:
    """The address on a page that hands it over."""
    return re.sub(r"^http://[^/]+", "", page.texts("//code[@id='link']")[0])


def choose(address: str, password: str = NEW, again: str = "", status: int = 200) -> Page:
    return PageClient("").send(address, {"password1": password, "password2": again or password}, status=status)


def test_an_administrator_sees_everybody_with_their_roles_and_their_second_step() -> None:
    page = PageClient("ad").open("/people/")
    (lead,) = [row for row in page.table("people") if row["Name"] == "Leila Lead"]
    assert lead["Roles"] == "Lead inspector, Testshire: External"
    assert lead["Second step"] == "Not set up"
    assert lead["Account"] == "Never used"
    assert len(page.table("people")) == User.objects.count()


def test_a_lead_sees_the_people_of_what_they_lead_and_a_service_manager_their_case_managers() -> None:
    assert names(PageClient("lead").open("/people/")) == {
        "Leila Lead", "Inga Inspector", "Ivo Inspector", "Lars Assessor", "Quinn Quality",
    }  # fmt: skip
    assert names(PageClient("sm").open("/people/")) == {"Carla Caseworker"}


@pytest.mark.parametrize("who", ["i1", "la", "qa", "cm", "an", "pb", "au", "stranger"])
def test_nobody_else_sees_the_people(who: str) -> None:
    assert PageClient(who).get("/people/").status_code in (403, 404)


@pytest.mark.parametrize("path", ["invite", "i1/", "i1/name", "i1/roles/give", "i1/change/disable"])
def test_a_lead_neither_invites_nor_changes_an_account(path: str) -> None:
    assert PageClient("lead").get(f"/people/{path}").status_code in (403, 404)


def test_somebody_is_invited_by_a_link_that_is_shown_once_and_kept_only_as_a_hash() -> None:
    page = invited(role="none")
    assert page.h1 == "A link for Nia New"
    address = link_on(page)
    user = User.objects.get(email="nia@example.org")
    assert not user.has_usable_password()
    kept = Invitation.objects.get(user=user)
    assert address.rsplit("/", 1)[1] not in (kept.digest, str(kept.__dict__))
    assert AuditRow.objects.filter(act="user.invited", by="ad", object_key=user.key).count() == 1
    done = choose(address)
    assert done.h1 == "Your password is saved"
    client = PageClient("")
    assert client.send(reverse("account_login"), {"login": user.email, "password": NEW}).url == "/"


def test_what_is_wrong_with_a_new_password_is_said_at_the_field_and_the_link_stays_good() -> None:
    address = link_on(invited(role="none"))
    assert choose(address, "short", status=422).errors == [
        "This password is too short. It must contain at least 12 characters."
    ]
    different = choose(address, NEW, NEW + "!", status=422)
    assert different.errors == ["The two passwords are not the same. Type the new one twice."]
    assert choose(address).h1 == "Your password is saved"


def ended(address: str, status: int = 410) -> Page:
    """The page of a link that is no longer good, or never was."""
    page = Page(Client().get(address))
    assert page.status == status
    assert page.h1 == "This link no longer works"
    return page


def test_a_link_that_was_used_is_replaced_or_is_too_old_says_what_to_do() -> None:
    with travel(NOON, tick=False) as clock:
        first = link_on(invited(role="none"))
        user = User.objects.get(email="nia@example.org")
        second = link_on(PageClient("ad").send(f"/people/{user.key}/link"))
        assert "newer link" in ended(first).text
        clock.shift(timedelta(days=8))
        assert "seven days" in ended(second).text
        third = link_on(PageClient("ad").send(f"/people/{user.key}/link"))
        choose(third)
        assert "sign in with that password" in ended(third).text
        assert "address is whole" in ended(third[:-3], 404).text
        assert Client().post(third, {"password1": NEW, "password2": NEW}).status_code == 410
    assert AuditRow.objects.filter(act="password.set", object_key=user.key).count() == 1


def test_a_link_of_a_disabled_account_opens_nothing() -> None:
    address = link_on(PageClient("ad").send("/people/i1/link"))
    PageClient("ad").send("/people/i1/change/disable")
    assert "closed" in ended(address).text
    assert Client().post(address, {"password1": NEW, "password2": NEW}).status_code == 410


def test_a_password_that_is_set_otherwise_ends_the_link() -> None:
    address = link_on(PageClient("ad").send("/people/lead/link"))
    client = PageClient("")
    from tests import cast

    client.send(reverse("account_login"), {"login": "lead@example.org", "password": cast.PASSWORD})
    form = {"oldpassword": cast.PASSWORD, "password1": NEW, "password2": NEW}
    client.send(reverse("account_change_password"), form)
    assert "newer link" in ended(address).text
    assert AuditRow.objects.filter(act="user.links-ended", by="lead").count() == 1


def test_an_address_that_has_an_account_is_refused_at_the_field_with_what_was_typed() -> None:
    page = invited(email="Lead@example.org ", role="none", status=422)
    assert page.errors == ["This address has an account already. Give that account a role, or ask an administrator to."]
    assert page.fields()["name"] == "Nia New"
    assert invited(name="", email="no address", role="", status=422).errors == [
        "Enter their name.", "Enter an e-mail address, like name@example.org.", "Select a role.",
    ]  # fmt: skip


def test_a_service_manager_invites_case_managers_of_their_own_service_and_nobody_else() -> None:
    page = invited("sm", worker="w9")
    assert page.h1 == "A link for Nia New"
    held = Membership.objects.get(user__email="nia@example.org")
    assert (held.role, held.service and held.service.key, held.member_key) == ("case_manager", "testshire", "w9")
    client = PageClient("sm")
    typed = {"name": "B", "email": "b@example.org", "worker": "", "service": "otherham", "role": "service_manager"}
    refused = client.post("/people/invite", typed)
    assert refused.status_code == 422
    assert not User.objects.filter(email="b@example.org").exists()


def test_a_service_manager_makes_another_link_only_for_their_own_who_never_signed_in() -> None:
    client = PageClient("sm")
    assert client.send("/people/cm/link").h1 == "A link for Carla Caseworker"
    User.objects.filter(key="cm").update(last_login=NOON)
    assert "could take their account" in client.send("/people/cm/link", status=422).text
    for other in ("cm2", "lead", "ad"):
        assert client.post(f"/people/{other}/link").status_code == 404
        assert client.get(f"/people/{other}/").status_code == 404


def give(user: str, *, status: int = 200, **typed: Any) -> Page:
    client = PageClient("ad")
    return client.send(
        f"/people/{user}/roles/give", client.open(f"/people/{user}/roles/give").fields() | typed, status=status
    )


def test_a_role_is_given_with_its_days_and_ended_again() -> None:
    days: dict[str, Any] = {"valid_from-day": "1", "valid_from-month": "3", "valid_from-year": "2026"}
    page = give("stranger", role="service_manager", service="otherham", **days)
    assert page.done == ["They have the role. They were signed out, so that it holds at once."]
    assert "Otherham Youth Justice Service" in page.text
    assert "from 1 March 2026" in page.text
    held = Membership.objects.get(user__key="stranger")
    assert AuditRow.objects.filter(act="member.added", by="ad").count() == 1
    done = PageClient("ad").send(f"/people/stranger/roles/{held.pk}/end")
    assert "None yet." in done.text
    assert AuditRow.objects.filter(act="member.ended", by="ad").count() == 1


def test_the_same_form_sent_twice_gives_a_role_once() -> None:
    client = PageClient("ad")
    fields = client.open("/people/stranger/roles/give").fields() | {"role": "publisher"}
    client.send("/people/stranger/roles/give", fields)
    client.send("/people/stranger/roles/give", fields)
    assert Membership.objects.filter(user__key="stranger").count() == 1


def test_a_service_that_is_not_there_yet_is_added_by_its_name() -> None:
    give("stranger", role="service_manager", new_service="Northshire Youth Justice Service")
    assert Service.objects.get(memberships__user__key="stranger").name == "Northshire Youth Justice Service"


@pytest.mark.parametrize(
    ("user", "typed", "says"),
    [
        ("ad", {"role": "publisher"}, "Nobody gives a role to themselves."),
        ("sm", {"role": "inspector", "inspection": "testshire"}, "an inspected service and in the inspectorate at once"),
        ("lead", {"role": "case_manager", "service": "testshire"}, "an inspected service and in the inspectorate at once"),
        ("stranger", {"role": "inspector"}, "The role needs an inspection."),
        ("stranger", {"role": "case_manager"}, "The role needs a service."),
        ("stranger", {"role": "auditor", "inspection": "testshire"}, "does not exist in this kind of inspection"),
        ("stranger", {"role": "local_assessor", "inspection": "testshire", "service": "testshire"}, "of their own service"),
        (
            "stranger",
            {"role": "publisher", **dict.fromkeys(("valid_from-day", "valid_from-month", "valid_to-day"), "2"),
             "valid_from-year": "2026", "valid_to-month": "1", "valid_to-year": "2026"},
            "The role ends before it begins.",
        ),
    ],
)  # fmt: skip
def test_what_excludes_each_other_is_refused_in_plain_words(user: str, typed: dict[str, Any], says: str) -> None:
    page = give(user, status=422, **typed)
    assert says in " ".join(page.errors)


def test_a_role_outside_its_days_opens_nothing() -> None:
    now = timezone.now().date()
    for days, opens in (
        ((now - timedelta(9), now - timedelta(1)), False),
        ((now, now), True),
        ((now + timedelta(1), None), False),
    ):
        Membership.objects.filter(user__key="i2").update(valid_from=days[0], valid_to=days[1])
        User.objects.filter(key="i2").update(access_version=f"{days[0]}")
        assert (PageClient("i2").get("/inspections/testshire/").status_code == 200) is opens


def test_the_only_lead_of_an_inspection_stays() -> None:
    held = Membership.objects.get(user__key="lead2", role="lead_inspector")
    page = PageClient("ad").send(f"/people/lead2/roles/{held.pk}/end", status=422)
    assert page.errors == ["An inspection has a lead at all times, and this is the only one. Add another lead first."]


def test_disabling_ends_sessions_and_tokens_at_once_and_opening_again_brings_no_token_back() -> None:
    at_work, device = PageClient("i1"), {"authorization": f"Bearer {token(User.objects.get(key='i1'))}"}
    assert at_work.get("/").status_code == 200
    assert Client().get("/api/inspections", headers=device).status_code == 200
    page = PageClient("ad").send("/people/i1/change/disable")
    assert page.done == ["The account is disabled. Nobody is signed in with it any more."]
    assert at_work.get("/").status_code == 302
    assert Client().get("/api/inspections", headers=device).status_code == 401
    assert not Token.objects.filter(user__key="i1", revoked_at=None).exists()
    PageClient("ad").send("/people/i1/change/enable")
    assert at_work.get("/").status_code == 302
    assert Client().get("/api/inspections", headers=device).status_code == 401
    assert PageClient("i1").get("/").status_code == 200


def test_nobody_disables_themselves_and_the_last_administrator_stays() -> None:
    client = PageClient("ad")
    assert client.send("/people/ad/change/disable", status=422).errors == [
        "Nobody disables their own account. Ask another administrator."
    ]
    assert "This is the last administrator" in client.send("/people/ad/change/not-administrator", status=422).errors[0]
    assert client.get("/people/ad/change/nonsense").status_code == 404


def test_who_becomes_an_administrator_has_no_other_role_while_being_one() -> None:
    at_work = PageClient("i1")
    PageClient("ad").send("/people/i1/change/administrator")
    assert at_work.get("/").status_code == 302
    assert PageClient("i1").get("/inspections/testshire/cases/").status_code in (403, 404)
    PageClient("ad").send("/people/i1/change/not-administrator")
    assert PageClient("i1").get("/inspections/testshire/cases/").status_code == 200


def test_a_lost_second_step_is_taken_away_and_sessions_end() -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(User.objects.get(key="i1"), generate_totp_secret())
    at_work = PageClient("i1")
    PageClient("ad").send("/people/i1/change/second-step")
    assert at_work.get("/").status_code == 302
    assert not Authenticator.objects.exists()
    assert AuditRow.objects.filter(act="factor.forgotten", by="ad").count() == 1


def test_a_name_and_an_address_are_corrected_and_the_old_address_opens_nothing() -> None:
    from tests import cast

    client = PageClient("")
    client.send(reverse("account_login"), {"login": "i1@example.org", "password": cast.PASSWORD})  # allauth notes it
    page = PageClient("ad").send("/people/i1/name", {"name": " Ingrid  Inspector ", "email": "Ingrid@example.org"})
    assert page.h1.startswith("Ingrid Inspector")
    for email, url in (("i1@example.org", reverse("account_login")), ("ingrid@example.org", "/")):
        assert PageClient("").send(reverse("account_login"), {"login": email, "password": cast.PASSWORD}).url == url
    taken = PageClient("ad").send("/people/i1/name", {"name": "I", "email": "lead@example.org"}, status=422)
    assert taken.errors == ["This address has an account already. Enter another address."]


def test_nobody_signs_in_with_an_account_that_has_no_password_yet() -> None:
    add_user(by="ad", email="x@example.org", name="X", at=NOON)
    page = PageClient("").send(reverse("account_login"), {"login": "x@example.org", "password": NEW})
    assert page.errors == ["The address or the password is not right. Try again."]
