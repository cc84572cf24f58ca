"""Published figures that the letter sets its own beside. Rows are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("reports", "0007_release_steps")]

    operations = [
        migrations.CreateModel(
            name="Comparator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("measure", models.CharField(max_length=60)),
                ("row", models.JSONField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparators",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="comparator",
            constraint=models.UniqueConstraint(fields=("inspection", "key"), name="comparator_key"),
        ),
        append_only("reports_comparator", unique=("inspection_id", "key")),
    ]
