"""Which column of a service's file is what, remembered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("caseloads", "0001_initial"), ("inspections", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SupplierLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=100)),
                ("layout", models.JSONField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="layouts", to="inspections.service"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("service", "source"), name="layout_source")],
            },
        ),
    ]
