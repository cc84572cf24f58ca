"""Judgements as events. An event is inserted and never changed: triggers of the database refuse an update or a delete.

Free text (the note, a reason, a written answer) lies in ``sealed`` under the subject's own key, coded answers in
``value``: when the key is destroyed the words are gone and the count stays (ADR 0017).
"""

from __future__ import annotations

from django.db import models

from caselight.store.inspections.models import Inspection


class AnswerEvent(models.Model):
    """One recorded answer (see ``caselight.method.answers.events.AnswerEvent``) and its place in the audit chain."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="events", db_index=False)
    op_id = models.CharField(max_length=100)
    tool = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    table = models.CharField(max_length=60, blank=True)
    row_key = models.CharField(max_length=100, blank=True)
    question_id = models.CharField(max_length=100)
    pass_kind = models.CharField(max_length=20, db_column="pass")
    value = models.TextField(blank=True)
    reasons = models.TextField(blank=True)  # joined by |, as in the package
    themes = models.TextField(blank=True)
    notable = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    actor = models.CharField(max_length=100)
    device = models.CharField(max_length=100, blank=True)
    base_op_ids = models.TextField(blank=True)
    client_time = models.CharField(max_length=40)
    server_time = models.CharField(max_length=40)
    framework_version = models.CharField(max_length=100)
    payload_sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(default=b"")  # note, resolves_reason, a written value; empty where there are none
    key_id = models.CharField(max_length=32, blank=True)
    chain_n = models.PositiveBigIntegerField()  # of the audit row that was written with it; the order in the file
    chain_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["op_id"], name="event_once"),
            models.UniqueConstraint(fields=["inspection", "chain_n"], name="event_chain_n"),
        ]
        indexes = [models.Index(fields=["inspection", "subject_key", "question_id"], name="event_address")]


class Quarantined(models.Model):
    """A message that could not be taken as an answer and was not dropped: kept as it came, with the reason, for a person."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="quarantined")
    op_id = models.CharField(max_length=100)
    code = models.CharField(max_length=80)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    payload_sha256 = models.CharField(max_length=64)
    evidence_sha256 = models.CharField(max_length=64, blank=True)  # of the locators and excerpts that came with it
    received_at = models.DateTimeField()
    received_from = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "op_id", "payload_sha256", "evidence_sha256"], name="quarantined_once"
            )
        ]


class Settlement(models.Model):
    """What became of a quarantined message: its author recorded it anew, or it was left out with a reason. Only ever added."""

    message = models.OneToOneField(Quarantined, on_delete=models.PROTECT, related_name="settlement")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="settlements")
    how = models.CharField(max_length=20)
    op_id = models.CharField(max_length=100, blank=True)  # of the answer that was recorded in its place
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField(default=b"")  # the reason, under the key of the message
    key_id = models.CharField(max_length=32, blank=True)
    chain_n = models.PositiveBigIntegerField()


class Stance(models.Model):
    """What an author of one of several answers said: which of them stands, and why. Only ever added; the last one counts."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="stances")
    number = models.CharField(max_length=32)  # random; the reason is bound to it
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    heads = models.TextField()  # the ids of all the answers, in order, joined by |
    chosen = models.CharField(max_length=100)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    chain_n = models.PositiveBigIntegerField()


class CaseStep(models.Model):
    """A step of a case: completed, moderated, signed, countersigned (locked), unlocked, reopened. Only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="steps")
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    step = models.CharField(max_length=20)
    by = models.CharField(max_length=100)
    second = models.CharField(max_length=100, blank=True)  # the other person, where two are needed
    sealed = models.BinaryField(default=b"")  # the reason, where one is given
    key_id = models.CharField(max_length=32, blank=True)
    events_sha256 = models.CharField(max_length=64)  # of the op_ids and digests of the case's heads
    chain_n = models.PositiveBigIntegerField(default=0)  # of the audit row that was written with it
    chain_hash = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)  # of the server's key, where a person signed
    at = models.DateTimeField()


class UnlockStep(models.Model):
    """A step of asking that a locked case be opened again: asked, allowed, seconded, refused. Only ever added.

    ``request`` is the random key that its steps share.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="unlock_steps")
    request = models.CharField(max_length=32)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    step = models.CharField(max_length=20)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField(default=b"")  # the reason, where one is given
    key_id = models.CharField(max_length=32, blank=True)
    chain_n = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["inspection", "subject_key"], name="unlock_of_case")]


class Locator(models.Model):
    """Where in the file the evidence of an event is, sealed under the subject's key."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="locators")
    position = models.PositiveIntegerField()
    op_id = models.CharField(max_length=100, db_index=True)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)


class Excerpt(models.Model):
    """Words quoted, with the alias they are printed under, sealed under the subject's key."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="excerpts")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    op_id = models.CharField(max_length=100, db_index=True)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="excerpt_key")]


class Migrated(models.Model):
    """An answer that was taken over from one recorded with an earlier framework."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="migrated")
    position = models.PositiveIntegerField()
    op_id = models.CharField(max_length=100)
    migrated_from = models.CharField(max_length=100)


class ConcernStep(models.Model):
    """A step of an urgent concern about a child: raised, told, answered, closed. Only ever added, and no finding.

    ``concern`` is the random key that its steps share; what was seen, who was told and what they said is sealed.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="concern_steps")
    concern = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    step = models.CharField(max_length=20)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    chain_n = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["inspection", "subject_key"], name="concern_of_case")]


class Presence(models.Model):
    """Who was present while a subject was examined, sealed; the last one noted counts. Only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="presences")
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=100)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    chain_n = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["inspection", "subject_key"], name="presence_of_case")]
