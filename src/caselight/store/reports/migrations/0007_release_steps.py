"""The letter's way out: proposed, withdrawn, sent back or approved. Steps are only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_feedback_sheets")]

    operations = [
        migrations.AddField(
            model_name="making",
            name="basis",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="ReleaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField()),
                ("proposal", models.PositiveIntegerField()),
                ("step", models.CharField(max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("versions", models.JSONField(default=dict)),
                ("files", models.JSONField(default=dict)),
                ("basis", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release_steps",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="releasestep",
            constraint=models.UniqueConstraint(fields=("inspection", "n"), name="release_step_n"),
        ),
        append_only("reports_releasestep", unique=("inspection_id", "n")),
    ]
