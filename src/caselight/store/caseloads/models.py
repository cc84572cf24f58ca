"""What the service supplied: the eligible and ineligible cases; and the subjects that are examined. Keys are random."""

from __future__ import annotations

from django.db import models

from caselight.store.inspections.models import Inspection, Service


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


class SupplierLayout(models.Model):
    """How the files of one source of a service are laid out: which column is which fact. It holds no row of a file."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="layouts")
    source = models.CharField(max_length=100)
    layout = models.JSONField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "source"], name="layout_source")]


class ListDraft(models.Model):
    """A file while it is prepared, sealed under a key of its own that is destroyed when it is accepted or left."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="list_draft")
    subject_key = models.CharField(max_length=100)
    key_id = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class FactCorrection(models.Model):
    """A fact of the caseload that was wrong: what stood there and what is right. ``sealed`` holds the words."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="fact_corrections")
    case_key = models.CharField(max_length=100)
    fact = models.CharField(max_length=100)
    before = models.TextField(blank=True)
    value = models.TextField(blank=True)
    reason = models.CharField(max_length=40)
    eligible = models.BooleanField()
    verdict = models.TextField(blank=True)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
