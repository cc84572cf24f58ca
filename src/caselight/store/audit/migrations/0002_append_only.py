"""Audit rows and heads are never changed and never removed."""

from django.db import migrations

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        append_only("audit_auditrow", unique=["chain", "n"]),
        append_only("audit_head"),
    ]
