"""Adopted frameworks as values, and the files that they were adopted with."""

from __future__ import annotations

from functools import lru_cache

from caselight.method.framework.definition import Framework
from caselight.store.frameworks.models import FrameworkFile, FrameworkVersion


@lru_cache(maxsize=32)
def framework_of(digest: str) -> Framework:
    """The framework of an address. It never changes, so it is read once in the life of a process.

    Raises ``FrameworkVersion.DoesNotExist`` for an address that nothing has.
    """
    document = FrameworkVersion.objects.values_list("document", flat=True).get(digest=digest)
    return Framework.model_validate_json(document)


def files_of(digest: str) -> dict[str, bytes]:
    """The files of an adopted framework by their path inside its folder."""
    rows = FrameworkFile.objects.filter(framework_id=digest).order_by("path").values_list("path", "content")
    return {path: bytes(content) for path, content in rows}
