"""What the owner of a database can do and the product never does: switch the triggers of its tables off for a while.

Tests need it twice: to empty the database behind a test that committed, and to tamper with it (S4).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """No trigger fires inside the block. For a Django connection; what was dropped is made again at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
        return
    with connection.cursor() as cursor:
        cursor.execute(SQLITE)
        dropped = cursor.fetchall()
        for name, _ in dropped:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, made_with in dropped:
            cursor.execute(made_with)


def let_tests_empty_the_database() -> None:
    """Django empties every table behind a test that committed; let it, where a table refuses that to everybody."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    ordinary = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: Any, sql_list: list[str]) -> None:
        with lifted(self.connection):
            ordinary(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = emptied  # type: ignore[method-assign]
