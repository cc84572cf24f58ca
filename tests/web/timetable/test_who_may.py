"""Every address of the timetable as everybody, in every state, held against the role matrix."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.evidence.matrix import Row, matrix
from tests.evidence.work.roles import belongs
from tests.factories.store import seeded
from tests.factories.timetable import published, put, with_workers
from tests.web.client import BACKEND

from caselight.store.accounts.models import User
from caselight.store.inspections.models import Inspection

PLACES = {"external": "testshire", "local_audit": "testshire-audit"}
STATES = ("setup", "fieldwork", "moderation", "draft", "fact_check", "embargo", "published", "closed")
NOT_LOCAL = ("fact_check", "embargo")
EVERYBODY = [one for one in cast.CAST if one.key not in ("i2", "cm2", "lead2")]
ROWS = [row for row in matrix() if row.url.startswith("timetable:")]


def slots() -> dict[tuple[str, str], str]:
    """Slots that are published, by inspection and whose they are: the local assessor's, and the others'."""
    with_workers(*PLACES.values())
    made = {("testshire", "la"): put("C3", "la").slot, ("testshire", ""): put("C1", "i1").slot}
    made["testshire-audit", ""] = put("C1", "ll", key="testshire-audit").slot
    published()
    published(key="testshire-audit")
    return made


def address(row: Row, person: cast.Person, made: dict[tuple[str, str], str]) -> str:
    """The address of a row; where it is about a slot, about one that the person is in or has to do with."""
    place = PLACES[row.kind]
    named: dict[str, Any] = {"key": place}
    if row.url in ("timetable:slot", "timetable:where", "timetable:held"):
        named["slot"] = made.get((place, person.key)) or made[place, ""]
    return reverse(row.url, kwargs=named)


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_what_the_matrix_says_and_no_more(state: str) -> None:
    seeded()
    made = slots()
    clients = {person.key: Client() for person in EVERYBODY}
    for key, client in clients.items():
        client.force_login(User.objects.get(key=key), backend=BACKEND)
    Inspection.objects.update(state=state)
    wrong = []
    for row in ROWS:
        for person in EVERYBODY if row.kind == "external" or state not in NOT_LOCAL else ():
            status = clients[person.key].generic(row.method, address(row, person, made)).status_code
            there = person.role is not None and belongs(person, PLACES[row.kind])
            expected = there and person.role is not None and row.scope(person.role.short, state) != "-"
            if (status not in (403, 404)) != expected or status >= 500:
                wrong.append((row.kind, row.url, row.method, person.key, status, expected))
    assert wrong == []
