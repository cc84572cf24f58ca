"""Swaps in the SQLite that Caselight ships, and refuses one that can spoil a file (reliability, databases).

A race in resetting the write-ahead log, in SQLite 3.7.0 to 3.51.2, can corrupt the file when two connections write and
checkpoint together. This module is the one place that knows of it; it must be imported before Django's own engine.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import pysqlite3
import pysqlite3.dbapi2
from django.core.exceptions import ImproperlyConfigured

OLDEST = (3, 51, 3)

if "django.db.backends.sqlite3.base" in sys.modules:
    raise ImproperlyConfigured("Django's SQLite engine was imported before caselight.config.sqlite3.")
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

from django.db.backends.sqlite3 import base  # noqa: E402 (the swap above must come first)

SQLITE = pysqlite3.dbapi2


def too_old(version: tuple[int, ...]) -> bool:
    """Whether a SQLite may spoil a file in WAL mode."""
    return version < OLDEST


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite, which opens nothing with a library that is too old."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; ``ImproperlyConfigured`` where the library is too old to be trusted.

        A file that is not there yet is made for its owner alone; SQLite gives the same rights to the logs beside it.
        """
        if too_old(SQLITE.sqlite_version_info):
            raise ImproperlyConfigured(
                f"SQLite {SQLITE.sqlite_version} is older than 3.51.3 and can corrupt a database in WAL mode. "
                "Install the pysqlite3 that requirements.lock names, or use PostgreSQL."
            )
        _make_private(str(conn_params["database"]))
        return super().get_new_connection(conn_params)


def _make_private(name: str) -> None:
    """Make a file with mode 0600 where there is none; what stands in the way SQLite says itself when it opens it."""
    if name.startswith((":", "file:")):  # in memory, or an address of SQLite's own
        return
    with suppress(OSError):
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
