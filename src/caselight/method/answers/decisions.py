"""Decisions about ratings as they are recorded: whether an event may stand there, by the framework alone.

Whether discretion was open can only be said once everything is counted: :mod:`caselight.method.analysis.ratings`.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import Fault, did_you_mean, quoted
from caselight.method.framework.definition import Framework

RATING = "rating:"  # how the question id of a decision about a rating begins


def address_faults(question_id: str, subject_kind: str, framework: Framework) -> Iterator[Fault]:
    """What is wrong with what a decision is about: no such rating, another subject, a rating nobody may decide."""
    name = question_id.removeprefix(RATING)
    rating = framework.rating_by_id.get(name)
    if rating is None:
        says = f"No rating is called {quoted(name)}."
        yield Fault("package.unknown-rating", ("question_id",), says, did_you_mean(name, framework.rating_by_id))
    elif not rating.may_decide:
        says = f"The framework does not let a panel decide about {name}."
        yield Fault("package.decision-not-allowed", ("question_id",), says, "Take the row out.")
    if subject_kind != framework.rated:
        says = f"A decision about a rating is recorded of a {framework.rated}, not of a {quoted(subject_kind)}."
        cure = f"Record it with the tool about the {framework.rated}."
        yield Fault("package.decision-elsewhere", ("subject_kind",), says, cure)


def value_faults(question_id: str, value: str, framework: Framework) -> Iterator[Fault]:
    """What is wrong with what was decided: it is no grade of the rating's scale."""
    rating = framework.rating_by_id.get(question_id.removeprefix(RATING))
    scale = framework.rating_scale_by_id.get(rating.scale) if rating else None
    if rating is None or scale is None:
        return
    grades = [grade.id for grade in scale.grades]
    if value not in grades:
        says = f"{quoted(value)} is no grade of {rating.id}."
        yield Fault("package.not-a-grade", ("value",), says, f"Decide one of: {', '.join(grades)}.")


def missing_faults(question_id: str, *, has_note: bool) -> Iterator[Fault]:
    """What a decision that stands still lacks: its reason."""
    if not has_note:
        says = f"The decision about {question_id.removeprefix(RATING)} gives no reason."
        yield Fault("package.decision-without-reason", ("note",), says, "Say in the note why the panel decided so.")
