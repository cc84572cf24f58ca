"""What became of messages that could not be taken as answers; rows are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_presence")]

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(max_length=20)),
                ("op_id", models.CharField(blank=True, max_length=100)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField(default=b"")),
                ("key_id", models.CharField(blank=True, max_length=32)),
                ("chain_n", models.PositiveBigIntegerField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlement",
                        to="assessments.quarantined",
                    ),
                ),
            ],
        ),
        append_only("assessments_settlement", unique=["message_id"]),
    ]
