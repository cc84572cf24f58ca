"""Whether whoever sent a request may still be here, asked in the transaction that writes what they sent.

With ``lock`` the rows are held until the transaction ends: whoever ends a session, a token or a role meanwhile waits, and
what they end is ended for the next. On SQLite the transaction is the only one that writes.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any

from django.db import connection

from caselight.method.faults import Fault, stop
from caselight.store.accounts.models import User

GONE = Fault(
    "access.signed-out",
    (),
    "Whoever sent this was signed out, or their role or device was ended, before it could be saved. Nothing was saved.",
    "Sign in again, then send it again.",
)
_SESSION = """SELECT u."session_version", u."password", u."is_active", EXISTS (
    SELECT 1 FROM "accounts_signedin" s WHERE s."session_key" = %s AND s."user_id" = u."id")
    FROM "accounts_user" u WHERE u."id" = %s"""
_TOKEN = """SELECT 1 FROM "accounts_token" t JOIN "accounts_user" u ON u."id" = t."user_id"
    WHERE u."is_active" AND t."id" = %s AND t."revoked_at" IS NULL AND t."expires_at" > %s"""  # noqa: S105 - a table


def demand_session(user: User, session: str | None, *, lock: bool) -> None:
    """Raise ``access.signed-out`` unless the account stands as it was loaded, and the session, where one is named.

    A password, a role that is given or ended, and the end of all sessions each change what the account holds. By hand and
    in one: it is asked for every answer that a page saves.
    """
    row = _row(_SESSION, session or "", user.pk, lock=lock)
    if row is None or not row[2] or not _same(row[0], user.session_version) or not _same(row[1], user.password):
        stop(GONE)
    if session is not None and not row[3]:
        stop(GONE)


def demand_token(token: int, at: datetime, *, lock: bool) -> None:
    """Raise ``access.signed-out`` unless the token is good at an instant, and its owner's account open.

    By hand and in one: it is asked for every answer that a device sends.
    """
    until = connection.ops.adapt_datetimefield_value(at)
    if _row(_TOKEN, token, until, lock=lock) is None:
        stop(GONE)


def _row(query: str, *values: Any, lock: bool) -> Any:
    locking = " FOR SHARE" if lock and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(query + locking, values)
        return cursor.fetchone()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
