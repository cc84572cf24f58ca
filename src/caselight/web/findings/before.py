"""The figures beside those of another inspection of the same service that the visitor may read."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.method.analysis.comparison import Compared, Refused
from caselight.procedures.findings import compared_in_store
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.access import scope
from caselight.store.inspections.access import may
from caselight.store.inspections.queries import of_service
from caselight.web.design.tables import Column, Table, Tag
from caselight.web.design.visits import InspectionVisit

COLUMNS = (
    Column("question", "Question"), Column("now", "Now"), Column("then", "Then"), Column("change", "Change", "tag"),
    Column("chance", "If nothing had changed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Other:
    """An inspection to compare with."""

    key: str
    title: str


@dataclass(frozen=True)
class Held:
    """What could be compared as a table, and what could not, with why."""

    table: Table
    refused: tuple[Refused, ...]
    assumes: tuple[str, ...]


def others(visit: InspectionVisit) -> list[Other]:
    """The other inspections of the service whose figures the visitor may read."""
    found = of_service(visit.inspection.service)
    return [
        Other(key, title)
        for key, title in found
        if key != visit.key and may(scope(visit.user, key, visit.at), Permission.FIGURES_READ)
    ]


def beside(visit: InspectionVisit, other: Other) -> Held:
    """The comparison. Raises the faults of :func:`~caselight.method.analysis.comparison.compare`."""
    found = compared_in_store(visit.key, [other.key])
    rows = [_row(one) for one in found.compared]
    table = Table(f"Beside {other.title}", COLUMNS, rows, "before", empty="No figure of the two can be compared.")
    assumes = tuple(dict.fromkeys(one.assumes for one in found.compared))
    return Held(table, found.refused, assumes)


def _row(one: Compared) -> dict[str, object]:
    change = "Higher" if one.difference > 0 else "Lower" if one.difference < 0 else "The same"
    clear = (
        Tag(f"{change}, clearly", "blue")
        if one.stands_out
        else Tag(change if change == "The same" else f"{change}, may be chance", "grey")
    )
    return {
        "question": one.label,
        "now": f"{one.one.sufficient} of {one.one.relevant}",
        "then": f"{one.other.sufficient} of {one.other.relevant}",
        "change": clear,
        "chance": f"as far apart in {max(one.chance * 100, 0.1):.0f} of 100 pairs"
        if one.chance >= 0.01
        else "fewer than 1 of 100 pairs",
    }
