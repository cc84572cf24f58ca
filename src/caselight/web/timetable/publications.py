"""What was published, when and by whom, and what was different from the time before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from caselight.store.samples.timetable.values import Change, Publication
from caselight.web.timetable.seeing import Seen, may_see
from caselight.web.timetable.wording import change_words


@dataclass(frozen=True, slots=True)
class Told:
    """A publication: its number, when and by whom, and its changes in words."""

    number: int
    when: str
    by: str
    changes: Sequence[str]


@dataclass(frozen=True, slots=True)
class News:
    """How the plan stands to what was published: the last publication (None before), and what changed since."""

    last: Told | None
    changes: Sequence[str]


def news_of(seen: Seen) -> News:
    """For the page of the timetable; changes that are not published only for whoever plans."""
    told = seen.timetable.publications
    last = _told(seen, len(told), told[-1]) if told else None
    changes = _said(seen, seen.timetable.changes) if seen.plans else ()
    return News(last, changes)


def publications_of(seen: Seen) -> list[Told]:
    """All of them, the newest first; of the changes those that the visitor may see."""
    told = [_told(seen, number, one) for number, one in enumerate(seen.timetable.publications, 1)]
    return list(reversed(told))


def clock_words(seen: Seen, at: datetime) -> str:
    """An instant by the clock of the inspection."""
    there = at.astimezone(ZoneInfo(seen.visit.inspection.definition.time_zone))
    return f"{there.day} {there:%B %Y} at {there:%H:%M}"


def _told(seen: Seen, number: int, one: Publication) -> Told:
    changes = _said(seen, seen.timetable.changed_in(one))
    return Told(number, clock_words(seen, one.at), seen.name(one.by), changes)


def _said(seen: Seen, changes: Sequence[Change]) -> tuple[str, ...]:
    """Changes in words: what concerns the visitor before or after."""
    shown = [
        one
        for one in changes
        if seen.plans or any(state is not None and may_see(seen, state) for state in (one.before, one.after))
    ]
    return tuple(f"{seen.title(one.slot)}: {change_words(one, seen.names)}" for one in shown)
