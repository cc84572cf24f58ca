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
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("step", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=100)),
                ("second", models.CharField(blank=True, max_length=100)),
                ("sealed", models.BinaryField(default=b"")),
                ("key_id", models.CharField(blank=True, max_length=32)),
                ("events_sha256", models.CharField(max_length=64)),
                ("chain_n", models.PositiveBigIntegerField(default=0)),
                ("chain_hash", models.CharField(blank=True, max_length=64)),
                ("signature", models.CharField(blank=True, max_length=128)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="inspections.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Locator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("op_id", models.CharField(db_index=True, max_length=100)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locators",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Migrated",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("op_id", models.CharField(max_length=100)),
                ("migrated_from", models.CharField(max_length=100)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="migrated",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("op_id", models.CharField(max_length=100)),
                ("tool", models.CharField(max_length=60)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("table", models.CharField(blank=True, max_length=60)),
                ("row_key", models.CharField(blank=True, max_length=100)),
                ("question_id", models.CharField(max_length=100)),
                ("pass_kind", models.CharField(db_column="pass", max_length=20)),
                ("value", models.TextField(blank=True)),
                ("reasons", models.TextField(blank=True)),
                ("themes", models.TextField(blank=True)),
                ("notable", models.BooleanField(default=False)),
                ("withdrawn", models.BooleanField(default=False)),
                ("actor", models.CharField(max_length=100)),
                ("device", models.CharField(blank=True, max_length=100)),
                ("base_op_ids", models.TextField(blank=True)),
                ("client_time", models.CharField(max_length=40)),
                ("server_time", models.CharField(max_length=40)),
                ("framework_version", models.CharField(max_length=100)),
                ("payload_sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField(default=b"")),
                ("key_id", models.CharField(blank=True, max_length=32)),
                ("chain_n", models.PositiveBigIntegerField()),
                ("chain_hash", models.CharField(max_length=64)),
                (
                    "inspection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["inspection", "subject_key", "question_id"], name="event_address")],
                "constraints": [
                    models.UniqueConstraint(fields=("op_id",), name="event_once"),
                    models.UniqueConstraint(fields=("inspection", "chain_n"), name="event_chain_n"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Excerpt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=100)),
                ("op_id", models.CharField(db_index=True, max_length=100)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excerpts",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("inspection", "key"), name="excerpt_key")],
            },
        ),
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("op_id", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=80)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                ("payload_sha256", models.CharField(max_length=64)),
                ("evidence_sha256", models.CharField(blank=True, max_length=64)),
                ("received_at", models.DateTimeField()),
                ("received_from", models.CharField(max_length=100)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quarantined",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "op_id", "payload_sha256", "evidence_sha256"), name="quarantined_once"
                    )
                ],
            },
        ),
    ]
