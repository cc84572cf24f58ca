"""Urgent concerns about a child, step by step; steps are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_append_only"), ("inspections", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ConcernStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("concern", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("step", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                ("chain_n", models.PositiveBigIntegerField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concern_steps",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["inspection", "subject_key"], name="concern_of_case")]},
        ),
        append_only("assessments_concernstep"),
    ]
