"""Rows into a table, in the way that costs least on each database: raw statements, because a sync adds hundreds.

A model object for each row would cost more than everything else together. On SQLite nothing beats one prepared
statement; on PostgreSQL few rows go in one statement, and COPY takes a quarter of the time for many.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from django.db import connection

Values = Sequence[str | int | bool | bytes]  # in the order of the columns
FEW = 32  # rows; from there on COPY is worth its preparation


def insert(table: str, columns: tuple[str, ...], rows: Sequence[Values]) -> None:
    """Insert rows, each with a value for each column; the names are constants of ours."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(_statement(table, columns, 1), rows)
        elif len(rows) < FEW:
            cursor.execute(_statement(table, columns, len(rows)), list(chain.from_iterable(rows)))
        else:
            # Django wraps what execute() raises, and not what COPY does.
            with connection.wrap_database_errors, cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


@lru_cache(maxsize=4 * FEW)
def _statement(table: str, columns: tuple[str, ...], rows: int) -> str:
    one = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_named(table, columns)} VALUES {', '.join([one] * rows)}"  # noqa: S608 - our own constants


def _named(table: str, columns: tuple[str, ...]) -> str:
    names = '", "'.join(columns)
    return f'"{table}" ("{names}")'
