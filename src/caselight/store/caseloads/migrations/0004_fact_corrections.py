"""Facts that were corrected, both values kept. They are only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("caseloads", "0003_list_drafts")]

    operations = [
        migrations.CreateModel(
            name="FactCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_key", models.CharField(max_length=100)),
                ("fact", models.CharField(max_length=100)),
                ("before", models.TextField(blank=True)),
                ("value", models.TextField(blank=True)),
                ("reason", models.CharField(max_length=40)),
                ("eligible", models.BooleanField()),
                ("verdict", models.TextField(blank=True)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_corrections",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        append_only("caseloads_factcorrection"),
    ]
