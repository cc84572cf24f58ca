"""Publishing the letter of the store by two persons: what would be published, what stands against it, and the steps.

What stands against a publication is asked again when it is approved, inside the transaction that publishes: nobody saves
an answer or a word between the look and the step.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from caselight.formats.package import layout
from caselight.formats.package.writing import write_tables
from caselight.method.analysis.examined import Examined
from caselight.method.answers.snapshot import snapshot
from caselight.method.faults import Fault, Severity, refuse
from caselight.method.inspection.package import Identity, Package
from caselight.procedures.checking import inspection_faults, letter_faults, stops_publication
from caselight.procedures.lettering import letter_package
from caselight.procedures.publishing import names_in
from caselight.procedures.stored import store_package
from caselight.store.identities.actions.vault import names_to_check
from caselight.store.inspections.queries import found
from caselight.store.reports import releasing
from caselight.store.reports.making import made_files
from caselight.store.reports.releases import Contents, behind, contents_of

BEHIND = (layout.SUBJECTS, layout.CASELOAD, layout.SAMPLE, layout.EXTERNAL, layout.LOCATORS, layout.EXCERPTS)


@dataclass(frozen=True)
class Ready:
    """What would be published now, whether its files are to be made first, and what stands against publishing it."""

    contents: Contents
    behind: bool
    faults: tuple[Fault, ...]


def ready(key: str, *, by: str, at: datetime) -> Ready:
    """How near the letter is to being published. It is checked for names, which leaves a row in the audit."""
    return _ready(key, names_to_check(by=by, inspection=key, at=at))


def propose(key: str, *, by: str, at: datetime) -> int:
    """Propose the letter for publication. Raises what stands against it, and what ``store.reports.releasing`` refuses."""
    names = names_to_check(by=by, inspection=key, at=at)
    with transaction.atomic():
        found(key, locked=True)
        return releasing.propose(by=by, inspection=key, contents=_fit(key, names), at=at)


def approve(key: str, proposal: int, *, by: str, at: datetime) -> None:
    """Approve a proposal, which publishes the letter. Raises as :func:`propose` does."""
    names = names_to_check(by=by, inspection=key, at=at)
    with transaction.atomic():
        found(key, locked=True)
        releasing.approve(by=by, inspection=key, proposal=proposal, contents=_fit(key, names), at=at)


def publish_alone(key: str, *, by: str, at: datetime) -> None:
    """Propose and approve in one step, as whoever leads a service's audit of its own cases may. Raises as both do."""
    names = names_to_check(by=by, inspection=key, at=at)
    with transaction.atomic():
        found(key, locked=True)
        contents = _fit(key, names)
        n = releasing.propose(by=by, inspection=key, contents=contents, at=at)
        releasing.approve(by=by, inspection=key, proposal=n, contents=contents, at=at)


def basis_of(package: Package) -> str:
    """What the files of the letter rest on beside its text: answers, cases, sample, statistics, decisions, as a digest."""
    digest = hashlib.sha256(snapshot(package.events).encode())
    digest.update(package.inspection.model_dump_json(by_alias=True).encode())
    with tempfile.TemporaryDirectory() as place:
        write_tables(Path(place), replace(package, identities=()), *BEHIND)
        for path in sorted(Path(place).iterdir()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _fit(key: str, names: Iterable[Identity]) -> Contents:
    """What is published, or :class:`Faults` with what stands against it."""
    seen = _ready(key, names)
    refuse(replace(fault, severity=Severity.ERROR) for fault in seen.faults)
    return seen.contents


def _ready(key: str, names: Iterable[Identity]) -> Ready:
    contents = contents_of(key, basis_of(store_package(key)))
    package = replace(letter_package(key), identities=tuple(names))
    faults = tuple(_against(package))
    if not faults:
        faults = tuple(names_in(made_files(key, "open"), package))
    return Ready(contents, behind(key, contents), faults)


def _against(package: Package) -> Iterator[Fault]:
    """What keeps a letter from being published; an audit round may be published without a report of ours."""
    examined = Examined(package, package.inspection.languages[0])
    wanted = package.letters or package.inspection.kind == "external"
    spoken = package.inspection.languages if wanted else ()
    against = inspection_faults(package, examined, read=(), letters=lambda: letter_faults(package, examined, spoken))
    yield from filter(stops_publication, against)
