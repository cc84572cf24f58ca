"""The rows of a file as they will be taken in: a table to look through before the list is accepted."""

from __future__ import annotations

from caselight.method.answers.fact_values import day
from caselight.method.framework.definition import Framework
from caselight.procedures.case_lists.checking import ELIGIBLE, FAULTY, Checked, Row
from caselight.web.design.tables import Column, Table, Tag

COLOURS = {ELIGIBLE: "green", FAULTY: "red"}
MOST = 400  # rows of the table; the counts are of all


def preview(seen: Checked, framework: Framework) -> Table:
    """Row by row what becomes of it; those with faults first."""
    start = framework.eligibility.start_fact if framework.eligibility else ""
    columns = [Column("row", "Row", "number"), Column("state", "State", "tag"), Column("why", "Why"),
               Column("number", "Record number"), Column("name", "Name"), Column("start", "Began on", "date"),
               Column("worker", "Case manager")]  # fmt: skip
    ranked = sorted(seen.rows, key=lambda row: (row.state != FAULTY, row.place))
    rows = [
        {
            "row": row.place + 1, "state": Tag(row.state.capitalize(), COLOURS.get(row.state, "grey")), "why": _why(row),
            "number": row.local_id, "name": row.name, "start": day(row.facts.get(start, "")), "worker": row.manager,
        }
        for row in ranked[:MOST]
    ]  # fmt: skip
    return Table(
        "All rows" if len(ranked) <= MOST else f"The first {MOST} rows", columns, rows, name="rows", tools=False
    )


def _why(row: Row) -> str:
    return "; ".join(fault.says for fault in row.faults) if row.state == FAULTY else row.reason
