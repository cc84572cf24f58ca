"""What the service supplied: the eligible and ineligible cases; and the subjects that are examined. Keys are random."""

from __future__ import annotations

from django.db import models

from caselight.store.inspections.models import Inspection


class Subject(models.Model):
    """A case, a case manager or another subject. ``label`` ("Case 07") is derived from nothing."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="subjects")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    label = models.TextField(blank=True)
    managed_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "kind", "key"], name="subject_key")]


class CaseloadCase(models.Model):
    """One row of the caseload: facts as text, as the framework types them."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="caseload")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    eligible = models.BooleanField()
    reason = models.TextField(blank=True)
    managed_by = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="caseload_key")]
