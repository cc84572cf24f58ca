"""Asking that a locked case be opened again, step by step; rows are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_stances")]

    operations = [
        migrations.CreateModel(
            name="UnlockStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("request", models.CharField(max_length=32)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("step", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField(default=b"")),
                ("key_id", models.CharField(blank=True, max_length=32)),
                ("chain_n", models.PositiveBigIntegerField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unlock_steps",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["inspection", "subject_key"], name="unlock_of_case")]},
        ),
        append_only("assessments_unlockstep"),
    ]
