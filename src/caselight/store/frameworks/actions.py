"""Adopting a framework: from then on inspections can be pinned to it, and nothing of it is ever edited."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from caselight.method.faults import Fault, stop
from caselight.method.framework.definition import Framework
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.frameworks.models import FrameworkFile, FrameworkVersion


@dataclass(frozen=True, slots=True)
class Adopted:
    """A framework that is adopted: its address, and whether it was adopted just now."""

    digest: str
    name: str
    version: str
    new: bool


@transaction.atomic
def adopt(
    *, by: str, framework: Framework, files: Mapping[str, bytes], document: str, digest: str, at: datetime
) -> Adopted:
    """Adopt a framework: its canonical JSON and the files that somebody wrote, by path.

    The same again is the one that is there, with the files of then. Raises ``store.framework-differs`` where the name
    and version belong to another content: answers of both would look alike.
    """
    there = _there(framework, digest, document)
    if there is not None:
        return there
    try:
        with transaction.atomic():
            made = _made(by=by, framework=framework, document=document, digest=digest, at=at)
    except IntegrityError:  # adopted by somebody else in this moment
        there = _there(framework, digest, document)
        if there is None:
            raise
        return there
    FrameworkFile.objects.bulk_create(
        [FrameworkFile(framework=made, path=path, content=content) for path, content in sorted(files.items())]
    )
    detail: dict[str, Plain] = {
        "name": framework.id,
        "version": framework.version,
        "document_sha256": hashlib.sha256(document.encode()).hexdigest(),
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())},
    }
    record(chain="system", by=by, act=Act.FRAMEWORK_ADOPTED, of=("framework", digest), detail=detail, at=at)
    return Adopted(digest, framework.id, framework.version, new=True)


def _there(framework: Framework, digest: str, document: str) -> Adopted | None:
    """What has the framework's name and version, if anything; refused where that is another content."""
    before = FrameworkVersion.objects.filter(name=framework.id, version=framework.version).first()
    if before is None:
        return None
    if (before.digest, before.document) != (digest, document):
        _differs(framework)
    return Adopted(digest, framework.id, framework.version, new=False)


def _made(*, by: str, framework: Framework, document: str, digest: str, at: datetime) -> FrameworkVersion:
    return FrameworkVersion.objects.create(
        digest=digest,
        name=framework.id,
        version=framework.version,
        title=framework.title.in_(framework.languages[0]),
        document=document,
        adopted_at=at,
        adopted_by=by,
    )


def _differs(framework: Framework) -> None:
    says = f"The framework {framework.id} {framework.version} is adopted already, and its content is another one."
    cure = "Give the changed framework another version, or take the adopted files."
    stop(Fault("store.framework-differs", ("framework", "version"), says, cure))
