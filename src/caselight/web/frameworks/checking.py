"""Everything that is wrong with a question set, as a table in the order of its files."""

from __future__ import annotations

from collections.abc import Sequence

from caselight.method.faults import Fault, Severity
from caselight.web.design.tables import Column, Table, Tag

LOOKS = {
    Severity.ERROR: Tag("Must be mended", "red"),
    Severity.WARNING: Tag("Look at this", "yellow"),
    Severity.HINT: Tag("Advice", "blue"),
}
MOST = 200  # rows that are shown
COLUMNS = (
    Column("line", "Line", "number"),
    Column("says", "What is wrong"),
    Column("cure", "What to do"),
    Column("weight", "How serious", "tag"),
    Column("file", "File"),
)


def faults_table(faults: Sequence[Fault]) -> Table:
    """One row for each thing that is wrong, so many at most that a page stays readable."""
    rows = [
        {
            "file": fault.place.file if fault.place else "",
            "line": fault.place.line if fault.place else None,
            "weight": LOOKS[fault.severity],
            "says": fault.says,
            "cure": fault.cure,
        }
        for fault in faults[:MOST]
    ]
    more = f", the first {MOST} of {len(faults)}" if len(faults) > MOST else ""
    return Table(f"What was found{more}", COLUMNS, rows, "faults", tools=False)
