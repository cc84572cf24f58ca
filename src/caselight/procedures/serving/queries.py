"""What a start asks the live connection, in each database's own words."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "mmap_size")
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "data_sync_retry", "data_checksums")


def in_force() -> Mapping[str, str]:
    """The settings that durability rests on, as they are on this connection and not as they were asked for."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return {name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in PRAGMAS}
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SETTINGS)])
        return {str(name): str(value) for name, value in cursor.fetchall()}
