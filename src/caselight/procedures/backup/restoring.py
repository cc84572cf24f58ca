"""Brings a backup back into an empty place: whole and verified, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from caselight.method.faults import Fault, Faults
from caselight.procedures.backup.databases import (
    POSTGRESQL_COPY,
    SQLITE_COPY,
    place_postgresql,
    rows_of_live,
    rows_of_sqlite,
    sound_sqlite,
)
from caselight.procedures.backup.sealing import open_sealed
from caselight.store.identities.keyring import Keyring

MADE_AT_START = (
    "django.key"  # made in the folder of keys as soon as settings are read; the restored one takes its place
)


@dataclass(frozen=True)
class Restored:
    """What was restored: when the backup was made, how many rows, and how many purged keys were destroyed again."""

    made_at: str
    rows: int
    destroyed_again: int


def restore(backup: Path, keys: Path, *, identity: str) -> Restored:
    """Restore a backup and the newest copy of the keys into the folders of the settings, which must be empty.

    Keys that a purge destroyed since the backup was made are destroyed again: the newest ledger says which.

    ``Faults`` when the place is not empty, a file is damaged or made by a newer version, or the key is wrong; then
    nothing is there that was not there before.
    """
    _refuse_taken_places()
    settings.DATA.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA.parent) as scratch:
        opened, of_keys = Path(scratch) / "backup", Path(scratch) / "keys"
        opened.mkdir()
        of_keys.mkdir()
        manifest = open_sealed(backup, opened, identity)
        open_sealed(keys, of_keys, identity)
        _refuse_newer(backup, manifest)
        ring = Keyring(of_keys / "keys")
        destroyed = ring.settle()
        ring.close()
        if connection.vendor == "sqlite":
            _refuse_unsound(opened / SQLITE_COPY, manifest)
        rows = _place_all(opened, of_keys)
        os.sync()  # said to be restored only when it would survive a power cut
    return Restored(str(manifest["made_at"]), sum(rows.values()), destroyed)


def _refuse_taken_places() -> None:
    places = [settings.KEYS, settings.HEADS, settings.FILES]
    if connection.vendor == "sqlite":
        places.append(Path(str(settings.DATABASES["default"]["NAME"])))
    taken = [place for place in places if place.is_file() or (place.is_dir() and _names(place) - {MADE_AT_START})]
    if taken:
        says = f"There is something already where the backup would go: {', '.join(place.name for place in taken)}."
        raise Faults([Fault("backup.not-empty", (), says, "Name an empty folder in CASELIGHT_DATA.")])


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _refuse_newer(backup: Path, manifest: Mapping[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    strange = sorted(set(manifest["migrations"]) - known)
    if strange:
        says = f"The backup {backup.name} was made by a newer version of Caselight ({manifest.get('caselight')})."
        raise Faults([Fault("backup.newer", (backup.name,), says, "Install that version, then restore.")])
    if manifest["database"] != connection.vendor:
        says = f"The backup holds a database of {manifest['database']}, and the settings name {connection.vendor}."
        cure = "Restore into the same kind of database; go from one to the other with export and import."
        raise Faults([Fault("backup.other-database", (backup.name,), says, cure)])


def _refuse_unsound(copy: Path, manifest: Mapping[str, Any]) -> None:
    sound_sqlite(copy)
    if rows_of_sqlite(copy) != manifest["rows"]:
        says = "The database in the backup does not hold the rows that its manifest counts."
        raise Faults([Fault("backup.damaged", (SQLITE_COPY,), says, "Restore another backup; nothing was changed.")])


def _place_all(opened: Path, of_keys: Path) -> dict[str, int]:
    """Everything into its place, the database last: where it lies, the rest lies too. Undone when a step fails."""
    places = [
        (of_keys / "keys", settings.KEYS),
        (opened / "heads", settings.HEADS),
        (opened / "files", settings.FILES),
    ]
    placed: list[Path] = []
    try:
        for source, target in places:
            if source.is_dir():
                _place(source, target)
                placed.append(target)
        return _place_database(opened)
    except BaseException:
        for target in placed:
            shutil.rmtree(target, ignore_errors=True)
        raise


def _place_database(opened: Path) -> dict[str, int]:
    if connection.vendor != "sqlite":
        place_postgresql(opened / POSTGRESQL_COPY)
        return rows_of_live()
    target = Path(str(settings.DATABASES["default"]["NAME"]))
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(opened / SQLITE_COPY, target)
    return rows_of_sqlite(target)


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if target.is_dir():
        (target / MADE_AT_START).unlink(missing_ok=True)
        target.rmdir()  # it is empty, as was made sure of
    shutil.move(source, target)
