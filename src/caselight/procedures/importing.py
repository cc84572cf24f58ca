"""A package brought into the store: a new inspection, or more of one that is there; whole or not at all.

The same package again changes nothing and says so. Where a package contradicts the store, every contradiction is a
fault and nothing is brought in (ADR 0020).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from caselight.formats.package import layout
from caselight.formats.package.archive import unpack
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.snapshot import snapshot
from caselight.method.faults import Fault, Place, refuse, stop
from caselight.method.inspection.package import Package, Table
from caselight.procedures.moving.fitting import fitting_faults
from caselight.procedures.moving.incoming import Incoming, incoming
from caselight.procedures.moving.joining import GROWING, added, file_faults, joining_faults
from caselight.procedures.stored import as_recorded, files_in_store
from caselight.store.assessments import queries as assessments
from caselight.store.assessments.actions.taking_in import take_in
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.audit.spacious import spacious
from caselight.store.caseloads.actions import add_subjects, bring_in_caseload
from caselight.store.frameworks.actions import adopt
from caselight.store.frameworks.queries import files_of
from caselight.store.identities.actions.vault import keep_identity
from caselight.store.improvement.actions import agree_actions
from caselight.store.inspections.actions import advance, carry_files, carry_tables, create_inspection, keep_days
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import State
from caselight.store.inspections.queries import exists, found
from caselight.store.reports.actions import accept_claims, keep_external, save_letter
from caselight.store.reports.comparators import keep_comparators
from caselight.store.samples.actions import record_sample


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the inspection, whether it is new, how many rows of each table were added, what to know.

    ``names`` counts the people whose names were new or corrected, ``aside`` the answers that were set aside because the
    store has another content under their id; ``snapshot`` is that of all events in the store now.
    """

    key: str
    new: bool
    rows: Mapping[str, int] = field(default_factory=dict)
    names: int = 0
    aside: int = 0
    snapshot: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything is in the store that was not there before."""
        return self.new or bool(self.rows) or self.names > 0 or self.aside > 0


def import_package(
    source: Path, *, by: str, at: datetime, allow: Callable[[str], object] = lambda _key: None
) -> Imported:
    """Bring a package folder, or a zip of one, into the store in the name of ``by``.

    ``allow`` is called with the key of an inspection that is there already, before anything of it is compared, and
    raises where ``by`` may not add to it.

    Raises every fault of the package, ``store.…`` for what the store cannot take or has otherwise, and what the actions
    refuse; then nothing was brought in.
    """
    with _folder(source) as folder:
        coming = incoming(folder)
    refuse(fitting_faults(coming))
    with spacious(), transaction.atomic():
        if exists(coming.package.inspection.id):
            allow(coming.package.inspection.id)
            return _joined(coming, by, at)
        return _new(coming, by, at)


@contextmanager
def _folder(source: Path) -> Iterator[Path]:
    if not source.is_file():
        yield source
        return
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "inspection"
        unpack(source, target)
        yield target


def _new(coming: Incoming, by: str, at: datetime) -> Imported:
    """An inspection that the store does not have: its framework, itself, and every table."""
    package = coming.package
    key = package.inspection.id
    adopted = adopt(
        by=by,
        framework=package.framework,
        files=coming.framework,
        document=coming.document,
        digest=coming.digest,
        at=at,
    )
    create_inspection(by=by, inspection=package.inspection, framework=adopted.digest, source=coming.source, at=at)
    days = (day for days in package.holidays.values() for day in days)
    keep_days(by=by, inspection=key, holidays=days, tables=coming.tables, at=at)
    carry_files(by=by, inspection=key, files={**coming.files, **_other_words(coming, adopted.digest)}, at=at)
    carry_tables(by=by, inspection=key, tables=package.tables, beside=False, at=at)
    _settled(package, by, at)
    done = _grown(Imported(key, new=True, faults=coming.faults), package, by, at)
    if done.aside:
        _elsewhere()
    done = _said(done, package.events, by, at)
    if package.events:
        advance(by=by, inspection=key, to=State.FIELDWORK, at=at)
    return done


def _settled(package: Package, by: str, at: datetime) -> None:
    """What later changes only in the store."""
    key = package.inspection.id
    if package.caseload:
        bring_in_caseload(by=by, inspection=key, cases=package.caseload, at=at)
    if package.subjects:
        add_subjects(by=by, inspection=key, subjects=package.subjects, at=at)
    if package.sample or package.sampling:
        record_sample(by=by, inspection=key, sample=package.sample, sampling=package.sampling, at=at)
    if package.external:
        keep_external(by=by, inspection=key, external=package.external, at=at)
    for language, text in package.letters.items():
        save_letter(by=by, inspection=key, language=language, text=text, at=at)


def _grown(done: Imported, package: Package, by: str, at: datetime) -> Imported:
    """What grows by every import."""
    key, before = done.key, assessments.set_aside(done.key)
    new = 0
    if package.events or package.locators or package.excerpts or package.migrated:
        new = take_in(
            by=by, inspection=key, events=package.events, locators=package.locators, excerpts=package.excerpts,
            migrated=package.migrated, checked=True, first=done.new, at=at,
        ).new  # fmt: skip
    if package.comparators:
        keep_comparators(by=by, inspection=key, comparators=package.comparators, at=at)
    if package.actions:
        agree_actions(by=by, inspection=key, actions=package.actions, at=at)
    if package.accepted:
        accept_claims(by=by, inspection=key, accepted=package.accepted, at=at)
    carry_tables(by=by, inspection=key, tables=package.extra, beside=True, at=at)
    service = found(key).service.key
    names = keep_identity(by=by, inspection=key, service=service, identities=package.identities, at=at)
    counts = {layout.ANSWERS.file: new} | {of.file: len(getattr(package, of.section)) for of in GROWING}
    rows = {file: count for file, count in counts.items() if count}
    return replace(done, rows=rows, names=len(names), aside=assessments.set_aside(key) - before)


def _joined(coming: Incoming, by: str, at: datetime) -> Imported:
    """More of an inspection that the store has."""
    key = coming.package.inspection.id
    found(key, locked=True)
    stored = as_recorded(key)
    kept, framework = files_in_store(key)
    theirs = {**coming.files, **{f"{layout.FRAMEWORK}/{name}": data for name, data in coming.framework.items()}}
    ours = {**kept, **{f"{layout.FRAMEWORK}/{name}": data for name, data in framework.items()}}
    refuse([*joining_faults(coming.package, stored), *file_faults(theirs, ours)])
    more = added(coming.package, stored)
    extra = {file: _both(table, stored.extra.get(file)) for file, table in more.extra.items()}
    done = _grown(Imported(key, new=False, faults=coming.faults), replace(more, extra=extra), by, at)
    there = {event.op_id for event in stored.events}
    events = (*stored.events, *(event for event in more.events if event.op_id not in there))
    return _said(done, events, by, at)


def _both(table: Table, before: Table | None) -> Table:
    """The cells of unknown columns of all rows, those of before and those that are new."""
    return Table(table.columns, tuple(sorted({*(before.rows if before else ()), *table.rows})))


def _other_words(coming: Incoming, digest: str) -> dict[str, bytes]:
    """The framework's files where they say the same as the adopted ones in other words; else nothing."""
    if dict(coming.framework) == files_of(digest):
        return {}
    return {f"{layout.FRAMEWORK}/{name}": content for name, content in coming.framework.items()}


def _said(done: Imported, events: Iterable[AnswerEvent], by: str, at: datetime) -> Imported:
    """The import with the snapshot of everything that the store has now, and its row in the audit if it changed anything."""
    done = replace(done, snapshot=snapshot(events))
    if done.changed:
        detail: dict[str, Plain] = {
            "new": done.new,
            "rows": dict(done.rows),
            "names": done.names,
            "aside": done.aside,
            "snapshot": done.snapshot,
        }
        of = ("inspection", done.key)
        record(chain=chain(done.key), by=by, act=Act.INSPECTION_IMPORTED, of=of, detail=detail, at=at)
    return done


def _elsewhere() -> None:
    says = "Answers of the package are in the store already, in another inspection."
    cure = "Two inspections cannot share answers: bring the package in under the id that it had, or record anew."
    stop(Fault("store.answers-elsewhere", ("answers", "op_id"), says, cure, place=Place(layout.ANSWERS.file)))
