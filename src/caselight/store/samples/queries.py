"""The sample and the history of its sizes, as values in the order of the folder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caselight.method.inspection.package import SampledCase, SizeChange
from caselight.store.samples import models, notes


def sample_of(inspection: str) -> tuple[SampledCase, ...]:
    """The sample by design, stratum and place in the draw."""
    rows = models.SampledCase.objects.filter(inspection__key=inspection).values_list(
        "case_key", "order", "stratum", "status", "removed_reason", "replaced_by", "note", "design", "assessed_twice",
        "sealed_note", "key_id",
    )  # fmt: skip
    cases = (_case(inspection, row[:9], bytes(row[9]), row[10]) for row in rows)
    return tuple(sorted(cases, key=lambda case: (case.design, case.stratum, case.order, case.case_key)))


def _case(inspection: str, plain: tuple[Any, ...], sealed: bytes, key_id: str) -> SampledCase:
    case = SampledCase(*plain)
    return replace(case, note=notes.opened(inspection, case.case_key, sealed, key_id)) if sealed else case


def sampling_of(inspection: str) -> tuple[SizeChange, ...]:
    """The history of sizes by design and step."""
    rows = models.SizeChange.objects.filter(inspection__key=inspection).order_by("position")
    changes = (SizeChange(*row) for row in rows.values_list("design", "step", "part", "reason", "size", "note"))
    return tuple(sorted(changes, key=lambda change: (change.design, change.step)))
