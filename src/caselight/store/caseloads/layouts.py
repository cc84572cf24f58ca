"""How the files of a service are laid out, remembered by the name of their source, so that nobody says it twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.caseloads.models import SupplierLayout
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found


@dataclass(frozen=True, slots=True)
class Layout:
    """What is remembered of a source: where the heading stands, and what each heading and each coded word means.

    ``columns`` maps the words of a heading to what the column is; ``words`` maps, for a fact, what stands in cells to
    its values. ``dates`` is ``dmy`` or ``mdy``; ``one_row`` and ``closed`` are the rules that were chosen.
    """

    source: str
    heading: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = "dmy"
    one_row: str = "each"
    closed: str = "leave"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def remember_layout(*, by: str, inspection: str, layout: Layout, at: datetime) -> None:
    """Remember how a source's files are laid out, for the service that is inspected; what was known of it gives way."""
    row = found(inspection)
    kept = {name: getattr(layout, name) for name in ("heading", "columns", "dates", "one_row", "closed", "words")}
    SupplierLayout.objects.update_or_create(
        service=row.service, source=layout.source[:100], defaults={"layout": kept, "by": by, "at": at}
    )
    detail = {"columns": len(layout.columns)}
    record(
        chain=chain(inspection), by=by, act=Act.LAYOUT_REMEMBERED, of=("inspection", inspection), detail=detail, at=at
    )


def layouts_of(inspection: str) -> tuple[Layout, ...]:
    """The layouts that are known of the files of the inspected service, the newest first."""
    rows = SupplierLayout.objects.filter(service=found(inspection).service).order_by("-at", "-pk")
    return tuple(_layout(row.source, row.layout) for row in rows)


def layout_for(inspection: str, headings: Collection[str]) -> Layout | None:
    """The layout whose headings are found most often among these; nothing where fewer than half of its own are there."""
    there = set(headings)
    best = max(layouts_of(inspection), key=lambda one: len(there & set(one.columns)), default=None)
    return best if best and 2 * len(there & set(best.columns)) >= max(1, len(best.columns)) else None


def _layout(source: str, kept: Mapping[str, Any]) -> Layout:
    return Layout(source=source, **{name: kept[name] for name in Layout.__slots__ if name != "source" and name in kept})
