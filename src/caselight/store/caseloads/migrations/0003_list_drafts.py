"""A case list while it is prepared, sealed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("caseloads", "0002_supplier_layouts")]

    operations = [
        migrations.CreateModel(
            name="ListDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_key", models.CharField(max_length=100)),
                ("key_id", models.CharField(max_length=32)),
                ("version", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_draft",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
    ]
