"""Suggestions and comments about the letter, and what was decided about them. They are only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_letter_files")]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("place", models.CharField(max_length=100)),
                ("says", models.TextField()),
                ("instead", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="inspections.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemarkDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decision", models.CharField(max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="reports.remark"
                    ),
                ),
            ],
        ),
        append_only("reports_remark"),
        append_only("reports_remarkdecision"),
    ]
