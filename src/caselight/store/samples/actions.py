"""A sample is recorded, and cases are taken out of it with a reason; who examines which case is elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, quoted, stop
from caselight.method.inspection.package import SampledCase, SizeChange
from caselight.method.sampling.draw import REMOVED, Drawn
from caselight.method.sampling.removal import remove
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import found
from caselight.store.samples import models, notes
from caselight.store.samples.queries import sample_of

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case is taken out: a reason of the framework, out of ``allowed``, and a note; ``across`` as in ``remove``."""

    code: str
    allowed: Collection[str]
    note: str = ""
    across: bool = True


@transaction.atomic
def record_sample(
    *, by: str, inspection: str, sample: Sequence[SampledCase], sampling: Sequence[SizeChange] = (), at: datetime
) -> None:
    """Record what was drawn, by which steps. Raises ``store.sample-exists`` where a design was drawn already."""
    row = found(inspection, locked=True)
    designs = {case.design for case in sample} | {change.design for change in sampling}
    if models.SampledCase.objects.filter(inspection=row, design__in=designs).exists():
        says = "The sample of this design was drawn already."
        stop(
            Fault(
                "store.sample-exists", ("sample",), says, "Remove cases from it with a reason; it is not drawn twice."
            )
        )
    models.SampledCase.objects.bulk_create((_row(row, position, case) for position, case in enumerate(sample)), BATCH)
    models.SizeChange.objects.bulk_create(
        (
            models.SizeChange(
                inspection=row, position=position, design=change.design, step=change.step, part=change.part,
                reason=change.reason, size=change.size, note=change.note,
            )
            for position, change in enumerate(sampling)
        ),
        BATCH,
    )  # fmt: skip
    rows = [[astuple(case) for case in sample], [astuple(change) for change in sampling]]
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    detail: dict[str, Plain] = {"cases": len(sample), "steps": len(sampling), "sha256": digest}
    record(chain=chain(inspection), by=by, act=Act.SAMPLE_RECORDED, of=("inspection", inspection), detail=detail, at=at)


@transaction.atomic
def remove_from_sample(
    *, by: str, inspection: str, case_key: str, design: str = "", reason: Reason, at: datetime
) -> str:
    """Take a case out of the sample of a design, and give the key of the reserve that takes its place, or nothing.

    Raises the faults of :func:`caselight.method.sampling.removal.remove`.
    """
    row = found(inspection, locked=True)
    before = {case.case_key: case for case in sample_of(inspection) if case.design == design}
    if not before:
        says = f"Nothing was drawn by the design {quoted(design)}." if design else "No sample was drawn yet."
        stop(Fault("store.no-sample", ("sample",), says, "Draw the sample first."))
    drawn = [
        Drawn(c.case_key, c.stratum, c.order, c.status, c.removed_reason, c.replaced_by, c.note, c.assessed_twice)
        for c in before.values()
    ]
    removal = remove(drawn, case_key, reason.code, reason.allowed, across=reason.across)
    changed = [case for case, former in zip(removal.sample, drawn, strict=True) if case != former]
    for case in changed:
        words = notes.sealed(inspection, case_key, reason.note) if case.case_key == case_key else {"note": case.note}
        models.SampledCase.objects.filter(inspection=row, design=design, case_key=case.case_key).update(
            status=case.status, removed_reason=case.removed_reason, replaced_by=case.replaced_by,
            assessed_twice=case.twice, **words,
        )  # fmt: skip
    detail = {"design": design, "reason": reason.code, "replaced_by": removal.replacement}
    record(chain=chain(inspection), by=by, act=Act.CASE_REMOVED, of=("case", case_key), detail=detail, at=at)
    return removal.replacement


def _row(inspection: Inspection, position: int, case: SampledCase) -> models.SampledCase:
    words = notes.sealed(inspection.key, case.case_key, case.note) if case.status == REMOVED else {"note": case.note}
    return models.SampledCase(
        inspection=inspection, position=position, case_key=case.case_key, order=case.order, stratum=case.stratum,
        status=case.status, removed_reason=case.removed_reason, replaced_by=case.replaced_by,
        design=case.design, assessed_twice=case.assessed_twice, **words,
    )  # fmt: skip
