"""Overwriting what deleted rows leave in the files of the database, for each of the two databases.

What is left is ciphertext whose key is gone, and fingerprints; it is overwritten all the same. Copies that a disk, a
file system or a replica keeps by itself are out of reach, which is why the key goes first (see ADR 0018).
"""

from __future__ import annotations

from typing import Any

from django.db import OperationalError, connection

from caselight.method.faults import Fault, stop

TABLES = ("identities_blockingkey", "identities_person")


def overwrite() -> None:
    """Rewrite the files without the deleted rows. Not inside a transaction.

    ``Faults`` (``purge.database-busy``) where others keep the database from being rewritten now.
    """
    if connection.in_atomic_block:
        raise RuntimeError("A database is rewritten outside of transactions.")
    try:
        busy = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    except OperationalError as error:
        if not any(said in str(error) for said in ("locked", "lock timeout")):
            raise
        busy = True
    if busy:
        says = "The database could not be rewritten, because somebody is using it."
        stop(Fault("purge.database-busy", (), says, "The keys are destroyed. Run caselight purge resume in a while."))


def _sqlite() -> bool:
    """Rewrite the file without free pages, bring the log into it, and cut the log to nothing; whether others keep it."""
    with connection.cursor() as cursor:
        _forget_samples(cursor)
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(cursor.fetchone()[0])


def _forget_samples(cursor: Any) -> None:
    """Remove what ``ANALYZE`` copied of the tables, for planning, into a catalogue that a deleted row stays in."""
    cursor.execute("SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4')")
    for (catalogue,) in cursor.fetchall():
        cursor.execute(f"DELETE FROM {catalogue} WHERE tbl IN (%s, %s)", TABLES)  # noqa: S608 - one of two names


def _postgresql() -> bool:
    """Rewrite the tables. Where we may, a checkpoint lets the server recycle its log; it decides itself when."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'VACUUM FULL "{table}"')
        cursor.execute("SELECT pg_has_role(current_user, 'pg_checkpoint', 'MEMBER')")
        if cursor.fetchone()[0]:
            cursor.execute("CHECKPOINT")
    return False
