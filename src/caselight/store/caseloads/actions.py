"""The service supplies its cases; cases and case managers become subjects that are examined. Both only ever grow here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from caselight.method.caseload.case import FactValue, Subject
from caselight.method.faults import Fault, Faults, quoted
from caselight.method.inspection.package import CaseloadCase
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.caseloads import models
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found

BATCH = 1_000


@transaction.atomic
def bring_in_caseload(*, by: str, inspection: str, cases: Sequence[CaseloadCase], at: datetime) -> int:
    """Add cases to the caseload in their order, and give how many it has now. Raises ``store.case-exists``."""
    row = found(inspection, locked=True)
    there = set(models.CaseloadCase.objects.filter(inspection=row).values_list("key", flat=True))
    _refuse_known("caseload", [case.key for case in cases if case.key in there])
    start = _end(models.CaseloadCase.objects.filter(inspection=row))
    models.CaseloadCase.objects.bulk_create(
        (
            models.CaseloadCase(
                inspection=row, position=start + n, key=case.key, eligible=case.eligible, reason=case.reason,
                managed_by=case.managed_by, facts=_texts(case.facts),
            )
            for n, case in enumerate(cases)
        ),
        BATCH,
    )  # fmt: skip
    rows = [[case.key, case.eligible, case.reason, case.managed_by, _texts(case.facts)] for case in cases]
    _record(inspection, by, Act.CASELOAD_BROUGHT_IN, rows, at)
    return len(there) + len(cases)


@transaction.atomic
def add_subjects(*, by: str, inspection: str, subjects: Sequence[Subject], at: datetime) -> None:
    """Add subjects that are examined, in their order; facts belong to the caseload. Raises ``store.case-exists``."""
    row = found(inspection, locked=True)
    there = set(models.Subject.objects.filter(inspection=row).values_list("kind", "key"))
    _refuse_known("subjects", [subject.key for subject in subjects if (subject.kind, subject.key) in there])
    start = _end(models.Subject.objects.filter(inspection=row))
    models.Subject.objects.bulk_create(
        (
            models.Subject(
                inspection=row, position=start + n, kind=subject.kind, key=subject.key, label=subject.label,
                managed_by=subject.managed_by,
            )
            for n, subject in enumerate(subjects)
        ),
        BATCH,
    )  # fmt: skip
    rows = [[subject.kind, subject.key, subject.label, subject.managed_by] for subject in subjects]
    _record(inspection, by, Act.SUBJECTS_ADDED, rows, at)


def _texts(facts: Mapping[str, FactValue]) -> dict[str, str]:
    """Facts as the cells of a folder hold them; one that is not known is left out."""
    return {name: str(value) for name, value in facts.items() if value is not None}


def _end(rows: QuerySet[models.CaseloadCase] | QuerySet[models.Subject]) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _refuse_known(section: str, keys: Sequence[str]) -> None:
    if keys:
        cure = "Leave out what is there already; a case that has changed is corrected by a recorded fact."
        raise Faults(
            Fault("store.case-exists", (section, key), f"{quoted(key)} is there already.", cure) for key in keys[:100]
        )


def _record(inspection: str, by: str, act: Act, rows: Sequence[object], at: datetime) -> None:
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    detail: dict[str, Plain] = {"rows": len(rows), "sha256": digest}
    record(chain=chain(inspection), by=by, act=act, of=("inspection", inspection), detail=detail, at=at)
