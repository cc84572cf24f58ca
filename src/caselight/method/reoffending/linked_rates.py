"""What linkage does to the rates: the same events counted with the persons of one threshold and of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caselight.method.reoffending.cleaning import merge
from caselight.method.reoffending.cohort import person_rows
from caselight.method.reoffending.events import Event
from caselight.method.reoffending.measures import Measure
from caselight.method.reoffending.months import Window
from caselight.method.reoffending.rates import Counts, counts
from caselight.method.statistics.proportions import Undefined

RATES = ("binary", "per_offender", "per_reoffender")


@dataclass(frozen=True, slots=True)
class Effect:
    """The counts with fewer links (the upper threshold) and with more (the lower), and how many persons each makes."""

    measure: str
    fewer: Counts
    more: Counts
    persons_fewer: int
    persons_more: int

    def difference(self, name: str) -> Decimal | None:
        """A rate with more links, less that with fewer; None where either is not given."""
        more, fewer = getattr(self.more, name), getattr(self.fewer, name)
        return None if isinstance(more, Undefined) or isinstance(fewer, Undefined) else more - fewer


@dataclass(frozen=True, slots=True)
class Asked:
    """The measure, its cohorts, and the day of the extract."""

    measure: Measure
    windows: Sequence[Window]
    as_of: date


def effect(events: Iterable[Event], fewer: Mapping[str, str], more: Mapping[str, str], asked: Asked) -> Effect:
    """The counts at both thresholds. An event's person is the id of a record; one that is in neither stays as it is."""
    events = list(events)
    (at_fewer, persons_fewer), (at_more, persons_more) = (_counted(events, same, asked) for same in (fewer, more))
    return Effect(asked.measure.id, at_fewer, at_more, persons_fewer, persons_more)


def _counted(events: Iterable[Event], same: Mapping[str, str], asked: Asked) -> tuple[Counts, int]:
    histories: dict[str, list[Event]] = {}
    for event in merge(events, same):
        histories.setdefault(event.person, []).append(event)
    rows = [row for of in histories.values() for row in person_rows(of, asked.windows, asked.measure, asked.as_of)]
    return counts(rows), len(histories)
