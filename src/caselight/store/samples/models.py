"""Which cases were drawn, in which order, what was removed and why; who examines which case; and the timetable."""

from __future__ import annotations

from django.db import models

from caselight.store.accounts.models import User
from caselight.store.inspections.models import Inspection


class SampledCase(models.Model):
    """One row of the sample (see ``caselight.method.inspection.package.SampledCase``)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="sample")
    position = models.PositiveIntegerField()
    case_key = models.CharField(max_length=100)
    order = models.PositiveIntegerField()
    stratum = models.TextField(blank=True)
    status = models.CharField(max_length=20)
    removed_reason = models.TextField(blank=True)
    replaced_by = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)  # of the draw itself
    sealed_note = models.BinaryField(default=b"")  # what somebody wrote on removing the case
    key_id = models.CharField(max_length=32, blank=True)
    design = models.CharField(max_length=100, blank=True)
    assessed_twice = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "design", "case_key"], name="sampled_case")]


class SizeChange(models.Model):
    """One change of a size and its reason."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="size_changes")
    position = models.PositiveIntegerField()
    design = models.CharField(max_length=100, blank=True)
    step = models.PositiveIntegerField()
    part = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    size = models.IntegerField()
    note = models.TextField(blank=True)


class ChosenDesign(models.Model):
    """A design that was chosen in the store, with its seed, which is fixed then. An empty ``design`` is an own one."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="chosen_designs")
    design = models.CharField(max_length=100, blank=True)
    seed = models.CharField(max_length=64)
    size = models.PositiveIntegerField(null=True, blank=True)
    because = models.TextField(blank=True)
    reserves = models.PositiveIntegerField(null=True, blank=True)
    strata = models.JSONField(default=list)  # of an own one
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "design"], name="chosen_design")]


class Allocation(models.Model):
    """A case given to somebody to examine, in one pass."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="allocations")
    case_key = models.CharField(max_length=100)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")
    pass_kind = models.CharField(max_length=20, default="first")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Slot(models.Model):
    """A slot of the timetable as it was from an instant on; the last state of a ``slot`` counts. Only ever added.

    ``subject`` is a case that is examined, or a worker who is interviewed; ``worker`` sits beside the inspector.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="slots")
    slot = models.CharField(max_length=40)  # a random key, the same for all states of one slot
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    worker = models.CharField(max_length=100, blank=True)
    user = models.CharField(max_length=100)  # the inspector's key
    day = models.DateField()
    half = models.CharField(max_length=2)
    starts = models.CharField(max_length=5, blank=True)  # by the clock there, as 09:30
    room = models.CharField(max_length=60, blank=True)
    off = models.BooleanField(default=False)  # taken off the timetable
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    chain_n = models.PositiveBigIntegerField()  # of the audit row that was written with it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "chain_n"], name="slot_chain_n")]


class SlotPublication(models.Model):
    """That the timetable was published: everything that was said of slots before this row of the audit. Only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="slot_publications")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    chain_n = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "chain_n"], name="slot_publication_chain_n")]


class SlotOutcome(models.Model):
    """That a slot was held, or cancelled and why, or that this was taken back; the last one counts. Only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="slot_outcomes")
    slot = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField(default=b"")  # the note, under the key of the subject
    key_id = models.CharField(max_length=32, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    chain_n = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "chain_n"], name="slot_outcome_chain_n")]
