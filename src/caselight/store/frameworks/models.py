"""Adopted frameworks. A version is its content: the digest is its key, and nothing of it is ever edited."""

from __future__ import annotations

from django.db import models


class FrameworkVersion(models.Model):
    """A framework as adopted: canonical JSON, and the files as somebody wrote them, comments included."""

    digest = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=100)  # the framework's own id
    version = models.CharField(max_length=50)
    title = models.TextField()
    document = models.TextField()
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="framework_name_version")]


class FrameworkFile(models.Model):
    """One file of an adopted framework, with the path inside its folder."""

    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=400)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "path"], name="framework_path")]
