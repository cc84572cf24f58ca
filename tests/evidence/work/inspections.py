"""Inspections made by the hundred, for attacks on what is recorded in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from tests.factories import small

from caselight.method.faults import Faults
from caselight.method.framework.definition import Framework
from caselight.store.assessments.actions import stepping
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Inspection, Service

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def hastily() -> None:
    """Let this process's connection skip what only guards against a power cut: other promises are about that."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF" if sqlite else "SET synchronous_commit = off")


def adopted(framework: Framework) -> FrameworkVersion:
    """A framework, adopted."""
    document = json.dumps(framework.model_dump(mode="json", by_alias=True), sort_keys=True)
    fields = {"name": framework.id, "version": framework.version, "title": "Test", "document": document}
    return FrameworkVersion.objects.get_or_create(
        digest=hashlib.sha256(document.encode()).hexdigest(),
        defaults={**fields, "adopted_at": AT, "adopted_by": "lead"},
    )[0]


def begun(key: str, framework: FrameworkVersion, cases: Mapping[str, Mapping[str, str]]) -> Inspection:
    """An inspection in fieldwork with these cases and their facts."""
    service = Service.objects.get_or_create(key="testshire", defaults={"name": "Testshire", "short": "Testshire"})[0]
    definition = small.inspection(id=key).model_dump(mode="json", by_alias=True)
    made = Inspection.objects.create(
        key=key,
        kind="external",
        state="fieldwork",
        title=key,
        service=service,
        framework=framework,
        definition=json.dumps(definition),
        source=b"",
        created_at=AT,
    )
    rows = list(enumerate(cases.items()))
    Subject.objects.bulk_create(
        Subject(inspection=made, position=n, kind="case", key=case, label=case) for n, (case, _) in rows
    )
    CaseloadCase.objects.bulk_create(
        CaseloadCase(inspection=made, position=n, key=case, eligible=True, facts=dict(facts))
        for n, (case, facts) in rows
    )
    return made


def stepped(inspection: str, case: str, *steps: str) -> tuple[str, ...]:
    """Let a case take steps, two people in turn, as the product has them taken; the codes of what refused the last of them."""
    its: dict[str, Any] = {"inspection": inspection, "subject": ("case", case), "at": AT}
    takes = {
        "completed": lambda: stepping.complete(by="lead", **its),
        "moderated": lambda: stepping.moderate(by="lead2", **its),
        "signed": lambda: stepping.sign(by="lead", **its),
        "locked": lambda: stepping.countersign(by="lead2", **its),
        "unlocked": lambda: stepping.unlock(by="lead", second="lead2", reason="Something was left out.", **its),
        "reopened": lambda: stepping.reopen(by="lead", reason="Something was left out.", **its),
    }
    try:
        for step in steps:
            takes[step]()
    except Faults as faults:
        return tuple(sorted({fault.code for fault in faults.faults}))
    return ()
