"""The letter in each language, what was accepted, decided and said about it, and the files made of it.

Every saved version, decision and remark is kept; words that are not saved yet are kept for their author alone.
"""

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


class Comparator(models.Model):
    """A published cell that the letter may quote, with its measure and where it was read. Rows are only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="comparators")
    key = models.CharField(max_length=100)
    measure = models.CharField(max_length=60)
    row = models.JSONField()  # the fields of ``caselight.method.reoffending.cited.Comparator``
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="comparator_key")]


class UnsavedLetter(models.Model):
    """What somebody typed and has not saved, kept so that nothing is lost; only they see it. ``base``: typed on which."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="unsaved_letters")
    language = models.CharField(max_length=20)
    by = models.CharField(max_length=100)
    base = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "language", "by"], name="unsaved_letter_by")]


class NumberDecision(models.Model):
    """A small number about children may be printed: who decided, and why. The newest about a figure counts."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="number_decisions")
    figure = models.CharField(max_length=200)
    reason = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class LikeAName(models.Model):
    """A word of the letter looks like a known name and is none: who said so, and why."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="words_like_names")
    word = models.CharField(max_length=100)
    reason = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class Making(models.Model):
    """The files of the letter being made, or made: for the team (``working``) or to be published (``open``).

    ``step`` is what is being done now, ``faults`` what stood against it as plain values; ``versions`` are the versions
    of the letter it was made from, by language.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="makings")
    kind = models.CharField(max_length=10)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="going")  # then: done, refused, failed
    step = models.CharField(max_length=200, blank=True)
    step_at = models.DateTimeField()
    faults = models.JSONField(default=list)
    versions = models.JSONField(default=dict)
    basis = models.CharField(max_length=64, blank=True)  # what they were made from beside the text: a digest


class MadeFile(models.Model):
    """One file of a making."""

    making = models.ForeignKey(Making, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=200)
    size = models.PositiveIntegerField()  # in bytes
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["making", "path"], name="made_path")]


class Remark(models.Model):
    """A suggestion or a comment about a place in the letter: what it says, what should stand there, and on what ground."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="remarks")
    language = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)  # suggestion, comment
    place = models.CharField(max_length=100)
    says = models.TextField()
    instead = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class RemarkDecision(models.Model):
    """What was decided about a remark: ``taken`` or ``left``, and why. The newest counts."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class FeedbackSheet(models.Model):
    """One page of feedback that can be spoken, as somebody saved it; the newest counts.

    ``strengths`` and ``areas`` are lists of pairs: the key of a figure (empty for none) and what is said.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="feedback_sheets")
    n = models.PositiveIntegerField()
    opening = models.TextField()
    strengths = models.JSONField()
    areas = models.JSONField()
    closing = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "n"], name="feedback_sheet_n")]


class ReleaseStep(models.Model):
    """One step of the letter's way out: proposed, withdrawn, sent back with the reason, or approved, which publishes it.

    ``proposal`` is the ``n`` of the proposal that a step is about. A proposal and its approval hold what is published:
    ``versions`` by language, the digest of each of the ``files`` by path, what they rest on (``basis``), and the
    ``digest`` of these three.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="release_steps")
    n = models.PositiveIntegerField()
    proposal = models.PositiveIntegerField()
    step = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    versions = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    basis = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "n"], name="release_step_n")]
