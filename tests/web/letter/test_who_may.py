"""Every address of the letter as everybody, in every state, held against the role matrix."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.evidence.matrix import Row, matrix
from tests.evidence.work.roles import belongs
from tests.factories.moving import AT
from tests.factories.store import seeded
from tests.web.client import BACKEND

from caselight.store.accounts.models import User
from caselight.store.inspections.models import Inspection
from caselight.store.reports.actions import save_letter
from caselight.store.reports.making import begin_making, end_making
from caselight.store.reports.remarks import Words, remark

PLACES = {"external": "testshire", "local_audit": "testshire-audit"}
# The states between which anything changes, and one person for each role, with a stranger and another service's manager.
BETWEEN = ("setup", "fieldwork", "draft", "fact_check", "embargo", "closed")
NOT_LOCAL = ("fact_check", "embargo")
EVERYBODY = [one for one in cast.CAST if one.key not in ("i2", "cm2", "lead2")]
ROWS = [row for row in matrix() if row.url.startswith("letter:")]


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    """Everybody, signed in; both inspections have a letter, a remark and files. No file is drawn."""
    monkeypatch.setattr("caselight.web.letter.views_files.make_files", lambda *_, **__: 1)
    seeded()
    for place in PLACES.values():
        save_letter(by="lead", inspection=place, language="en", text="Plain words.", at=AT)
        remark(by="i1", inspection=place, kind="comment", about=("en", 1), words=Words("1", "No."), at=AT)
        for kind in ("working", "open"):
            n = begin_making(by="lead", inspection=place, kind=kind, versions={}, at=AT)
            end_making(n=n, files={"letter.pdf": b"%PDF"}, at=AT)
    made = {}
    for person in cast.CAST:
        made[person.key] = Client()
        made[person.key].force_login(User.objects.get(key=person.key), backend=BACKEND)
    return made


def address(row: Row) -> str:
    """The address of a row in its inspection."""
    named: dict[str, Any] = {"key": PLACES[row.kind]}
    if row.url in ("letter:version", "letter:restore"):
        named["n"] = 1
    if row.url == "letter:settle":
        named["n"] = 1 if row.kind == "external" else 2
    if row.url == "letter:file":
        named |= {"kind": row.what, "path": "letter.pdf"}
    return reverse(row.url, kwargs=named)


def asked(client: Client, row: Row) -> int:
    """The status of the answer to a request as a page would send it."""
    if row.method == "GET":
        return client.get(address(row)).status_code
    sent = {"language": "en", "kind": "open", "text": "Plain words.", "base": "1"}
    return client.post(address(row), sent).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("state", BETWEEN)
def test_everybody_gets_what_the_matrix_says_and_no_more(state: str, clients: dict[str, Client]) -> None:
    wrong = []
    for row in ROWS:
        if row.kind == "local_audit" and state in NOT_LOCAL:
            continue
        for person in EVERYBODY:
            Inspection.objects.update(state=state)
            status = asked(clients[person.key], row)
            there = person.role is not None and belongs(person, PLACES[row.kind])
            expected = there and person.role is not None and row.scope(person.role.short, state) != "-"
            if (status not in (403, 404)) != expected or status >= 500:
                wrong.append((row.kind, row.url, row.method, row.what, person.key, status, expected))
    assert wrong == []
