"""Published figures for comparison: kept with their measure and where they were read, and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from pydantic import TypeAdapter

from caselight.method.faults import Fault, quoted, stop
from caselight.method.reoffending.cited import Comparator
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found
from caselight.store.reports import models

_ROWS = TypeAdapter(Comparator)  # exact numbers are texts in its JSON, so that 43.0 comes back as 43.0


@transaction.atomic
def keep_comparators(*, by: str, inspection: str, comparators: Sequence[Comparator], at: datetime) -> int:
    """Add published figures and give their number; one that is there already, alike in all, is not added again.

    Raises ``store.comparator-differs`` where a key has another content, or is that of another figure from elsewhere.
    """
    row = found(inspection, locked=True)
    kept = {one.key: one for one in comparators_of(inspection)}
    taken = set(models.External.objects.filter(inspection=row).values_list("key", flat=True))
    for one in comparators:
        if kept.get(one.key, one) != one or one.key in taken:
            says = f"There is another figure {quoted(one.key)} already."
            cure = "What was published stays as it was kept. Give the new figure a key of its own."
            stop(Fault("store.comparator-differs", ("comparators", one.key), says, cure))
    new = [one for one in comparators if one.key not in kept]
    if not new:
        return 0
    models.Comparator.objects.bulk_create(
        models.Comparator(inspection=row, key=one.key, measure=one.cell.measure, row=_plain(one), by=by, at=at)
        for one in new
    )
    measures: list[Plain] = list(dict.fromkeys(one.cell.measure for one in new))
    detail: dict[str, Plain] = {"rows": len(new), "measures": measures, "sha256": _digest(new)}
    of = ("inspection", inspection)
    record(chain=chain(inspection), by=by, act=Act.COMPARATORS_KEPT, of=of, detail=detail, at=at)
    return len(new)


def comparators_of(inspection: str) -> tuple[Comparator, ...]:
    """The published figures of an inspection, by key."""
    rows = models.Comparator.objects.filter(inspection__key=inspection).values_list("row", flat=True)
    return tuple(sorted((_ROWS.validate_python(row) for row in rows), key=lambda one: one.key))


def _plain(one: Comparator) -> object:
    return _ROWS.dump_python(one, mode="json")


def _digest(comparators: Sequence[Comparator]) -> str:
    rows = [_plain(one) for one in comparators]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
