"""Room in memory for one large transaction, such as an import of a hundred thousand answers.

SQLite keeps half a mebibyte of pages (config.env) and writes the others out, many of them again and again, because keys that are no numbers land
everywhere in an index. With room for all of them each is written once. PostgreSQL has its shared buffers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

PAGES = -200_000  # kibibytes, as SQLite counts them when they are negative


@contextmanager
def spacious() -> Iterator[None]:
    """Inside, this connection may hold 200 MB of pages; afterwards as many as before, and the memory is given back."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = {PAGES}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")
            cursor.execute("PRAGMA shrink_memory")
