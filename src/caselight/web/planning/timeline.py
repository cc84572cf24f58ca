"""The dates of an inspection as a strip: what each day is, how far away, and what it follows from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caselight.method.caseload.workdays import working_days_between
from caselight.method.faults import Faults
from caselight.method.inspection.definition import Dates
from caselight.method.inspection.planning import holidays_about
from caselight.web.design.words import Words


@dataclass(frozen=True, slots=True)
class Point:
    """One day of the strip; ``state`` is past, today or ahead."""

    title: str
    day: date
    note: str
    away: str
    state: str


def timeline(dates: Dates, today: date, said: Words) -> tuple[Point, ...]:
    """The strip, in order of the days."""
    return tuple(
        Point(title, day, note, _away(day, today), "past" if day < today else "today" if day == today else "ahead")
        for title, day, note in _days(dates, said)
    )


def _days(dates: Dates, said: Words) -> Iterator[tuple[str, date, str]]:
    first, last = dates.fieldwork_from, dates.fieldwork_to
    yield "Announcement", dates.announced, _between(dates.announced, first, "before fieldwork")
    yield "Fieldwork begins", first, ""
    yield "Fieldwork ends", last, _between(first, last, "after it begins")
    if dates.published is not None:
        yield said.cap(f"{said.letter} published"), dates.published, _between(last, dates.published, "after fieldwork")


def _between(first: date, last: date, than: str) -> str:
    try:
        days = working_days_between(first, last, holidays_about(last))
    except Faults:
        return ""
    return f"{days} working day{'s' * (days != 1)} {than}" if days else ""


def _away(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "Today"
    length = f"{abs(days)} day{'s' * (abs(days) != 1)}"
    return f"In {length}" if days > 0 else f"{length} ago"
