"""A backup comes back whole and private, with the keys that belong to it, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import django.conf
import pytest
from django.core.management import call_command
from django.db import connection

from caselight.method.faults import Faults
from caselight.procedures.backup.restoring import restore
from caselight.procedures.backup.sealing import new_pair
from caselight.procedures.backup.taking import Taken, take_backup
from caselight.procedures.setting_up import make_keys
from caselight.store.audit import keys
from caselight.store.identities.keyring import Keyring, keyring
from caselight.store.identities.sealing import key_for

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACES = ("DATA", "KEYS", "HEADS", "FILES")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL is restored into another one (R5)."),
]


@pytest.fixture
def pair() -> tuple[str, str]:
    return new_pair()


@pytest.fixture
def at(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """``at("target")`` lets every folder and, to be restored into, the database be those of another place."""

    def go(name: str) -> Path:
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        for one in PLACES:
            folder = place if one == "DATA" else place / one.lower()
            setattr(settings, one, folder)
        file = source if name.startswith("source") else place / "store.sqlite3"
        # A dictionary of its own: the connection goes on to read the other.
        named = {"default": {**settings.DATABASES["default"], "NAME": str(file)}}
        monkeypatch.setattr(django.conf.settings, "DATABASES", named)
        if name.startswith("source"):
            make_keys()
        return place

    source = Path(connection.settings_dict["NAME"])

    return go


@pytest.fixture
def taken(at, tmp_path: Path, pair: tuple[str, str]) -> Taken:
    """A backup of a place with one child in it; then we are in an empty place."""
    at("source")
    key_for("west", "C1")
    made = take_backup(tmp_path / "backups", recipient=pair[1], by="admin", at=AT)
    keyring().close()
    at("target")
    return made


def code(refused: pytest.ExceptionInfo[Faults]) -> str:
    return refused.value.faults[0].code


def refused(backup: Path, of_keys: Path, pair: tuple[str, str], target: Path) -> str:
    """The code of the refusal, which must leave nothing behind."""
    with pytest.raises(Faults) as said:
        restore(backup, of_keys, identity=pair[0])
    assert sorted(path.name for path in target.rglob("*")) == []
    return code(said)


def test_what_is_restored_is_shut_to_others_whatever_the_mask_is(taken: Taken, pair, settings) -> None:
    before = os.umask(0o022)
    try:
        restore(taken.file, taken.keys, identity=pair[0])
    finally:
        os.umask(before)
    there = {path.relative_to(settings.DATA).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in _all(settings)}
    assert {"keys", "keys/audit.key", "keys/vault.key", "keys/keyring.sqlite3", "store.sqlite3"} <= set(there)
    assert set(there.values()) == {0o700, 0o600}
    assert not [name for name in there if name.startswith(".")]


def _all(settings) -> list[Path]:
    return [path for path in settings.DATA.rglob("*") if path.is_file() or path.is_dir()]


def test_the_two_files_in_each_others_place_are_refused(taken: Taken, pair, settings) -> None:
    assert refused(taken.file, taken.file, pair, settings.DATA) == "backup.wrong-file"
    assert refused(taken.keys, taken.keys, pair, settings.DATA) == "backup.wrong-file"
    assert refused(taken.keys, taken.file, pair, settings.DATA) == "backup.wrong-file"


def test_the_keys_of_another_system_are_refused(taken: Taken, at, tmp_path: Path, pair) -> None:
    call_command("flush", interactive=False, verbosity=0)
    at("source of others")
    others = take_backup(tmp_path / "others", recipient=pair[1], by="admin", at=AT)
    target = at("target")
    assert refused(taken.file, others.keys, pair, target) == "backup.other-system"


def test_keys_that_are_older_than_the_backup_are_refused(at, tmp_path: Path, pair) -> None:
    at("source")
    key_for("west", "C1")
    old = take_backup(tmp_path / "old", recipient=pair[1], by="admin", at=AT)
    key_for("west", "C2")
    new = take_backup(tmp_path / "new", recipient=pair[1], by="admin", at=AT)
    target = at("target")
    assert refused(new.file, old.keys, pair, target) == "backup.keys-lost"
    assert restore(old.file, new.keys, identity=pair[0]).destroyed_again == 0


def test_a_key_that_was_destroyed_since_is_not_lost(at, tmp_path: Path, pair, settings) -> None:
    at("source")
    key_id = key_for("west", "C1")
    backup = take_backup(tmp_path / "first", recipient=pair[1], by="admin", at=AT).file
    keyring().destroy([key_id])
    newest = take_backup(tmp_path / "second", recipient=pair[1], by="admin", at=AT).keys
    at("target")
    restore(backup, newest, identity=pair[0])
    assert not Keyring(settings.KEYS).exists(key_id)


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_a_database_or_its_log_that_is_there_already_is_never_restored_over(taken: Taken, pair, settings, end) -> None:
    stray = settings.DATA / f"store.sqlite3{end}"
    stray.write_bytes(b"of another time")
    with pytest.raises(Faults) as said:
        restore(taken.file, taken.keys, identity=pair[0])
    assert code(said) == "backup.not-empty"
    assert [path.name for path in settings.DATA.iterdir()] == [stray.name]


def test_only_keys_and_the_ledger_are_kept_with_the_keys(at, tmp_path: Path, pair, settings) -> None:
    at("source")
    key_for("west", "C1")
    (settings.KEYS / "keyring.sqlite3-journal").write_bytes(b"half a change")
    (settings.KEYS / "notes.txt").write_text("of somebody")
    taken = take_backup(tmp_path / "backups", recipient=pair[1], by="admin", at=AT)
    keyring().close()
    at("target")
    restore(taken.file, taken.keys, identity=pair[0])
    names = {path.name for path in settings.KEYS.iterdir()}
    assert {"audit.key", "receipts.key", "receipts.pub", "vault.key", "keyring.sqlite3"} <= names
    assert not names & {"keyring.sqlite3-journal", "notes.txt"}


def test_nothing_readable_is_ever_written_into_the_folder_of_backups(
    at, tmp_path: Path, pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at while the encryption reads, which is when a power cut would leave it there."""
    import pyrage

    at("source")
    secret, backups, seen = keys.kept("audit.key").hex().encode(), tmp_path / "backups", list[bytes]()
    truly = pyrage.encrypt_io

    def watched(source: object, target: object, to: object) -> None:
        truly(source, target, to)
        seen.extend(path.read_bytes() for path in backups.iterdir() if path.name.startswith("."))

    patched = SimpleNamespace(**{name: getattr(pyrage, name) for name in dir(pyrage) if not name.startswith("__")})
    patched.encrypt_io = watched
    monkeypatch.setattr("caselight.procedures.backup.sealing.pyrage", patched)
    take_backup(backups, recipient=pair[1], by="admin", at=AT)
    assert len(seen) == 2
    assert not [one for one in seen if secret in one or b"SQLite format 3" in one or b"manifest.json" in one]
