"""How a chain grows, in SQL that both databases understand: lock its tip, add rows, move the tip.

Only ``actions`` calls this; the triggers of ``append_only`` refuse everything else.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from caselight.store.audit.inserting import insert

Values = tuple[str | int, ...]  # in the order of ``COLUMNS``
ORIGIN = "0" * 64  # the hash before the first row
COLUMNS = ("chain", "n", "at", "by", "act", "object_kind", "object_key", "row", "prev", "hash", "seal")

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
    insert("audit_auditrow", COLUMNS, rows)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [*tip, chain])
