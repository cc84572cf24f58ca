"""``/health``: one word to everybody, and the doctor's codes to this machine alone."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import DatabaseError, InterfaceError
from django.test import Client

from caselight.api import health
from caselight.method.faults import Fault

pytestmark = pytest.mark.django_db


def test_whoever_asks_is_told_that_all_is_well_and_no_more() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert answer["cache-control"] == "no-store"


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_it_is_not_well_where_the_database_does_not_answer(error: type[Exception]) -> None:
    with patch.object(health, "connection") as connection:
        connection.cursor.side_effect = error("password of the database")
        answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "::1", "HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_a_stranger_learns_nothing_deeper_also_behind_a_proxy_on_this_machine(sent: dict[str, str]) -> None:
    with patch("caselight.procedures.doctor.examine", side_effect=AssertionError("it was asked")):
        assert Client().get("/health?deep", **sent).json() == {"ok": True}


def test_this_machine_is_told_the_codes_and_nothing_else() -> None:
    found = [Fault("doctor.disk-full", ("DATA",), "A secret sentence.", "A cure.")]
    with patch("caselight.procedures.doctor.examine", return_value=found):
        answer = Client().get("/health?deep")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "codes": ["doctor.disk-full"]})


def test_it_can_only_be_asked() -> None:
    assert Client().post("/health").status_code == 405
