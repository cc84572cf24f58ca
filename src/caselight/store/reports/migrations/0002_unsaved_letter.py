"""What somebody typed and has not saved is kept for them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("reports", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="UnsavedLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=100)),
                ("base", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unsaved_letters",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["inspection", "language", "by"], name="unsaved_letter_by")
                ],
            },
        ),
    ]
