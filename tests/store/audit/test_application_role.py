"""The rights that the documentation gives the role which serves: it works with them, and cannot change the audit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded

from caselight.store.assessments.actions import record_answers
from caselight.store.audit import queries
from caselight.store.audit.heads import write_heads

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "audit.md"
ROLE = "caselight_app"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]


@pytest.fixture
def served():
    """The role that serves, for as long as the test lasts."""
    (granted,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(granted, None)
        yield lambda: cursor.execute(f"SET ROLE {ROLE}")
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


def test_the_role_that_serves_records_answers_and_heads(served, tmp_path, settings):
    settings.HEADS = tmp_path
    seeded()
    served()
    assert record_answers(by="i1", inspection="testshire", device="d", events=[sent("C1", "A", "yes", op_id(1))], at=AT)
    assert len(write_heads(at=AT)) >= 1


@pytest.mark.parametrize("table", ["audit_auditrow", "audit_head", "assessments_answerevent", "assessments_casestep"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_role_that_serves_may_not_change_what_is_only_added_to(served, table, statement):
    assert table in queries.guarded()
    served()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
