"""Who was present while a case was examined; notes are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_urgent_concerns")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                ("chain_n", models.PositiveBigIntegerField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["inspection", "subject_key"], name="presence_of_case")]},
        ),
        append_only("assessments_presence"),
    ]
