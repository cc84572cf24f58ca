"""Inspections begin, move from state to state, and carry the files of their folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from caselight.method.faults import Fault, quoted, stop
from caselight.method.inspection import definition as method
from caselight.method.inspection.package import Table
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.audit.heads import write_head
from caselight.store.inspections.carried import sealed_file, sealed_table
from caselight.store.inspections.keys import chain, service_key
from caselight.store.inspections.models import CarriedFile, CarriedTable, Inspection, Service, State
from caselight.store.inspections.queries import carried_files, found
from caselight.store.inspections.states import next_states


@transaction.atomic
def create_inspection(*, by: str, inspection: method.Inspection, framework: str, source: bytes, at: datetime) -> str:
    """Begin an inspection pinned to an adopted framework (its address), and give its key.

    ``source`` is the definition as somebody wrote it. Raises ``store.inspection-exists``.
    """
    if Inspection.objects.filter(key=inspection.id).exists():
        says = f"The store has an inspection {quoted(inspection.id)} already."
        stop(Fault("store.inspection-exists", ("inspection", "id"), says, "Give the new one another id."))
    service, new = Service.objects.get_or_create(
        key=service_key(inspection.service.name),
        defaults={"name": inspection.service.name, "short": inspection.service.short},
    )
    if new:
        record(chain="system", by=by, act=Act.SERVICE_ADDED, of=("service", service.key), detail={}, at=at)
    Inspection.objects.create(
        key=inspection.id,
        kind=inspection.kind,
        title=inspection.title,
        service=service,
        framework_id=framework,
        definition=inspection.model_dump_json(by_alias=True),
        source=source,
        created_at=at,
    )
    detail = {
        "service": service.key,
        "framework": framework,
        "kind": inspection.kind,
        "source_sha256": hashlib.sha256(source).hexdigest(),
    }
    _record(inspection.id, by, Act.INSPECTION_CREATED, detail, at)
    return inspection.id


@transaction.atomic
def advance(*, by: str, inspection: str, to: State, at: datetime) -> State:
    """Move an inspection to its next state, or one back, and have it witnessed outside the database.

    Raises ``store.state`` for any other move, and ``store.release-needed`` for the one that publishes. In a larger
    transaction this comes last.
    """
    row = found(inspection, locked=True)
    _refuse_state(row, to)
    if to is State.PUBLISHED:
        says = "An inspection is published by approving what was proposed for publication, and in no other way."
        stop(Fault("store.release-needed", ("state",), says, "Propose it under “Publication”, beside the letter."))
    return _moved(row, by, to, at)


@transaction.atomic
def mark_published(*, by: str, inspection: str, at: datetime) -> State:
    """Move an inspection to published: as a proposal is approved (``reports.releasing``), or published elsewhere before.

    Raises ``store.state``. In a larger transaction this comes last.
    """
    row = found(inspection, locked=True)
    _refuse_state(row, State.PUBLISHED)
    return _moved(row, by, State.PUBLISHED, at)


def _refuse_state(row: Inspection, to: State) -> None:
    allowed = next_states(row.kind, row.state)
    if to not in allowed:
        says = f"The inspection is in the state {row.state} and cannot go to {to} from there."
        cure = f"It can go to: {', '.join(allowed)}." if allowed else "It is closed; nothing follows."
        stop(Fault("store.state", ("state",), says, cure))


def _moved(row: Inspection, by: str, to: State, at: datetime) -> State:
    detail = {"from": row.state, "to": str(to)}
    row.state = to
    row.save(update_fields=["state"])
    _record(row.key, by, Act.INSPECTION_MOVED, detail, at)
    write_head(chain=chain(row.key), at=at)
    return to


@transaction.atomic
def keep_days(
    *, by: str, inspection: str, holidays: Iterable[date], tables: Mapping[str, Sequence[str]], at: datetime
) -> None:
    """Keep the days on which nobody works, and the columns of the tables that the folder has."""
    row = found(inspection, locked=True)
    row.holidays = sorted(day.isoformat() for day in holidays)
    row.tables = {file: list(columns) for file, columns in tables.items()}
    row.save(update_fields=["holidays", "tables"])
    _record(inspection, by, Act.FOLDER_KEPT, {"holidays": len(row.holidays), "tables": sorted(tables)}, at)


@transaction.atomic
def carry_files(*, by: str, inspection: str, files: Mapping[str, bytes], at: datetime) -> None:
    """Keep files of the folder as they are, by path; a file that is there under the same path gives way."""
    if not files:
        return
    row = found(inspection, locked=True)
    kept = {**carried_files(inspection), **files}
    CarriedFile.objects.filter(inspection=row).delete()
    sealed = (sealed_file(inspection, path, content) for path, content in kept.items())
    CarriedFile.objects.bulk_create(CarriedFile(inspection=row, path=path, content=content) for path, content in sealed)
    # Names of files are somebody's words and may name a child: the audit holds only what they and the contents hash to.
    digests = sorted((path, hashlib.sha256(content).hexdigest()) for path, content in files.items())
    listed = hashlib.sha256(json.dumps(digests, separators=(",", ":")).encode()).hexdigest()
    _record(inspection, by, Act.FILES_CARRIED, {"files": len(files), "sha256": listed}, at)


@transaction.atomic
def carry_tables(*, by: str, inspection: str, tables: Mapping[str, Table], beside: bool, at: datetime) -> None:
    """Keep tables that are not interpreted by file; ``beside``: the columns of known tables that nobody knows.

    What was kept of the same file before gives way.
    """
    if not tables:
        return
    row = found(inspection)
    CarriedTable.objects.filter(inspection=row, file__in=list(tables), beside=beside).delete()
    CarriedTable.objects.bulk_create(
        CarriedTable(
            inspection=row, file=file, beside=beside, sealed=sealed_table(inspection, file, table, beside=beside)
        )
        for file, table in tables.items()
    )
    detail: dict[str, Plain] = {
        "beside": beside,
        "rows": {file: len(table.rows) for file, table in sorted(tables.items())},
    }
    _record(inspection, by, Act.TABLES_CARRIED, detail, at)


def _record(inspection: str, by: str, act: Act, detail: Mapping[str, Plain], at: datetime) -> None:
    record(chain=chain(inspection), by=by, act=act, of=("inspection", inspection), detail=detail, at=at)
