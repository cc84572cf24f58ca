"""The audit: one chain of rows for each inspection, one for each inspection's reads of identities, one for the system.

A row is its own text: ``row`` holds the canonical JSON that was hashed, and the other columns repeat parts of it so
that it can be found. Nothing here points to another application: who and what are kept as text, and survive purges.
"""

from __future__ import annotations

from django.db import models


class AuditRow(models.Model):
    """One thing that was done. ``hash`` is SHA-256 of the hash before it and ``row``; ``seal`` an HMAC for key holders."""

    chain = models.CharField(max_length=200)
    n = models.PositiveBigIntegerField()  # 1, 2, 3 … in each chain
    at = models.CharField(max_length=32)  # UTC, RFC 3339, by the server's clock
    by = models.CharField(max_length=100)
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_key = models.CharField(max_length=200)
    row = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "n"], name="audit_chain_n")]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="audit_object")]


class Tip(models.Model):
    """The last row of each chain, which is locked to add the next. The chain itself says whether it is true."""

    chain = models.CharField(max_length=200, primary_key=True)
    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class Head(models.Model):
    """A signed end of a chain, as it was sent outside the database."""

    chain = models.CharField(max_length=200)
    n = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.CharField(max_length=32)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=16)
