"""The folders: room on their disks, rights of the secret files, heads on a disk of their own; and how it is served."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from caselight.method.faults import Fault, Severity
from caselight.procedures.backup.databases import files_of_sqlite
from caselight.store.identities import scratch

KEY_FILES = ("audit.key", "blocking.key", "receipts.key", "receipts.pub", "vault.key", "keyring.sqlite3")
LEAST_FREE_BYTES = 200 * 1024**2  # below it a commit may soon be refused
ALARM_SHARE = 0.80
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def examine() -> Iterator[Fault]:
    """The findings."""
    for name in ("DATA", "KEYS", "HEADS", "FILES"):
        yield from _room(name, Path(getattr(settings, name)))
    yield from _open_data()
    if scratch.stale():
        yield Fault("doctor.copy-left", ("CASELIGHT_DATA",), "A backup or restore was cut off and left readable copies behind.",
                    "Start caselight serve, or take a backup: both remove them.")  # fmt: skip
    yield from _keys()
    if settings.HEADS.is_dir() and settings.HEADS.stat().st_dev == settings.DATA.stat().st_dev:
        yield Fault("doctor.heads-beside", ("CASELIGHT_HEADS",), "The signed heads lie on the same disk as the database.",
                    "Let CASELIGHT_HEADS be a folder of another machine: whoever can rewrite one can rewrite both.",
                    Severity.WARNING)  # fmt: skip
    yield from _serving()


def _room(name: str, folder: Path) -> Iterator[Fault]:
    if not folder.is_dir():
        yield Fault("doctor.no-folder", (f"CASELIGHT_{name}",), f"The folder of CASELIGHT_{name} is not there.",
                    "Bring it back from where it was moved to, or run: caselight set-up")  # fmt: skip
        return
    disk = shutil.disk_usage(folder)
    if disk.free < LEAST_FREE_BYTES:
        yield Fault("doctor.disk-full", (f"CASELIGHT_{name}",), f"Only {disk.free // 1024**2} MB are free for CASELIGHT_{name}.",
                    "Make room now: soon nothing will be recorded, because what cannot be kept is refused.")  # fmt: skip
    elif disk.used / disk.total > ALARM_SHARE:
        yield Fault("doctor.disk-filling", (f"CASELIGHT_{name}",), f"The disk of CASELIGHT_{name} is {disk.used / disk.total:.0%} full.",
                    "Make room before it is full: then nothing more is recorded.", Severity.WARNING)  # fmt: skip


def _open_data() -> Iterator[Fault]:
    """What holds answers, password hashes and sessions: the folders, and a SQLite file with its logs."""
    for name in ("DATA", "FILES"):
        folder = Path(getattr(settings, name))
        if folder.is_dir() and folder.stat().st_mode & 0o077:
            yield _data_open((f"CASELIGHT_{name}",), folder)
    if connection.vendor == "sqlite":
        for path in files_of_sqlite(Path(str(connection.settings_dict["NAME"]))):
            if path.exists() and path.stat().st_mode & 0o077:
                yield _data_open(("database", path.name), path)


def _data_open(where: tuple[str, ...], path: Path) -> Fault:
    return Fault("doctor.data-open", where, f"Other users of this machine may open {path.name}.",
                 f"Run: chmod go= {path}")  # fmt: skip


def _keys() -> Iterator[Fault]:
    if not settings.KEYS.is_dir():
        return
    for path in (settings.KEYS, *sorted(settings.KEYS.iterdir())):
        if path.stat().st_mode & 0o077 and path.suffix != ".pub":
            yield Fault("doctor.key-open", ("keys", path.name), f"Other users of this machine may open {path.name}.",
                        f"Run: chmod go= {path}")  # fmt: skip
    for name in KEY_FILES:
        if not (settings.KEYS / name).exists():
            yield Fault("doctor.key-missing", ("keys", name), f"There is no {name} yet, or it was lost.",
                        "If Caselight was used here before, bring it back from the backup of the keys; a new one cannot "
                        "stand in for it. If not, run: caselight set-up", Severity.WARNING)  # fmt: skip


def _serving() -> Iterator[Fault]:
    if settings.DEBUG:
        yield Fault("doctor.debug", ("CASELIGHT_DEBUG",), "Failures are shown with their details to whoever is there.",
                    "Take CASELIGHT_DEBUG out of the environment.")  # fmt: skip
    if set(settings.ALLOWED_HOSTS) - LOCAL_NAMES and not settings.SECURE:
        yield Fault("doctor.no-https", ("CASELIGHT_HTTPS",), "People reach it from elsewhere, and not over HTTPS.",
                    "Put a proxy that speaks HTTPS before it, and set CASELIGHT_HTTPS=true.")  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        yield Fault("doctor.any-host", ("CASELIGHT_HOSTS",), "It answers under any name, so links in it can be forged.",
                    "Name the hosts in CASELIGHT_HOSTS.")  # fmt: skip
