"""The doctor: a sound Caselight has no error, and each thing that is spoilt is found by its own code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from caselight.method.faults import errors
from caselight.procedures.doctor import databases, examine, places, queries, records
from caselight.procedures.serving import in_force, starting
from caselight.procedures.serving import queries as serving_queries
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.audit.heads import write_heads
from caselight.store.audit.queries import guarded

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="It is about SQLite's settings.")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings) -> Iterator[Path]:
    """Folders and keys as ``set-up`` makes them."""
    from caselight.procedures.setting_up import make_keys

    for name in ("DATA", "KEYS", "HEADS", "FILES"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        setattr(settings, name, folder)
    settings.SECURE, settings.ALLOWED_HOSTS = False, ["localhost"]  # as shipped, before the tests' own client
    make_keys()
    return tmp_path


def done(at: datetime = AT, n: int = 3) -> None:
    """Some rows of the audit."""
    with transaction.atomic():
        for _ in range(n):
            record(chain="system", by="x", act=Act.BACKUP_TAKEN, of=("backup", "b"), detail={}, at=at)


def codes(at: datetime = AT) -> set[str]:
    return {fault.code for fault in examine(at=at)}


def test_a_sound_place_has_no_error() -> None:
    done()
    assert errors(examine(at=AT)) == [] or {f.code for f in errors(examine(at=AT))} == {"doctor.database-setting"}


@SQLITE
def test_the_settings_of_the_live_connection_are_those_that_durability_needs() -> None:
    connection.close()
    assert list(databases.examine()) == []


@SQLITE
@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", "NORMAL"), ("foreign_keys", "OFF"), ("secure_delete", "OFF")]
)
def test_a_safeguard_that_is_switched_off_on_the_live_connection_is_found(pragma: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}={value}")
    try:
        assert [fault.where[1] for fault in databases.examine()] == [pragma]
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
def test_a_safeguard_of_postgresql_that_is_off_is_found(name: str) -> None:
    sound = {name: must for name, (must, _) in in_force.MUST["postgresql"].items()}
    with (
        patch.object(serving_queries, "in_force", return_value=sound | {name: "off"}),
        patch.object(connection, "vendor", "postgresql"),
    ):
        assert [fault.where[1] for fault in in_force.unsafe()] == [name]


def test_a_changed_row_of_the_audit_is_found_even_where_the_triggers_were_lifted() -> None:
    done()
    assert "doctor.chain-broken" not in codes()
    rows = [{"row": "a", "n": 1, "prev": "0" * 64, "hash": "f" * 64}]
    with patch.object(records, "rows_of", return_value=iter(rows)):
        assert "doctor.chain-broken" in {fault.code for fault in records.examine(AT)}


def test_rows_that_are_missing_at_the_end_are_found() -> None:
    done()
    with patch.object(records, "rows_of", return_value=iter([])):
        assert "doctor.chain-broken" in {fault.code for fault in records.examine(AT)}


def test_a_table_whose_triggers_are_gone_is_found() -> None:
    with patch.object(databases, "guarded", return_value=frozenset({"audit_head"})):
        found = [fault.where[1] for fault in databases.examine() if fault.code == "doctor.not-guarded"]
    assert found == [table for table in databases.APPEND_ONLY if table != "audit_head"]


def test_every_table_that_has_a_trigger_against_changes_is_looked_at() -> None:
    assert set(databases.APPEND_ONLY) == {table for table, _ in triggers()}
    assert guarded() == set(databases.APPEND_ONLY)


def test_a_single_trigger_that_is_gone_is_found() -> None:
    for table, name in triggers():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
            found = [fault.where[1] for fault in databases.examine() if fault.code == "doctor.not-guarded"]
            transaction.set_rollback(True)
        assert found == [table]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite cannot switch a trigger off.")
def test_a_trigger_that_is_switched_off_or_does_nothing_is_found() -> None:
    for statement in (
        "ALTER TABLE audit_head DISABLE TRIGGER audit_head_append_only_truncate",
        "ALTER TABLE audit_head ENABLE REPLICA TRIGGER audit_head_append_only_row",
        "CREATE OR REPLACE FUNCTION audit_head_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
            found = guarded()
            transaction.set_rollback(True)
        assert "audit_head" not in found


def triggers() -> list[tuple[str, str]]:
    """Each table that is only added to, with each of its triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only%'"
            if connection.vendor == "sqlite"
            else "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%append_only%'"
        )
        return sorted(cursor.fetchall())


def test_keys_that_others_may_open_are_found_and_the_public_key_may_be_open(folders: Path) -> None:
    (folders / "keys" / "audit.key").chmod(0o640)
    (folders / "keys" / "receipts.pub").chmod(0o644)
    assert [fault.where[1] for fault in places.examine() if fault.code == "doctor.key-open"] == ["audit.key"]


@pytest.mark.parametrize("name", ["DATA", "FILES"])
def test_a_folder_that_others_may_open_is_found(folders: Path, name: str) -> None:
    (folders / name.lower()).chmod(0o755)
    assert [fault.where for fault in places.examine() if fault.code == "doctor.data-open"] == [(f"CASELIGHT_{name}",)]


@SQLITE
def test_a_database_that_others_may_open_is_found_with_its_log() -> None:
    file = Path(connection.settings_dict["NAME"])
    file.chmod(0o644)
    try:
        found = [fault for fault in places.examine() if fault.code == "doctor.data-open"]
    finally:
        file.chmod(0o600)
    assert [fault.where for fault in found] == [("database", file.name)]
    assert str(file) in found[0].cure


def test_readable_copies_that_a_killed_backup_left_are_found_until_the_next_start(folders: Path) -> None:
    left = folders / "data" / ".scratch-left"
    left.mkdir()
    assert "doctor.copy-left" in {fault.code for fault in places.examine()}
    with patch.object(starting, "refuse"):
        starting.prepare()
    assert not left.exists()
    assert "doctor.copy-left" not in {fault.code for fault in places.examine()}


def test_a_key_that_is_missing_is_found(folders: Path) -> None:
    (folders / "keys" / "audit.key").unlink()
    assert "doctor.key-missing" in codes()


@pytest.mark.parametrize(("free", "code"), [(100 * 1024**2, "doctor.disk-full"), (10 * 1024**3, "doctor.disk-filling")])
def test_a_disk_without_room_is_found(free: int, code: str) -> None:
    total = 100 * 1024**3
    with patch.object(
        places.shutil, "disk_usage", return_value=type("Disk", (), {"total": total, "used": total - free, "free": free})
    ):
        assert {fault.code for fault in places._room("DATA", places.settings.DATA)} == {code}


def test_a_clock_that_is_behind_what_was_recorded_is_found() -> None:
    done(AT + timedelta(minutes=10))
    found = {fault.code for fault in records._clock(AT)}
    with patch.object(queries, "clock", return_value=None):
        assert {fault.code for fault in records._clock(AT + timedelta(minutes=6))} == set()
    assert found == {"doctor.clock"}


def test_heads_that_stopped_are_found_and_written_ones_are_not() -> None:
    done()
    assert "doctor.heads-late" in codes(AT + timedelta(hours=2))
    write_heads(at=AT + timedelta(minutes=1))
    assert "doctor.heads-late" not in codes(AT + timedelta(hours=2))


def test_a_backup_of_yesterday_is_asked_for() -> None:
    done()
    assert "doctor.backup-old" not in codes(AT + timedelta(hours=24))
    assert "doctor.backup-old" in codes(AT + timedelta(hours=26))


def test_serving_others_without_https_is_found(settings) -> None:
    settings.ALLOWED_HOSTS = ["inspections.example.org"]
    assert "doctor.no-https" in codes()
    settings.SECURE = True
    assert "doctor.no-https" not in codes()


def test_a_damaged_key_is_a_finding_and_no_failure(folders: Path) -> None:
    from caselight.store.audit import keys

    keys._audit.cache_clear()
    (folders / "keys" / "audit.key").write_text("nothing")
    assert isinstance(examine(at=AT), list)
