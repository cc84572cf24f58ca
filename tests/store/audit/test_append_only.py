"""Tables that are only ever added to: tried with everything SQL has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.audit.models import AuditRow, Head

AT = datetime(2026, 3, 2, tzinfo=UTC)
NAMES = "id, chain, n, at, by, act, object_kind, object_key, row, prev, hash, seal"
ATTEMPTS = {
    "update": "UPDATE audit_auditrow SET by = 'x'",
    "update of nothing much": "UPDATE audit_auditrow SET n = n",
    "delete": "DELETE FROM audit_auditrow WHERE n = 1",
    "update of a head": "UPDATE audit_head SET n = 0",
    "delete of a head": "DELETE FROM audit_head",
}
ON_SQLITE = {
    "replace by id": f"REPLACE INTO audit_auditrow SELECT {NAMES} FROM audit_auditrow",  # noqa: S608
    "replace by number": "INSERT OR REPLACE INTO audit_auditrow SELECT NULL, chain, n, at, 'x', act, object_kind,"
    " object_key, row, prev, hash, seal FROM audit_auditrow",
    "update or replace": "UPDATE OR REPLACE audit_auditrow SET n = 1",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE audit_auditrow",
    "truncate of a head": "TRUNCATE audit_head",
    "on conflict": f"INSERT INTO audit_auditrow ({NAMES}) SELECT {NAMES} FROM audit_auditrow"  # noqa: S608
    " ON CONFLICT (id) DO UPDATE SET by = 'x'",
}
EACH = {**ATTEMPTS, **(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", EACH.values(), ids=EACH)
def test_a_row_of_the_audit_is_never_changed_and_never_removed(statement):
    for key in ("1", "2"):
        record(chain="system", by="a-lead", act=Act.ANSWER_RECORDED, of=("answer", key), detail={}, at=AT)
    Head.objects.create(chain="system", n=1, hash="0" * 64, at="", signature="", key_id="")
    before = [list(model.objects.order_by("id").values_list()) for model in (AuditRow, Head)]
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [list(model.objects.order_by("id").values_list()) for model in (AuditRow, Head)] == before
