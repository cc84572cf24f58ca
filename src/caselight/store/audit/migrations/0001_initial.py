"""The tables as they began."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=200)),
                ("n", models.PositiveBigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("at", models.CharField(max_length=32)),
                ("signature", models.CharField(max_length=128)),
                ("key_id", models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("chain", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("n", models.PositiveBigIntegerField(default=0)),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000", max_length=64
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=200)),
                ("n", models.PositiveBigIntegerField()),
                ("at", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=100)),
                ("act", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_key", models.CharField(max_length=200)),
                ("row", models.TextField()),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["object_kind", "object_key"], name="audit_object")],
                "constraints": [models.UniqueConstraint(fields=("chain", "n"), name="audit_chain_n")],
            },
        ),
    ]
