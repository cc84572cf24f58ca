"""Every address of planning as everybody, in every state, held against the role matrix."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.evidence.matrix import Row, matrix
from tests.evidence.work.roles import belongs
from tests.factories.store import AT, seeded
from tests.web.client import BACKEND

from caselight.store.accounts.models import User
from caselight.store.inspections.asking import Ask, ask
from caselight.store.inspections.contacts import Contact, keep_contact
from caselight.store.inspections.models import Conflict, Inspection, Membership

PLACES = {"external": "testshire", "local_audit": "testshire-audit"}
BETWEEN = ("setup", "fieldwork", "draft", "fact_check", "embargo", "published", "closed")
NOT_LOCAL = ("fact_check", "embargo")
EVERYBODY = [one for one in cast.CAST if one.key not in ("i2", "cm2", "lead2")]
ROWS = [row for row in matrix() if row.url.startswith("planning:") and row.kind != "-"]


REQUESTS = {"LA": "3" * 32}  # a request that is about a case of theirs; the others look at one that is asked of w1
CONTACT = "c" * 32


def something_asked() -> None:
    """Two requests and somebody to turn to, in both inspections."""
    for place in PLACES.values():
        wanted = [Ask("1" * 32, "Minutes", AT.date(), "w1"), Ask("3" * 32, "The file", AT.date(), "", "C3")]
        ask(by="lead", inspection=place, wanted=wanted, at=AT)
        keep_contact(by="lead", inspection=place, contact=Contact(CONTACT, "Mary Manager", "Head"), at=AT)


def address(row: Row, person: cast.Person) -> str:
    """The address of a row in its inspection."""
    named: dict[str, Any] = {"key": PLACES[row.kind]}
    if row.url == "planning:end-member":
        lead = "lead" if row.kind == "external" else "ll"
        named["membership"] = Membership.objects.get(user__key=lead, inspection__key=named["key"]).pk
    if row.url in ("planning:request", "planning:request-step"):
        named["asked"] = REQUESTS.get(person.role.short if person.role else "", "1" * 32)
    if row.url in ("planning:contact", "planning:remove-contact"):
        named["who"] = CONTACT
    if row.url == "planning:withdraw-conflict":
        named["conflict"] = spare_conflict(PLACES[row.kind])
    return reverse(row.url, kwargs=named)


def spare_conflict(place: str) -> int:
    """One that a lead declared about no case that is there; a new one each time, for the page withdraws it."""
    about = {"inspection": Inspection.objects.get(key=place), "case_key": "C9"}
    user = User.objects.get(key="ll" if place.endswith("-audit") else "lead")
    return Conflict.objects.create(user=user, by=user.key, reason="spare", declared_at=AT, **about).pk


@pytest.mark.django_db
@pytest.mark.parametrize("state", BETWEEN)
def test_everybody_gets_what_the_matrix_says_and_no_more(state: str) -> None:
    seeded()
    something_asked()
    clients = {person.key: Client() for person in EVERYBODY}
    for key, client in clients.items():
        client.force_login(User.objects.get(key=key), backend=BACKEND)
    Inspection.objects.update(state=state)
    wrong = []
    for row in ROWS:
        for person in EVERYBODY if row.kind == "external" or state not in NOT_LOCAL else ():
            if row.url == "planning:remove-contact":
                something_asked()  # again, where the one before took them off the list
            status = clients[person.key].generic(row.method, address(row, person)).status_code
            there = person.role is not None and belongs(person, PLACES[row.kind])
            expected = there and person.role is not None and row.scope(person.role.short, state) != "-"
            if (status not in (403, 404)) != expected or status >= 500:
                wrong.append((row.kind, row.url, row.method, person.key, status, expected))
    assert wrong == []
