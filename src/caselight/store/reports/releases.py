"""What is proposed for publication, what became of it, and what is published: as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from caselight.method.faults import Fault, stop
from caselight.store.accounts.models import User
from caselight.store.reports.making import in_hand, made_files
from caselight.store.reports.models import LetterVersion, ReleaseStep
from caselight.store.reports.queries import letters_of, versions_of

PROPOSED, WITHDRAWN, RETURNED, APPROVED = "proposed", "withdrawn", "returned", "approved"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is published: the versions of the letter, the digest of each file by path, and what the files rest on."""

    versions: Mapping[str, int]
    files: Mapping[str, str]
    basis: str

    @property
    def digest(self) -> str:
        """SHA-256 over all of it as canonical JSON: two that are equal are the same to the last byte."""
        said = [sorted(self.versions.items()), sorted(self.files.items()), self.basis]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Release:
    """One step: about which proposal, by whom (their name and their key), when and why, and what was to be published."""

    n: int
    proposal: int
    step: str
    reason: str
    by: str
    by_key: str
    at: datetime
    contents: Contents


def releases_of(inspection: str) -> tuple[Release, ...]:
    """Every step, the newest first."""
    rows = list(ReleaseStep.objects.filter(inspection__key=inspection).order_by("-n"))
    names = dict(User.objects.filter(key__in={row.by for row in rows}).values_list("key", "name"))
    return tuple(
        Release(row.n, row.proposal, row.step, row.reason, names.get(row.by, row.by), row.by, row.at,
                Contents(row.versions, row.files, row.basis))
        for row in rows
    )  # fmt: skip


def waiting(inspection: str) -> Release | None:
    """The proposal that waits for a decision: the newest step, where it is one."""
    newest = next(iter(releases_of(inspection)), None)
    return newest if newest is not None and newest.step == PROPOSED else None


def approved(inspection: str) -> Release | None:
    """The approval by which the letter was published; none for what was published before it came here."""
    return next((one for one in releases_of(inspection) if one.step == APPROVED), None)


def contents_of(inspection: str, basis: str) -> Contents:
    """What would be published now: the newest versions and the files that are here. ``basis`` is what they rest on."""
    versions = {language: versions_of(inspection, language)[0].n for language in letters_of(inspection)}
    return Contents(versions, digests(made_files(inspection, "open")), basis)


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each file by path."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}


def behind(inspection: str, contents: Contents) -> bool:
    """Whether the files are not those of the letter and its figures as they are now, or are not there at all."""
    made = in_hand(inspection).get("open")
    return made is None or (dict(made.versions), made.basis) != (dict(contents.versions), contents.basis)


def changes(before: Contents, now: Contents) -> tuple[str, ...]:
    """What is different since a proposal, in words; nothing where it still holds."""
    said = []
    if before.versions != now.versions:
        said.append("The letter was saved anew.")
    if before.basis != now.basis:
        said.append("Answers, cases or decisions behind its figures changed.")
    if before.files != now.files:
        said.append("The files to publish are others.")
    return tuple(said)


def writers_of(inspection: str) -> frozenset[str]:
    """Who saved any version of the letter: none of them approves it."""
    return frozenset(LetterVersion.objects.filter(inspection__key=inspection).values_list("by", flat=True))


def refuse_altered(inspection: str, files: Mapping[str, bytes]) -> None:
    """Raise ``store.release-altered`` where files of a published letter are not, byte for byte, those that were approved."""
    released = approved(inspection)
    if released is not None and any(
        released.contents.files.get(path) != digest for path, digest in digests(files).items()
    ):
        says = "A file is not the one that was approved for publication."
        cure = "Do not use it. Tell whoever runs the system: the database was changed from outside."
        stop(Fault("store.release-altered", ("files",), says, cure))
