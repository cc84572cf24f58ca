"""How a chain grows, in SQL that both databases understand: lock its tip, add rows, move the tip.

Raw statements, because a sync of hundreds of answers adds as many rows, and one prepared statement for all of them
costs a tenth of as many models. Only ``actions`` calls this; the triggers of ``append_only`` refuse everything else.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

Values = tuple[str | int, ...]  # in the order of ``COLUMNS``
ORIGIN = "0" * 64  # the hash before the first row
FEW = 8  # rows; from there on COPY is worth its preparation
COLUMNS = ("chain", "n", "at", "by", "act", "object_kind", "object_key", "row", "prev", "hash", "seal")

_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_INSERT = f'INSERT INTO "audit_auditrow" ({_NAMES}) VALUES ({", ".join(["%s"] * len(COLUMNS))})'  # noqa: S608 - our own constants
_COPY = f'COPY "audit_auditrow" ({_NAMES}) FROM STDIN'
_TIP = 'SELECT "n", "hash" FROM "audit_tip" WHERE "chain" = %s'
_BEGIN = 'INSERT INTO "audit_tip" ("chain", "n", "hash") VALUES (%s, 0, %s) ON CONFLICT DO NOTHING'
_MOVE = 'UPDATE "audit_tip" SET "n" = %s, "hash" = %s WHERE "chain" = %s'


def locked_tip(chain: str) -> tuple[int, str]:
    """The number and hash of the last row of a chain (0 and zeros where there is none), locked until the transaction ends.

    PostgreSQL locks the row; on SQLite the transaction was begun IMMEDIATE and is the only one that writes.
    """
    query = f"{_TIP} FOR UPDATE" if connection.features.has_select_for_update else _TIP
    with connection.cursor() as cursor:
        cursor.execute(query, [chain])
        found = cursor.fetchone()
        if found is None:
            cursor.execute(_BEGIN, [chain, ORIGIN])
            cursor.execute(query, [chain])
            found = cursor.fetchone()
    return int(found[0]), str(found[1])


def add(chain: str, rows: Sequence[Values], tip: tuple[int, str]) -> None:
    """Add rows and move the tip to the last of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > FEW:
            # COPY takes a quarter of the time there; on SQLite nothing beats one prepared statement.
            # Django wraps what execute() raises, and not what COPY does.
            with connection.wrap_database_errors, cursor.copy(_COPY) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(_INSERT, rows)
        cursor.execute(_MOVE, [*tip, chain])
