"""Which line of a decision table holds for one subject, as far as that is known."""

from __future__ import annotations

from caselight.method.framework.questions import Table
from caselight.method.framework.truth import Facts, truth


def fitting(table: Table, facts: Facts) -> tuple[str | None, bool]:
    """The value of the line that holds, and whether that is known.

    Where the lines exclude each other, any line that holds settles it. Where the first counts, a line that is not known
    leaves what comes after it open. When none holds, ``otherwise`` gives the value, which may be none.
    """
    unknown = False
    for line in table.lines:
        held = truth(line.when, facts)
        if held and not (unknown and table.first_match):
            return line.value, True
        unknown = unknown or held is None
    return (None, False) if unknown else (table.otherwise, True)
