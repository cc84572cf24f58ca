"""Why a service's own figure is not the published one: step by step, so that the reasons add up to the gap.

First the service's figure as it quoted it; then the same day by the measure of the published figure (*measure*); then
with everything that became known by the published extract (*censoring*); what is left is who is in the published figure
and not in the service's records, and the other way round (*coverage*).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caselight.method.reoffending.measures import Measure
from caselight.method.reoffending.rates import Counts
from caselight.method.reoffending.tracking import Tracker
from caselight.method.statistics.proportions import Undefined

MEASURE, CENSORING, COVERAGE = "measure", "censoring", "coverage"
IN_WORDS = {
    MEASURE: "counted by the measure of the published figure",
    CENSORING: "with what was proven, or taken back, by the day of the published extract",
    COVERAGE: "with the people whom only one of the two has",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One reason, the counts after it, and by how many points it moves the binary rate (None where there is no rate)."""

    reason: str
    counts: Counts
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The quoted figure, the steps from it, and the published one, which is the last step's."""

    quoted: Counts
    quoted_measure: str
    published_measure: str
    steps: tuple[Step, ...]

    @property
    def gap(self) -> Decimal | None:
        """By how many points the published rate is higher."""
        return _points(self.quoted, self.steps[-1].counts)


def reconcile(quoted: Tracker, published: Counts, measure: Measure, extract: date) -> Reconciliation:
    """From what a tracker said to what was published of the same cohorts, by ``measure`` at the day of ``extract``.

    Raises ``reoffending.measure-only-named`` where the published measure cannot be computed.
    """
    before = quoted.view().counts
    measured = Tracker(measure, quoted.windows, quoted.as_of, quoted.records()).view().counts
    later = Tracker(measure, quoted.windows, extract, quoted.records()).view().counts
    steps, last = [], before
    for reason, now in ((MEASURE, measured), (CENSORING, later), (COVERAGE, published)):
        steps.append(Step(reason, now, _points(last, now)))
        last = now
    return Reconciliation(before, quoted.measure.id, measure.id, tuple(steps))


def _points(before: Counts, after: Counts) -> Decimal | None:
    """Between printed rates, so that the steps add up to what a reader can check."""
    first, second = before.binary, after.binary
    return None if isinstance(first, Undefined) or isinstance(second, Undefined) else second - first
