"""An inspection in fieldwork with the question set of the Short Quality Screening: about fifty questions to a case.

``Case 01`` and ``Case 02`` are given to both inspectors; their worker is interviewed. Call it after ``seeded``.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from tests.factories import small
from tests.factories.store import AT

from caselight.formats.framework_yaml import canonical, digest, read_framework
from caselight.store.accounts.models import User
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Inspection, Kind, Membership, Service, State
from caselight.store.samples.models import Allocation, SampledCase

KEY = "fieldwork"
CASES = ("c1", "c2")
FACTS = {
    "sentence_type": "youth_rehabilitation_order", "order_kind": "community_order", "sentence_date": "2026-01-12",
    "custodial": "no", "psr": "yes", "panel_report": "no", "community_supervision": "yes",
}  # fmt: skip


def fieldwork(at: datetime = AT, *, pack: str = "sqs", facts: dict[str, str] | None = None) -> Inspection:
    """The inspection with a pack's question set, its two cases and their worker."""
    version, screening = _adopted(at, pack)
    definition = small.inspection(
        id=KEY, framework={"id": version.name, "version": version.version, "screening": screening}
    )
    text = json.dumps(definition.model_dump(mode="json", by_alias=True), sort_keys=True)
    made = Inspection.objects.create(
        key=KEY, kind=Kind.EXTERNAL, state=State.FIELDWORK, title="Testshire: fieldwork", framework=version,
        service=Service.objects.get(key="testshire"), definition=text, source=text.encode(), created_at=at,
    )  # fmt: skip
    Subject.objects.create(inspection=made, position=9, kind="case_manager", key="w1", label="Worker 1")
    for n, key in enumerate(CASES):
        of = {"inspection": made, "position": n}
        Subject.objects.create(kind="case", key=key, label=f"Case 0{n + 1}", managed_by="w1", **of)
        CaseloadCase.objects.create(key=key, eligible=True, managed_by="w1", facts=facts or FACTS, **of)
        SampledCase.objects.create(case_key=key, order=n + 1, stratum="", status="drawn", **of)
    for who, role in (("lead", "lead_inspector"), ("i1", "inspector"), ("i2", "inspector")):
        user = User.objects.get(key=who)
        Membership.objects.create(user=user, role=role, inspection=made, member_key=who)
        User.objects.filter(pk=user.pk).update(access_version=f"{who}-fieldwork")
        if who != "lead":
            for key in CASES:
                Allocation.objects.create(inspection=made, case_key=key, user=user, pass_kind="first", from_at=at)
    return made


def _adopted(at: datetime, pack: str) -> tuple[FrameworkVersion, str]:
    framework = read_framework(Path(__file__).parents[2] / "packs" / pack)
    document = canonical(framework).decode()
    fields = {"name": framework.id, "version": framework.version, "title": framework.title, "document": document}
    made, _ = FrameworkVersion.objects.get_or_create(
        digest=digest(framework), defaults={**fields, "adopted_at": at, "adopted_by": "lead"}
    )
    return made, framework.screenings[0].id
