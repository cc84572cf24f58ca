"""A conflict of interest can be withdrawn, with a reason; that it was declared, and by whom, stays."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_conflict_worker")]

    operations = [
        migrations.AddField(
            model_name="conflict",
            name="by",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="ConflictWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("chain_n", models.PositiveBigIntegerField()),
                (
                    "conflict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="inspections.conflict",
                    ),
                ),
            ],
        ),
        append_only("inspections_conflictwithdrawal", unique=["conflict_id"]),
    ]
