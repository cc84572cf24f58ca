"""Scratch folders: where a backup or a restore has readable copies of the database and the keys for a while.

They lie in the data folder, which is shut to others, under one name. A process that is killed, or a power cut, leaves
its own; :func:`sweep` removes it at each start, before a backup, and before a purge is said to be done: a copy of the
keyring must not outlive the keys that were destroyed in it.

Whoever works holds a shared lock of the data folder, which the system lets go of when the process ends in whatever way.
So a scratch folder that is there while nobody holds the lock is of nobody.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path

from django.conf import settings

PREFIX = ".scratch-"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for readable copies that nobody else may open; gone when the block ends."""
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _held(LOCK_SH), tempfile.TemporaryDirectory(prefix=PREFIX, dir=settings.DATA) as folder:
        yield Path(folder)


def stale() -> list[Path]:
    """The scratch folders that nobody works in any more."""
    return _there() if _nobody_works() else []


def sweep() -> list[Path]:
    """Remove what nobody works in; the scratch folders that are still there, because somebody does."""
    if not _there():
        return []
    try:
        with _held(LOCK_EX | LOCK_NB):
            for folder in _there():
                shutil.rmtree(folder)
    except BlockingIOError:
        pass
    return _there()


def _there() -> list[Path]:
    return sorted(Path(settings.DATA).glob(f"{PREFIX}*"))


def _nobody_works() -> bool:
    if not _there():
        return True
    try:
        with _held(LOCK_EX | LOCK_NB):
            return True
    except BlockingIOError:
        return False


@contextmanager
def _held(how: int) -> Iterator[None]:
    """A lock of the data folder itself, which needs no file of its own."""
    descriptor = os.open(settings.DATA, os.O_RDONLY)
    try:
        flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
