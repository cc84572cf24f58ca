"""Requests to the service, whom to turn to there, and the announcement; they are only ever added to."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


def inspection(name: str) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="inspections.inspection"
    )


def number() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


LAST = (
    ("by", models.CharField(max_length=100)),
    ("at", models.DateTimeField()),
    ("sealed", models.BinaryField()),
    ("key_id", models.CharField(max_length=32)),
    ("chain_n", models.PositiveBigIntegerField()),
)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RequestStep",
            fields=[
                ("id", number()),
                ("request", models.CharField(max_length=40)),
                ("step", models.CharField(max_length=20)),
                ("worker", models.CharField(blank=True, max_length=100)),
                ("case_key", models.CharField(blank=True, max_length=100)),
                ("due", models.DateField()),
                *LAST,
                ("inspection", inspection("request_steps")),
            ],
        ),
        migrations.CreateModel(
            name="ContactStep",
            fields=[
                ("id", number()),
                ("contact", models.CharField(max_length=40)),
                ("removed", models.BooleanField(default=False)),
                *LAST,
                ("inspection", inspection("contact_steps")),
            ],
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", number()),
                ("sent_on", models.DateField()),
                *LAST,
                ("inspection", inspection("announcements")),
            ],
        ),
        append_only("inspections_requeststep"),
        append_only("inspections_contactstep"),
        append_only("inspections_announcement"),
    ]
