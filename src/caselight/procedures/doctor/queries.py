"""What the doctor asks a live connection, in each database's own words."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

RIGHTS = """
    SELECT relname, pg_has_role(current_user, relowner, 'USAGE'),
        has_table_privilege(current_user, oid, 'UPDATE') OR has_table_privilege(current_user, oid, 'DELETE')
        OR has_table_privilege(current_user, oid, 'TRUNCATE')
    FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'
"""


def damaged() -> list[str]:
    """What the database finds wrong with its own pages; PostgreSQL finds it when it reads them, by its checksums."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(5)")
        return [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]


def too_strong(tables: list[str]) -> list[str]:
    """Of these tables those that our role owns or may change rows of; SQLite has no roles."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [tables])
        return sorted(name for name, owns, changes in cursor.fetchall() if owns or changes)


def clock() -> datetime | None:
    """The database server's time; None where the database has no clock of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found
