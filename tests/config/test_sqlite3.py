"""The SQLite under Django: new enough to be trusted, with the safeguards in force on the live connection."""

from __future__ import annotations

import sys
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

from caselight.config import env
from caselight.config.sqlite3 import base

pytestmark = pytest.mark.django_db

OLD = [(3, 40, 1), (3, 51, 2), (3, 7, 0)]


@pytest.fixture
def ours(tmp_path):
    """A connection of our engine, on a file."""
    made = connections.databases["default"] | {
        "ENGINE": "caselight.config.sqlite3", "NAME": str(tmp_path / "x.sqlite3"), "OPTIONS": dict(env.SQLITE),
    }  # fmt: skip
    wrapper = base.DatabaseWrapper(made, "tried")
    wrapper.inc_thread_sharing()
    yield wrapper
    wrapper.close()


@pytest.mark.parametrize("version", OLD)
def test_a_sqlite_that_can_spoil_a_file_opens_nothing(ours, version: tuple[int, ...], tmp_path) -> None:
    with (
        patch.object(base.SQLITE, "sqlite_version_info", version),
        pytest.raises(ImproperlyConfigured, match=r"3\.51\.3"),
    ):
        ours.ensure_connection()
    assert not (tmp_path / "x.sqlite3").exists()


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_newer_one_may(version: tuple[int, ...]) -> None:
    assert not base.too_old(version)


def test_the_library_that_is_shipped_is_new_enough_and_is_the_one_in_use(ours) -> None:
    with ours.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
    assert version == base.SQLITE.sqlite_version_info >= base.OLDEST
    assert sys.modules["sqlite3"].__name__ == "pysqlite3"


def test_the_safeguards_are_in_force(ours) -> None:
    from caselight.procedures.serving import in_force, queries

    with patch.object(queries, "connection", ours):
        found = queries.in_force()
    assert found == {name: must for name, (must, _) in in_force.MUST["sqlite"].items()}


def test_a_transaction_is_a_writer_from_its_beginning(ours) -> None:
    other = base.DatabaseWrapper({**ours.settings_dict, "OPTIONS": {**env.SQLITE, "timeout": 0}}, "other")
    ours.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with other.cursor() as cursor, pytest.raises(OperationalError, match="locked"):
            cursor.execute("BEGIN IMMEDIATE")
    finally:
        ours.rollback()
        ours.set_autocommit(True)
        other.close()
