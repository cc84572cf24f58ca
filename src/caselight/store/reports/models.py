"""The letter in each language, what was accepted in it, and figures from elsewhere. Every saved version is kept."""

from __future__ import annotations

from django.db import models

from caselight.store.inspections.models import Inspection


class LetterVersion(models.Model):
    """The source of the letter in one language, as somebody saved it; the newest is the letter."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=20)
    n = models.PositiveIntegerField()
    text = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "language", "n"], name="letter_n")]


class Accepted(models.Model):
    """A claim as somebody accepted it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="accepted")
    position = models.PositiveIntegerField()
    row = models.JSONField()  # the fields of ``caselight.method.inspection.package.Accepted``


class External(models.Model):
    """A published statistic or a stated comparison."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="external")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    row = models.JSONField()  # the fields of ``caselight.method.inspection.package.External``

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="external_key")]
