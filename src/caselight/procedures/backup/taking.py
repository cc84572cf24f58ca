"""Takes a backup while people work. What is acknowledged before it begins is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import caselight
from caselight.procedures.backup.databases import copy_database, rows_of_live, rows_of_sqlite
from caselight.procedures.backup.sealing import OF_KEYS, OF_STORE, write_sealed
from caselight.store.audit import keys
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.identities.keyring import FILE, LEDGER, keyring
from caselight.store.identities.scratch import scratch, sweep

KEYS_FILE = "keys.age"


@dataclass(frozen=True)
class Taken:
    """A backup that was taken: its two files, the digest of the first, and how many rows it holds."""

    file: Path
    keys: Path
    sha256: str
    rows: int


def take_backup(folder: Path, *, recipient: str, by: str, at: datetime) -> Taken:
    """Write a new backup into ``folder`` and replace the copy of the keys there. ``Faults`` where it cannot be whole.

    The keys are copied last: a key that a row of the backup needs was on disk before the row.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"caselight-{at:%Y%m%dT%H%M%SZ}.age"
    sweep()  # what a backup that was killed left readable
    with scratch() as place:
        copy = copy_database(place)
        rows = rows_of_sqlite(copy) if connection.vendor == "sqlite" else rows_of_live()
        members = {copy.name: copy, **_below("heads", settings.HEADS), **_below("files", settings.FILES)}
        digest = write_sealed(file, members, _manifest(at, rows), recipient)
        ring = place / FILE
        keyring().copy(ring)
        write_sealed(folder / KEYS_FILE, {**_keys(), f"keys/{FILE}": ring}, _told(OF_KEYS, at), recipient)
    with transaction.atomic():
        detail: dict[str, Plain] = {"sha256": digest, "rows": sum(rows.values())}
        record(chain="system", by=by, act=Act.BACKUP_TAKEN, of=("backup", file.name), detail=detail, at=at)
    return Taken(file, folder / KEYS_FILE, digest, sum(rows.values()))


def _manifest(at: datetime, rows: dict[str, int]) -> dict[str, Any]:
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return {
        **_told(OF_STORE, at),
        "caselight": caselight.__version__,
        "database": connection.vendor,
        "migrations": applied,
        "rows": rows if connection.vendor == "sqlite" else {},  # of a dump they are known only when it is restored
    }


def _told(kind: str, at: datetime) -> dict[str, Any]:
    """What both files say: which of the two it is, and of which system, named after its key for receipts."""
    return {"kind": kind, "system": keys.key_id(keys.public_key()), "made_at": at.isoformat()}


def _keys() -> dict[str, Path]:
    """The keys and the ledger by their names: the keyring is copied, and what else comes and goes there is no key."""
    there = [*settings.KEYS.glob("*.key"), *settings.KEYS.glob("*.pub"), settings.KEYS / LEDGER]
    return {f"keys/{path.name}": path for path in sorted(there) if path.is_file()}


def _below(name: str, folder: Path) -> dict[str, Path]:
    return {f"{name}/{path.relative_to(folder).as_posix()}": path for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
