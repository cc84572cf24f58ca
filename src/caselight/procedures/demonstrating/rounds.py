"""One round of work as the demonstration is to show it: whose, of how many cases, when, and how far it has come.

Days are counted in working days from the day on which it is made, so that whatever was recorded was recorded before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from caselight.method.caseload.workdays import add_working_days
from caselight.method.inspection.definition import Dates
from caselight.method.inspection.planning import EXTERNAL, Lead, holidays_about, planned_dates, working_days_before
from caselight.procedures.demonstrating.cast import Actor
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.models import Kind, State

SIGNED, AGREED, COMPLETE, OPENED, UNTOUCHED = "signed", "agreed", "complete", 0.55, 0.0
Stage = str | float


@dataclass(frozen=True, eq=False)
class Round:
    """One of them. ``work`` gives for each examiner how far their cases are, in the order of the sample."""

    key: str
    title: str
    kind: Kind
    example: str  # the folder whose question set and case list it has
    service: str
    short: str
    areas: tuple[str, ...]
    lead: Actor
    team: Mapping[Actor, Role]
    begins: int  # the first day of fieldwork, in working days from today
    lasts: int  # working days from the first to the last
    state: State
    every: int  # each so-many-th case of the example is in its list
    size: int
    reserves: int
    work: Mapping[Actor, tuple[Stage, ...]] = field(default_factory=dict)
    times: Lead = EXTERNAL
    timetabled: bool = False
    contested: tuple[Actor, Actor] | None = None  # the second answers one question of the first's open case otherwise
    against: Actor | None = None  # who declared a conflict of interest about a case that somebody else has
    beside: tuple[Actor, ...] = field(default=())  # who is given cases to read and comment on

    def dates(self, today: date) -> Dates:
        """Its dates, as they lie about today."""
        about = holidays_about(today)
        back, on = max(0, -self.begins), max(0, self.begins)
        first = working_days_before(today, back, about) if back else add_working_days(today, on, about)
        last = add_working_days(first, self.lasts, about)
        return planned_dates(first, last, self.times, announced=None, published=None)


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day."""
    return datetime.combine(day, time(hour, minute), UTC)


def later(day: date, n: int) -> date:
    """The n-th working day after a day."""
    return add_working_days(day, n, holidays_about(day))
