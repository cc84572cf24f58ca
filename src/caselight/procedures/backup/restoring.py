"""Brings a backup back into an empty place: whole and verified, or not at all."""

from __future__ import annotations

import os
import shutil
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
    files_of_sqlite,
    keys_wanted,
    place_postgresql,
    rows_of_live,
    rows_of_sqlite,
    sound_sqlite,
)
from caselight.procedures.backup.sealing import OF_KEYS, OF_STORE, open_sealed
from caselight.store.identities.keyring import Keyring
from caselight.store.identities.scratch import scratch, sweep

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

    ``Faults`` when the place is not empty, a file is damaged or made by a newer version, the two do not belong
    together, or the key is wrong; then nothing is there that was not there before.
    """
    _refuse_taken_places()
    sweep()  # what a restore that was killed left readable
    with scratch() as place:
        opened, of_keys = place / "backup", place / "keys"
        opened.mkdir()
        of_keys.mkdir()
        manifest = open_sealed(backup, opened, identity)
        _refuse_unfit((backup, manifest), (keys, open_sealed(keys, of_keys, identity)))
        _refuse_newer(backup, manifest)
        if connection.vendor == "sqlite":
            _refuse_unsound(opened / SQLITE_COPY, manifest)
        destroyed = _settle(of_keys / "keys", opened)
        rows = _place_all(opened, of_keys)
        os.sync()  # said to be restored only when it would survive a power cut
    return Restored(str(manifest["made_at"]), sum(rows.values()), destroyed)


def _refuse_taken_places() -> None:
    places = [settings.KEYS, settings.HEADS, settings.FILES]
    if connection.vendor == "sqlite":
        places += files_of_sqlite(Path(str(settings.DATABASES["default"]["NAME"])))
    taken = [place for place in places if place.is_file() or (place.is_dir() and _names(place) - {MADE_AT_START})]
    if taken:
        says = f"There is something already where the backup would go: {', '.join(place.name for place in taken)}."
        raise Faults([Fault("backup.not-empty", (), says, "Name an empty folder in CASELIGHT_DATA.")])


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _refuse_unfit(*files: tuple[Path, Mapping[str, Any]]) -> None:
    """Unless the first is a backup of the store and the second the keys of the same system."""
    for (file, manifest), kind in zip(files, (OF_STORE, OF_KEYS), strict=True):
        if manifest.get("kind") != kind:
            says = (
                f"The file {file.name} is not the backup."
                if kind == OF_STORE
                else f"The file {file.name} holds no keys."
            )
            cure = "Name the backup (caselight-….age) first, and after --keys the copy of the keys (keys.age)."
            raise Faults([Fault("backup.wrong-file", (file.name,), says, cure)])
    (backup, of_store), (keys, of_keys) = files
    if of_store.get("system") != of_keys.get("system"):
        says = f"The keys in {keys.name} are not those of the system that {backup.name} was made of."
        raise Faults([Fault("backup.other-system", (keys.name,), says, "Give the newest keys.age of the same system.")])


def _settle(of_keys: Path, opened: Path) -> int:
    """How many keys the newest ledger destroyed again; ``Faults`` when one that the backup needs is not there."""
    ring = Keyring(of_keys)
    try:
        destroyed, held = ring.settle(), {*ring.ids(), *ring.ledger.ids()}
    finally:
        ring.close()
    lost = keys_wanted(opened / (SQLITE_COPY if connection.vendor == "sqlite" else POSTGRESQL_COPY)) - held
    if lost:
        says = f"{len(lost)} subjects of the backup have a key that the copy of the keys neither holds nor calls destroyed."
        cure = "Give the newest keys.age, which is never older than the backup; nothing was changed."
        raise Faults([Fault("backup.keys-lost", (), says, cure)])
    return destroyed


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
