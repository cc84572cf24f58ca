"""An inspection taken out of the store as a package: the same folder that came in, and what was done to it since."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from caselight.formats.files import whole_folder
from caselight.formats.package import layout
from caselight.formats.package.archive import pack
from caselight.formats.package.seal import differences, seal
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.snapshot import snapshot
from caselight.method.faults import Fault, quoted, stop
from caselight.method.inspection.package import Identity, Package
from caselight.procedures.moving.columns import as_they_came
from caselight.procedures.moving.designs import with_designs
from caselight.procedures.moving.slots import with_slots
from caselight.procedures.stored import as_recorded, files_in_store
from caselight.store.assessments.words import DESTROYED
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.identities.actions.vault import read_identities
from caselight.store.identities.queries import identified
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found, inspection_of


@dataclass(frozen=True, slots=True)
class Exported:
    """What was taken out: the inspection, how many answers and names, and the snapshot of the answers."""

    key: str
    events: int
    names: int
    snapshot: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """An inspection as its folder will hold it."""

    package: Package
    source: bytes
    tables: Mapping[str, tuple[str, ...]]
    files: Mapping[str, bytes]
    framework: Mapping[str, bytes]


def export_package(key: str, target: Path, *, by: str, at: datetime, names: bool = False) -> Exported:
    """Write an inspection into a new folder, or a zip where ``target`` ends with ``.zip``, in the name of ``by``.

    ``names`` also takes who the subjects are out of the vault, one audited read each. The audit is written first: what
    is in no row of it does not leave. Raises ``store.no-inspection``, ``store.target-not-empty``, and what writing or
    reading names refuses.
    """
    zipped = target.suffix == ".zip"
    if not zipped and target.exists() and (not target.is_dir() or any(target.iterdir())):
        says = f"There is something in {quoted(target.name)} already."
        stop(Fault("store.target-not-empty", (target.name,), says, "Name a folder that does not exist yet."))
    whole, done = _taken_out(key, by=by, at=at, names=names)
    if not zipped:
        with whole_folder(target) as beside:
            _lay_out(whole, beside)
        return done
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "inspection"
        folder.mkdir()
        _lay_out(whole, folder)
        pack(folder, target, with_private=names)
    return done


@transaction.atomic
def _taken_out(key: str, *, by: str, at: datetime, names: bool) -> tuple[_Whole, Exported]:
    """Everything of an inspection at one moment: it is locked, so that no answer comes in between."""
    found(key, locked=True)
    kept, package = inspection_of(key), with_slots(key, as_recorded(key))
    package = replace(package, events=tuple(map(_as_it_can_be_checked, package.events)))
    files, framework = files_in_store(key)
    if names:
        package = replace(package, identities=_identities(key, by, at))
    done = Exported(key, len(package.events), len(package.identities), snapshot(package.events))
    detail: dict[str, Plain] = {"events": done.events, "names": done.names, "snapshot": done.snapshot}
    record(chain=chain(key), by=by, act=Act.INSPECTION_EXPORTED, of=("inspection", key), detail=detail, at=at)
    source = with_designs(kept.source, kept.definition, package.inspection)
    return _Whole(package, source, kept.tables, files, framework), done


def _as_it_can_be_checked(event: AnswerEvent) -> AnswerEvent:
    """Without its digest where words of it were purged: nothing fits that any more, but guesses of the words."""
    purged = DESTROYED in (event.note, event.resolves_reason, event.value)
    return event._replace(payload_sha256="") if purged else event


def _identities(key: str, by: str, at: datetime) -> tuple[Identity, ...]:
    read = read_identities(by=by, inspection=key, subject_keys=identified(key), at=at)
    return tuple(particulars.identity for particulars in read.values())


def _lay_out(whole: _Whole, folder: Path) -> None:
    """The files into an empty folder: first those that keep their bytes, then the tables and letters around them."""
    framework = {f"{layout.FRAMEWORK}/{name}": content for name, content in whole.framework.items()}
    empty = dict.fromkeys((table.file for table in layout.UNLESS_EMPTY if table.file in whole.tables), b"")
    for name, content in {**empty, **whole.files, **framework, layout.INSPECTION: whole.source}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    write_package(whole.package, folder)
    for table in layout.TABLES:
        if table.file not in whole.tables and not table.required and not getattr(whole.package, table.section):
            (folder / table.file).unlink(missing_ok=True)
    as_they_came(folder, whole.tables)
    _renew_seal(folder, with_private=bool(whole.package.identities))


def _renew_seal(folder: Path, *, with_private: bool) -> None:
    """A sealed inspection stays sealed: as it was where every file is as it was, else anew."""
    if (folder / layout.SEAL).exists() and any(differences(folder)):
        seal(folder, with_private=with_private)
