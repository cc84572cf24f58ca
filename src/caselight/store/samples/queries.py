"""The sample and the history of its sizes, as values in the order of the folder."""

from __future__ import annotations

from caselight.method.inspection.package import SampledCase, SizeChange
from caselight.store.samples import models


def sample_of(inspection: str) -> tuple[SampledCase, ...]:
    """The sample by design, stratum and place in the draw."""
    rows = models.SampledCase.objects.filter(inspection__key=inspection).values_list(
        "case_key", "order", "stratum", "status", "removed_reason", "replaced_by", "note", "design", "assessed_twice"
    )
    cases = (SampledCase(*row) for row in rows)
    return tuple(sorted(cases, key=lambda case: (case.design, case.stratum, case.order, case.case_key)))


def sampling_of(inspection: str) -> tuple[SizeChange, ...]:
    """The history of sizes by design and step."""
    rows = models.SizeChange.objects.filter(inspection__key=inspection).order_by("position")
    changes = (SizeChange(*row) for row in rows.values_list("design", "step", "part", "reason", "size", "note"))
    return tuple(sorted(changes, key=lambda change: (change.design, change.step)))
