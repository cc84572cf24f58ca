"""Actions agreed beside answers."""

from __future__ import annotations

from django.db import models

from caselight.store.inspections.models import Inspection


class Action(models.Model):
    """What somebody will do because of an answer, who, and by when."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_key = models.CharField(max_length=100, blank=True)
    question_id = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    owner = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, default="open")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="action_key")]
