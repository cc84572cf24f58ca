"""What a panel decided about a rating: an answer event of the rated subject whose question is ``rating:`` and its id.

A decision counts when it is the one that stands, names a grade, gives a reason, and the scheme lets a panel decide.
Otherwise it is a fault and changes nothing: the rating stays as the rule gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caselight.method.analysis.figure import Reached
from caselight.method.answers.decisions import RATING
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.sheet import Sheet
from caselight.method.faults import Fault, quoted
from caselight.method.framework.ratings import Rating


class Decision(NamedTuple):
    """The decisions about one rating that stand: one, none, or several that contest each other."""

    event: AnswerEvent | None = None
    contested: bool = False


def decision(rating: Rating, sheet: Sheet | None) -> Decision:
    """The decision that stands about a rating."""
    heads = sheet.recorded.get(RATING + rating.id, ()) if sheet else ()
    if len(heads) > 1:
        return Decision(contested=True)
    return Decision(heads[0]) if heads and not heads[0].withdrawn else Decision()


def counts(event: AnswerEvent, rating: Rating, reached: Reached) -> bool:
    """Whether a decision may be used: it names a grade, gives a reason, and the panel may decide."""
    is_grade = event.value in dict(reached.scale)
    return is_grade and bool(event.note.strip()) and not why_closed(rating, reached)


def why_closed(rating: Rating, reached: Reached) -> str:
    """Why a panel may not decide about a rating, as a sentence; empty when it may, or when that is not known yet."""
    if not rating.may_decide:
        return f"The framework does not let a panel decide about {rating.id}."
    if reached.state == "not_rated":
        return f"{rating.id} is not rated, so there is nothing to decide."
    if reached.state == "rated" and rating.discretion is not None and not reached.discretion:
        return f"Discretion about {rating.id} is closed: no condition that would open it holds."
    return ""


def closed_decision(rating: Rating, reached: Reached, sheet: Sheet | None) -> Iterator[Fault]:
    """An error for a decision that is recorded although the panel may not decide."""
    found = decision(rating, sheet)
    why = why_closed(rating, reached) if found.event else ""
    if found.event is not None and why:
        says = f"The decision {quoted(found.event.value)} is not used. {why}"
        cure = "Withdraw the decision, or correct the answers that it rests on."
        yield Fault("answers.decision-closed", (found.event.subject_key, RATING + rating.id), says, cure)
