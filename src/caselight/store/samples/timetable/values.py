"""What a timetable is made of: what needs a slot, slots, and the half-days that they lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

CASE_MINUTES, INTERVIEW_MINUTES = 105, 30  # about what examining a case, and an interview, take
HALF_MINUTES = 240  # of a half-day


class Half(StrEnum):
    """Half a day."""

    AM = "am"
    PM = "pm"

    @property
    def called(self) -> str:
        """In words."""
        return "morning" if self is Half.AM else "afternoon"


class Outcome(StrEnum):
    """What became of a slot."""

    HELD = "held"
    CANCELLED = "cancelled"


WHY: Mapping[str, str] = {
    "worker-away": "The case manager was away or ill",
    "inspector-away": "The inspector was away or ill",
    "no-time": "There was not enough time",
    "no-file": "The file could not be opened",
    "not-needed": "It was not needed any more",
    "other": "Another reason",
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that needs a slot: a case with its worker beside the inspector, or an interview with a worker."""

    kind: str
    key: str
    label: str
    worker: str
    interview: bool

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and key."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the grid: an inspector in a half-day."""

    user: str
    day: date
    half: Half


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a slot, why where it was cancelled, and a note (None where its key is destroyed)."""

    outcome: Outcome
    reason: str
    note: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot in one of its states. ``n`` is the row of the audit that says so."""

    slot: str
    kind: str
    key: str
    worker: str
    place: Place
    starts: str
    room: str
    off: bool
    by: str
    at: datetime
    n: int

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and key of what it is about."""
        return self.kind, self.key

    @property
    def interview(self) -> bool:
        """Whether the worker is interviewed, rather than a case examined."""
        return self.key == self.worker

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return INTERVIEW_MINUTES if self.interview else CASE_MINUTES

    @property
    def order(self) -> tuple[date, str, str, str, str]:
        """By time; those without one come last in their half-day."""
        return self.place.day, self.place.half.value, self.starts or "~", self.worker, self.key

    def same(self, other: Slot) -> bool:
        """Whether nothing that people see differs from another state of it."""
        return (self.place, self.starts, self.room, self.off) == (other.place, other.starts, other.room, other.off)


@dataclass(frozen=True, slots=True)
class Publication:
    """That the timetable was published. ``n`` is the row of the audit that says so."""

    by: str
    at: datetime
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about a slot: None where it was not there before, or is not there any more."""

    before: Slot | None
    after: Slot | None

    @property
    def slot(self) -> Slot:
        """The slot, as it is or as it was."""
        found = self.after or self.before
        if found is None:
            raise AssertionError("a change of nothing")
        return found


def minutes_of(starts: str) -> int:
    """The minute of the day.

    >>> minutes_of("09:30")
    570
    """
    hours, _, minutes = starts.partition(":")
    return int(hours) * 60 + int(minutes)
