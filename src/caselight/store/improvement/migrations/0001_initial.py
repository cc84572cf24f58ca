"""The tables as they began."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("inspections", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=100)),
                ("subject_kind", models.CharField(blank=True, max_length=60)),
                ("subject_key", models.CharField(blank=True, max_length=100)),
                ("question_id", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField()),
                ("owner", models.TextField(blank=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("status", models.CharField(default="open", max_length=20)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="inspections.inspection"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("inspection", "key"), name="action_key")],
            },
        ),
    ]
