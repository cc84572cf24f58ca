"""Sheets of feedback, one page that can be spoken. They are only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_remarks")]

    operations = [
        migrations.CreateModel(
            name="FeedbackSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField()),
                ("opening", models.TextField()),
                ("strengths", models.JSONField()),
                ("areas", models.JSONField()),
                ("closing", models.TextField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback_sheets",
                        to="inspections.inspection",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="feedbacksheet",
            constraint=models.UniqueConstraint(fields=("inspection", "n"), name="feedback_sheet_n"),
        ),
        append_only("reports_feedbacksheet", unique=("inspection_id", "n")),
    ]
