"""A service's delivery of offence events, followed live: by which measure, for which cohorts, as known on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caselight.formats.offence_events.mapping import read_mapping
from caselight.formats.offence_events.reading import Delivery, read_delivery
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import cohorts
from caselight.method.reoffending.rates import Counts
from caselight.method.reoffending.reconciling import Reconciliation, reconcile
from caselight.method.reoffending.tracking import Top, Tracker, View, concentration


@dataclass(frozen=True, slots=True)
class Wanted:
    """The measure, the first and last day of the cohorts, the day as known on which, and the day of the delivery."""

    measure: str
    first: date
    last: date
    as_of: date
    delivered: date


@dataclass(frozen=True, slots=True)
class Tracked:
    """The delivery, the tracker, each cohort's view, all together, the same point last year, and the concentration."""

    delivery: Delivery
    tracker: Tracker
    cohorts: tuple[tuple[str, View], ...]
    together: View
    last_year: View
    tops: tuple[Top, ...]


def track(file: Path, mapping: Path | None, wanted: Wanted) -> Tracked:
    """Read a delivery and follow it. A record without a day of its own is known since the day it was proven or charged.

    So a past day can be rebuilt from one delivery as far as its days say; a column ``known_date`` says it exactly.
    """
    by = measure(wanted.measure)
    delivery = read_delivery(file, read_mapping(mapping), wanted.delivered)
    followed = cohorts(by.window, wanted.first, wanted.last)
    tracker = Tracker(by, followed, wanted.as_of, delivery.known)
    together = tracker.view()
    return Tracked(
        delivery=delivery,
        tracker=tracker,
        cohorts=tuple((one.label, tracker.on(wanted.as_of, [one]).view()) for one in followed),
        together=together,
        last_year=tracker.last_year().view(),
        tops=tuple(concentration(follow.row for follow in together.follows)),
    )


def reconciled(tracked: Tracked, published: Counts, published_measure: str, extract: date) -> Reconciliation:
    """The reasons for the gap to a published figure of the same cohorts."""
    return reconcile(tracked.tracker, published, measure(published_measure), extract)
