"""What an inspection is and what its folder carries, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NoReturn

from django.db import connection

from caselight.method.faults import Fault, quoted, stop
from caselight.method.inspection import definition as method
from caselight.method.inspection.package import Table
from caselight.store.audit import leave
from caselight.store.inspections.carried import opened_file, opened_table
from caselight.store.inspections.models import CarriedFile, CarriedTable, Inspection


@dataclass(frozen=True, slots=True)
class Kept:
    """An inspection as the store keeps it; ``id`` is the database's, ``framework`` the address it is pinned to."""

    id: int
    key: str
    state: str
    service: str
    framework: str
    definition: method.Inspection
    source: bytes
    holidays: Mapping[int, tuple[date, ...]]
    tables: Mapping[str, tuple[str, ...]]


def found(key: str, *, locked: bool = False, ask: bool = True) -> Inspection:
    """The inspection of a key; ``locked`` until the transaction ends. Raises ``store.no-inspection``.

    ``ask`` is false where an account is locked next: there both that and the account of who asks are, in one order.
    """
    rows = Inspection.objects.all()
    if locked:  # rows may meanwhile be made that name it: whoever makes one holds their account by then
        rows = rows.select_for_update(of=("self",), no_key=True)
    inspection = rows.select_related("service").filter(key=key).first()
    if locked and ask:
        leave.ask()
    if inspection is None:
        _missing(key)
    return inspection


def _missing(key: str) -> NoReturn:
    says = f"The store has no inspection {quoted(key)}."
    stop(Fault("store.no-inspection", (key,), says, "Check the key: it is the id in inspection.yaml."))


# By hand, as nearly every page asks it.
_KEPT = """
    SELECT i."id", i."key", i."state", s."key", i."framework_id", i."definition", i."source", i."holidays", i."tables"
    FROM "inspections_inspection" AS i JOIN "inspections_service" AS s ON s."id" = i."service_id" WHERE i."key" = %s"""


def inspection_of(key: str) -> Kept:
    """The inspection of a key. Raises ``store.no-inspection``."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [key])
        row = cursor.fetchone()
    if row is None:
        _missing(key)
    pk, name, state, service, framework, definition, source, holidays, tables = row
    days: dict[int, list[date]] = {}
    for text in json.loads(holidays):
        day = date.fromisoformat(text)
        days.setdefault(day.year, []).append(day)
    return Kept(
        id=pk,
        key=name,
        state=state,
        service=service,
        framework=framework,
        definition=_defined(definition),
        source=bytes(source),
        holidays={year: tuple(dates) for year, dates in days.items()},
        tables={file: tuple(columns) for file, columns in json.loads(tables).items()},
    )


@lru_cache(maxsize=64)
def _defined(text: str) -> method.Inspection:
    """A definition as a value that nobody can change: read once, not at every request."""
    return method.Inspection.model_validate_json(text)


def exists(key: str) -> bool:
    """Whether there is an inspection of this key."""
    return Inspection.objects.filter(key=key).exists()


def of_service(service: str) -> tuple[tuple[str, str], ...]:
    """Key and title of every inspection of a service, the newest first."""
    rows = Inspection.objects.filter(service__key=service).order_by("-created_at", "-pk")
    return tuple(rows.values_list("key", "title"))


def carried_files(key: str) -> dict[str, bytes]:
    """The files that are kept as they are, by path; none once they are purged."""
    rows = CarriedFile.objects.filter(inspection__key=key).values_list("path", "content")
    opened = (opened_file(key, path, content) for path, content in rows)
    return dict(sorted(file for file in opened if file is not None))


def carried_tables(key: str, *, beside: bool) -> dict[str, Table]:
    """The tables that are not interpreted, by file; ``beside``: the unknown columns of known tables. None once purged."""
    rows = CarriedTable.objects.filter(inspection__key=key, beside=beside).order_by("id").values_list("file", "sealed")
    opened = {file: opened_table(key, file, sealed, beside=beside) for file, sealed in rows}
    return {file: table for file, table in opened.items() if table is not None}
