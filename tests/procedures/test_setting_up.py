"""The first administrator sets a password on a page that opens once; nobody is shown one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from caselight.method.faults import Faults
from caselight.procedures.setting_up import first_administrator
from caselight.store.accounts.models import User
from caselight.store.audit.models import AuditRow

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "nine green kites above the pier"
pytestmark = pytest.mark.django_db


def made(email: str = "ad@example.org") -> str:
    return first_administrator(email=email, name="Ad", at=AT)


def set_password(link: str) -> bool:
    """Open the page and send its form; whether the password is set."""
    client = Client()
    page = client.get(link, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else link
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    return User.objects.get().check_password(PASSWORD)


def test_the_link_sets_the_password_once_and_leaves_a_row() -> None:
    with travel(AT, tick=False):
        link = made()
        assert not User.objects.get().has_usable_password()
        assert set_password(link)
        form = {"login": "ad@example.org", "password": PASSWORD}
        assert Client().post(reverse("account_login"), form).status_code == 302
        user = User.objects.get()
        user.set_password("another password of hers")
        user.save()
        assert not set_password(link)
    acts = AuditRow.objects.filter(chain="system").order_by("n").values_list("act", flat=True)
    assert list(acts)[:2] == ["administrator.made", "password.set"]


def test_after_three_days_it_opens_nothing_and_another_is_given() -> None:
    with travel(AT, tick=False) as clock:
        link = made()
        clock.shift(timedelta(days=3, minutes=1))
        assert not set_password(link)
        assert set_password(made())
    assert User.objects.count() == 1


def test_another_administrator_is_never_made_here_nor_a_password_that_was_set_given_away() -> None:
    with travel(AT, tick=False):
        link = made()
        with pytest.raises(Faults, match=r"store\.has-administrator"):
            made("other@example.org")
        assert set_password(link)
        with pytest.raises(Faults, match=r"store\.has-administrator"):
            made()


def test_who_was_disabled_is_no_administrator_and_keeps_nobody_from_being_the_first() -> None:
    with travel(AT, tick=False):
        made("gone@example.org")
        User.objects.update(is_active=False)
        with pytest.raises(Faults, match=r"access\.user-exists"):
            made("gone@example.org")
        assert set_password_of(made("new@example.org"), "new@example.org")


def set_password_of(link: str, email: str) -> bool:
    client = Client()
    where = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    return User.objects.get(email=email).check_password(PASSWORD)
