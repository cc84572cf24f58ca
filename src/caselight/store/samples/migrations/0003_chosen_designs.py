"""Designs that are chosen in the store, each with its seed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("samples", "0002_sealed_notes")]

    operations = [
        migrations.CreateModel(
            name="ChosenDesign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("design", models.CharField(blank=True, max_length=100)),
                ("seed", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(blank=True, null=True)),
                ("because", models.TextField(blank=True)),
                ("reserves", models.PositiveIntegerField(blank=True, null=True)),
                ("strata", models.JSONField(default=list)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chosen_designs",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("inspection", "design"), name="chosen_design")],
            },
        ),
    ]
