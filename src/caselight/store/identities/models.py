"""The vault. A row can be read only with its own key, which lies in the keyring outside the database and can be destroyed.

``subject_key`` is random. Blocking keys are HMACs, so that the same child can be recognised and nobody can be guessed.
"""

from __future__ import annotations

from django.db import models


class SubjectKey(models.Model):
    """Which key of the keyring is whose, and until when what is sealed under it may be kept.

    The row outlives a purge: it says that the subject is gone. An empty ``subject_key`` is the inspection itself, whose
    day holds for every subject without one.
    """

    inspection = models.CharField(max_length=100)  # by key: inspections stand above
    subject_key = models.CharField(max_length=100)
    key_id = models.CharField(max_length=32, unique=True)
    retain_until = models.DateField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "subject_key"], name="subject_key_once")]


class Person(models.Model):
    """Who a subject is: one sealed text, under the key of its subject. Deleted by a purge."""

    inspection = models.CharField(max_length=100)
    subject_key = models.CharField(max_length=100)
    service = models.CharField(max_length=100)
    key_id = models.CharField(max_length=32)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "subject_key"], name="person_subject")]


class BlockingKey(models.Model):
    """A keyed fingerprint of something that tells a person apart: two that agree may be the same person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocking_keys")
    kind = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, db_index=True)


class RetentionPeriod(models.Model):
    """How long a kind of record is kept, as the controller confirmed it; the newest of a kind counts."""

    record = models.CharField(max_length=40)
    length = models.CharField(max_length=40)
    owner = models.CharField(max_length=200)
    confirmed_by = models.CharField(max_length=100)
    confirmed_at = models.DateTimeField()


class Hold(models.Model):
    """A reason why nothing of an inspection or of one subject may be purged; it beats every date until it is lifted."""

    inspection = models.CharField(max_length=100)
    subject_key = models.CharField(max_length=100, blank=True)  # empty: the whole inspection
    sealed = models.BinaryField()  # the reason, which may name somebody
    key_id = models.CharField(max_length=32)
    placed_by = models.CharField(max_length=100)
    placed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=100, blank=True)
    lift_asked_by = models.CharField(max_length=100, blank=True)  # it holds until a second person lifts it
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=100, blank=True)


class Purge(models.Model):
    """A purge and the last step it has finished; one that was interrupted is taken up again at the next start."""

    key = models.CharField(max_length=32, unique=True)
    inspection = models.CharField(max_length=100)
    asked_by = models.CharField(max_length=100)
    confirmed_by = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    step = models.CharField(max_length=30)
    certificate = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)


class PurgeItem(models.Model):
    """One subject of a purge."""

    purge = models.ForeignKey(Purge, on_delete=models.CASCADE, related_name="items")
    subject_key = models.CharField(max_length=100)
    key_id = models.CharField(max_length=32)
