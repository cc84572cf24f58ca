"""The timetable: the states of its slots, what was published, what became of each slot. They are only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from caselight.store.audit.append_only import append_only


def _key() -> tuple[str, models.BigAutoField]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _of(name: str) -> tuple[str, models.ForeignKey]:
    key = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to="inspections.inspection")
    return "inspection", key


def _once(name: str) -> dict[str, list[models.UniqueConstraint]]:
    return {"constraints": [models.UniqueConstraint(fields=["inspection", "chain_n"], name=name)]}


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("samples", "0003_chosen_designs")]

    operations = [
        migrations.CreateModel(
            name="Slot",
            fields=[
                _key(),
                ("slot", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=100)),
                ("worker", models.CharField(blank=True, max_length=100)),
                ("user", models.CharField(max_length=100)),
                ("day", models.DateField()),
                ("half", models.CharField(max_length=2)),
                ("starts", models.CharField(blank=True, max_length=5)),
                ("room", models.CharField(blank=True, max_length=60)),
                ("off", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("chain_n", models.PositiveBigIntegerField()),
                _of("slots"),
            ],
            options=_once("slot_chain_n"),
        ),
        migrations.CreateModel(
            name="SlotPublication",
            fields=[
                _key(),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("chain_n", models.PositiveBigIntegerField()),
                _of("slot_publications"),
            ],
            options=_once("slot_publication_chain_n"),
        ),
        migrations.CreateModel(
            name="SlotOutcome",
            fields=[
                _key(),
                ("slot", models.CharField(max_length=40)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("sealed", models.BinaryField(default=b"")),
                ("key_id", models.CharField(blank=True, max_length=32)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("chain_n", models.PositiveBigIntegerField()),
                _of("slot_outcomes"),
            ],
            options=_once("slot_outcome_chain_n"),
        ),
        append_only("samples_slot", unique=["inspection_id", "chain_n"]),
        append_only("samples_slotpublication", unique=["inspection_id", "chain_n"]),
        append_only("samples_slotoutcome", unique=["inspection_id", "chain_n"]),
    ]
