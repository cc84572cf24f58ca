"""The files of the letter, how far their making is, and the files themselves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_letter_decisions")]

    operations = [
        migrations.CreateModel(
            name="Making",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="going", max_length=10)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("step_at", models.DateTimeField()),
                ("faults", models.JSONField(default=list)),
                ("versions", models.JSONField(default=dict)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="makings", to="inspections.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MadeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "making",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reports.making"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["making", "path"], name="made_path")],
            },
        ),
    ]
