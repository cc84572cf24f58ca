"""What may be served: a database as this version needs it, and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from caselight.method.faults import Faults
from caselight.procedures.serving import in_force, queries, upgrading
from caselight.procedures.serving.starting import prepare, unreachable
from caselight.procedures.setting_up import make_keys
from caselight.store.audit import keys
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.identities.keyring import keyring
from caselight.store.identities.sealing import key_for

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The PostgreSQL of the tests guards against no crash, on purpose; what it says of that is put right here."""
    if connection.vendor == "postgresql":
        sound = {name: must for name, (must, _) in in_force.MUST["postgresql"].items()}
        monkeypatch.setattr(queries, "in_force", lambda: sound | {"synchronous_commit": _synchronous_commit()})


def _synchronous_commit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


def code() -> str:
    with pytest.raises(Faults) as refused:
        prepare()
    return refused.value.faults[0].code


def test_a_whole_database_is_served() -> None:
    prepare()


def test_one_that_lacks_a_change_is_not() -> None:
    with patch.object(upgrading, "pending", return_value=[("samples", "0009_more")]):
        assert code() == "store.not-upgraded"


def test_one_that_a_newer_version_changed_is_not() -> None:
    row = MigrationRecorder.Migration.objects.create(app="samples", name="0099_later")
    try:
        assert code() == "store.newer"
    finally:
        row.delete()


def test_one_with_a_migration_that_was_made_and_not_recorded_is_not_and_is_not_upgraded_either() -> None:
    row = MigrationRecorder.Migration.objects.get(app="improvement", name="0001_initial")
    row.delete()
    try:
        assert code() == "store.half-upgraded"
        with pytest.raises(Faults, match="half-upgraded"):
            upgrading.upgrade()
    finally:
        MigrationRecorder.Migration.objects.create(app="improvement", name="0001_initial")


def test_one_with_a_column_that_no_migration_gave_it_is_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE samples_allocation RENAME COLUMN case_key TO casekey")
    try:
        assert code() == "store.half-upgraded"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE samples_allocation RENAME COLUMN casekey TO case_key")


@pytest.mark.parametrize(
    "name", ["audit.key", "receipts.key", "receipts.pub", "blocking.key", "vault.key", "keyring.sqlite3"]
)
def test_one_whose_key_was_lost_is_not_and_set_up_makes_none_in_its_place(settings, tmp_path: Path, name: str) -> None:
    settings.KEYS = tmp_path / "keys"
    make_keys()
    with transaction.atomic():
        record(chain="system", by="x", act=Act.BACKUP_TAKEN, of=("backup", "b"), detail={}, at=AT)
        key_for("west", "C1")
    prepare()
    keyring().close()
    forgotten()
    (settings.KEYS / name).unlink()
    assert code() in ("audit.key-missing", "identity.vault-key-missing", "identity.keyring-missing")
    with pytest.raises(Faults):
        make_keys()
    assert not (settings.KEYS / name).exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite takes its settings from each connection.")
@pytest.mark.parametrize(("pragma", "value"), [("synchronous", "OFF"), ("journal_mode", "DELETE")])
def test_one_whose_commits_are_not_durable_is_not(pragma: str, value: str) -> None:
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    changed = {**options, "init_command": f"{options['init_command']};PRAGMA {pragma}={value}"}
    with patch.dict(connection.settings_dict, OPTIONS=changed):
        assert code() == "doctor.database-setting"
    connection.close()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Only a server has roles with settings of their own.")
def test_a_role_whose_commits_do_not_wait_for_the_disk_is_made_to_wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
    try:
        connection.close()
        found = queries.in_force()
        assert (found["synchronous_commit"], connection.settings_dict["OPTIONS"]["connect_timeout"]) == ("on", 10)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER ROLE CURRENT_USER RESET synchronous_commit")


def test_one_whose_every_subject_was_purged_since_its_backup_is_served_which_purges_them_again(
    settings, tmp_path: Path
) -> None:
    settings.KEYS = tmp_path / "keys"
    make_keys()
    keyring().destroy([key_for("west", "C1")])
    prepare()


def forgotten() -> None:
    """As in the next process."""
    keys._receipts.cache_clear()
    keys._audit.cache_clear()


def test_a_database_that_cannot_be_reached_is_a_fault_and_no_failure(tmp_path: Path) -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(tmp_path / "no" / "such" / "place")
    try:
        assert [fault.code for fault in unreachable()] == ["store.unreachable"]
    finally:
        connection.settings_dict["NAME"] = name
        connection.close()


def test_a_killed_upgrade_leaves_nothing_of_itself() -> None:
    """All of an upgrade is one transaction: what fails in the middle is undone, with its record."""
    before = list(MigrationRecorder.Migration.objects.values_list("app", "name"))

    def half(*_: object, **__: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE half (id integer)")
        MigrationRecorder.Migration.objects.create(app="half", name="0001_initial")
        raise RuntimeError("killed")

    with patch.object(upgrading, "call_command", half), pytest.raises(RuntimeError, match="killed"):
        upgrading.upgrade()
    assert "half" not in connection.introspection.table_names()
    assert list(MigrationRecorder.Migration.objects.values_list("app", "name")) == before
