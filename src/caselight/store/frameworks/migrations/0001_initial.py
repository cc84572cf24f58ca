"""The tables as they began."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FrameworkVersion",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=50)),
                ("title", models.TextField()),
                ("document", models.TextField()),
                ("adopted_at", models.DateTimeField()),
                ("adopted_by", models.CharField(max_length=100)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "version"), name="framework_name_version")],
            },
        ),
        migrations.CreateModel(
            name="FrameworkFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=400)),
                ("content", models.BinaryField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="frameworks.frameworkversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("framework", "path"), name="framework_path")],
            },
        ),
    ]
