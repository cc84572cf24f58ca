"""Which of two answers stands, as their authors see it; rows are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_settlements")]

    operations = [
        migrations.CreateModel(
            name="Stance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=32)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("heads", models.TextField()),
                ("chosen", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                ("chain_n", models.PositiveBigIntegerField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stances",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        append_only("assessments_stance"),
    ]
