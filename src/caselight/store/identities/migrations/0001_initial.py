"""The tables as they began."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inspection", models.CharField(max_length=100)),
                ("subject_key", models.CharField(blank=True, max_length=100)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=32)),
                ("placed_by", models.CharField(max_length=100)),
                ("placed_at", models.DateTimeField()),
                ("confirmed_by", models.CharField(blank=True, max_length=100)),
                ("lift_asked_by", models.CharField(blank=True, max_length=100)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("inspection", models.CharField(max_length=100)),
                ("asked_by", models.CharField(max_length=100)),
                ("confirmed_by", models.CharField(blank=True, max_length=100)),
                ("asked_at", models.DateTimeField()),
                ("step", models.CharField(max_length=30)),
                ("certificate", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RetentionPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.CharField(max_length=40)),
                ("length", models.CharField(max_length=40)),
                ("owner", models.CharField(max_length=200)),
                ("confirmed_by", models.CharField(max_length=100)),
                ("confirmed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inspection", models.CharField(max_length=100)),
                ("subject_key", models.CharField(max_length=100)),
                ("service", models.CharField(max_length=100)),
                ("key_id", models.CharField(max_length=32)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("inspection", "subject_key"), name="person_subject")],
            },
        ),
        migrations.CreateModel(
            name="BlockingKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocking_keys",
                        to="identities.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PurgeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_key", models.CharField(max_length=100)),
                ("key_id", models.CharField(max_length=32)),
                (
                    "purge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="identities.purge"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubjectKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inspection", models.CharField(max_length=100)),
                ("subject_key", models.CharField(max_length=100)),
                ("key_id", models.CharField(max_length=32, unique=True)),
                ("retain_until", models.DateField(blank=True, null=True)),
                ("purged_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("inspection", "subject_key"), name="subject_key_once")],
            },
        ),
    ]
