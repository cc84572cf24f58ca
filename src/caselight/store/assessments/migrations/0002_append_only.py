"""Judgements, quarantined messages and steps are never changed and never removed; the current answer is a view."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from caselight.store.assessments.current_answer import DROP, VIEW
from caselight.store.audit.append_only import append_only


def _make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    schema_editor.execute(VIEW[schema_editor.connection.vendor], params=None)


def _drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    schema_editor.execute(DROP, params=None)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        append_only("assessments_answerevent", unique=["op_id"]),
        append_only("assessments_quarantined", unique=["inspection_id", "op_id", "payload_sha256", "evidence_sha256"]),
        append_only("assessments_casestep"),
        append_only("assessments_locator"),
        append_only("assessments_excerpt", unique=["inspection_id", "key"]),
        migrations.RunPython(_make, _drop),
    ]
