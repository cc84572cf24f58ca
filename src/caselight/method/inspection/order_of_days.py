"""Days that cannot be in this order: a letter accepted, or a grade given, before the answers it rests on were recorded.

Compared by the day in UTC, in which instants are recorded. A part that is judged by itself may come before the cases;
a panel's decision and the judged headline, which are about all that was seen, may not. (frameworks.md, group 13)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caselight.method.answers.decisions import RATING
from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.faults import Fault, Severity
from caselight.method.inspection.package import Package


def day_faults(package: Package) -> Iterator[Fault]:
    """A warning for each language accepted before the newest answer, and for each grade given before it."""
    wholes = {rating.judged for rating in package.framework.ratings if rating.headline and rating.judged}
    grades = [(index, event) for index, event in enumerate(package.events) if _is_grade(event, wholes)]
    answers = max((_day(event.client_time) for event in package.events if not _is_grade(event, wholes)), default="")
    yield from _accepted(package, max([answers, *(_day(event.client_time) for _, event in grades)]))
    standing = {event.op_id for several in heads(event for _, event in grades).values() for event in several}
    for index, event in grades:
        day = _day(event.client_time)
        if event.op_id in standing and not event.withdrawn and day and day < answers:
            yield Fault(
                "package.judged-before-answers",
                ("answers", index, "client_time"),
                f"The grade for {event.question_id.removeprefix(RATING)} was given on {day}, "
                f"and answers were still recorded on {answers}.",
                "Look at the grade again now that all answers are there, and record it again; or correct the day.",
                Severity.WARNING,
            )


def _accepted(package: Package, newest: str) -> Iterator[Fault]:
    told: set[str] = set()
    for index, row in enumerate(package.accepted):
        day = _day(row.accepted_on)
        if day and day < newest and row.language not in told:
            told.add(row.language)
            yield Fault(
                "package.accepted-before-answers",
                ("accepted", index, "accepted_on"),
                f"The letter was accepted on {day}, and answers were still recorded on {newest}.",
                "Read the letter as it is now and accept it again, or correct the day.",
                Severity.WARNING,
            )


def _is_grade(event: AnswerEvent, wholes: set[str]) -> bool:
    return event.question_id in wholes or event.question_id.startswith(RATING)


def _day(instant: str) -> str:
    """The day of an instant, or nothing where it is none: that is a fault of its own."""
    try:
        return date.fromisoformat(instant[:10]).isoformat()
    except ValueError:
        return ""
