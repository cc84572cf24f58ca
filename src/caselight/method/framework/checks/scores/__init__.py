"""What does not hold together among measures, cut tables and ratings: every fault at once.

Names and circles come first; what rests on a name that is unknown is not looked at further.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import Fault
from caselight.method.framework.checks.scores.circles import circle_faults
from caselight.method.framework.checks.scores.combinations import combination_faults
from caselight.method.framework.checks.scores.cut_tables import cut_table_faults
from caselight.method.framework.checks.scores.lines import line_faults
from caselight.method.framework.checks.scores.measures import measure_faults
from caselight.method.framework.checks.scores.names import name_faults
from caselight.method.framework.checks.scores.ratings import rating_faults
from caselight.method.framework.definition import Framework


def score_faults(framework: Framework) -> Iterator[Fault]:
    """Everything that is wrong with the measures, cut tables and ratings of a framework."""
    if not (framework.measures or framework.ratings or framework.cut_tables):
        return
    named = [*name_faults(framework), *circle_faults(framework)]
    yield from named
    yield from measure_faults(framework)
    yield from cut_table_faults(framework)
    yield from rating_faults(framework)
    yield from combination_faults(framework)
    if not named:
        yield from line_faults(framework)
