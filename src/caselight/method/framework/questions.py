"""Questions and themes: what is asked about whom, when, how it is answered, and how a computed one gets its outcome."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from caselight.method.framework.parts import Ident, Many, Provenance, Reason, Text
from caselight.method.framework.rules import ALWAYS, Model, Rule


class Target(Model):
    """A number of working days, for the subjects that ``when`` selects (every subject when it is left out)."""

    working_days: int = Field(ge=0)
    when: Rule = ALWAYS
    provenance: Provenance


class OnTime(Model):
    """A working-day measure: done within the first target that applies, counted from ``start``.

    ``due`` may name a date fact that, when supplied, replaces start plus target. Weekends and the dates of
    ``holidays.csv`` are not working days; the day of ``start`` is day nought.
    """

    start: Ident
    done: Ident
    due: Ident | None = None
    targets: Many[Target] = Field(min_length=1)


class Line(Model):
    """One line of a decision table: the value that a question gets when the rule holds. It may be ``not_relevant``."""

    value: Ident
    when: Rule
    provenance: Provenance | None = None


class Table(Model):
    """A decision table. Its lines may not overlap unless ``first_match`` says that the first that holds counts.

    A subject that no line fits is a fault when the framework is loaded, unless ``otherwise`` gives its value.
    """

    lines: Many[Line] = Field(min_length=1)
    first_match: bool = False
    otherwise: Ident | None = None


class Points(Model):
    """The points of several questions for one subject: their sum, their mean, or the share of those possible.

    What is not relevant leaves both sides; when nothing is left there is no score.
    """

    questions: Many[Ident] = Field(min_length=1)
    as_: Literal["sum", "mean", "share"] = Field("share", alias="as")


COMPUTED = ("sufficient_when", "on_time", "table", "points")


class Computed(Model):
    """How a computed question gets its value: a rule, working days, a decision table or points.

    ``may_override``: the inspector may record another answer with a note; the computed one is kept beside it.
    """

    sufficient_when: Rule | None = None
    on_time: OnTime | None = None
    table: Table | None = None
    points: Points | None = None
    may_override: bool = False

    @model_validator(mode="after")
    def _exactly_one(self) -> Computed:
        if sum(getattr(self, name) is not None for name in COMPUTED) != 1:
            raise ValueError(f"a computed question has exactly one of {', '.join(COMPUTED)}")
        return self

    @cached_property
    def way(self) -> tuple[str, Any]:
        """How its value is reached: the name of the way, and what it needs."""
        name = next(name for name in COMPUTED if getattr(self, name) is not None)
        return name, getattr(self, name)


class Variant(Model):
    """Other words for a question where ``when`` holds; the first that holds counts. What is asked stays the same."""

    when: Rule
    text: Text
    guidance: Text | None = None


class Question(Model):
    """One question: whom it is asked about, when, how it is answered, and the guidance beside it.

    ``kind``: a *judgement* is counted; a *gate* opens other questions; *data* is recorded only; *computed* is never
    asked. ``short`` is the noun phrase used in tables ("initial assessment of offending"). Data without a scale are of
    a ``type``: a whole number, a date, or text.

    ``not_relevant_when``: then the question does not apply, and any other answer recorded is an error.
    ``required_when``: only then does the subject stay incomplete without an answer (always, when it is left out).
    ``never_not_relevant``: the inspector may not say that it is not relevant. ``informed_by``: questions (prompts) that
    inform the judgement; when most of them that apply point the other way, that is flagged and nothing is blocked.
    ``points`` are what the question can score. ``critical``: missing it creates a duty whatever the score.
    ``replaces``: questions of earlier versions or other frameworks whose meaning this one changed.
    """

    id: Ident
    kind: Literal["judgement", "gate", "data", "computed"] = "judgement"
    tool: Ident = "case"
    text: Text
    short: Text
    guidance: Text | None = None
    prompts: Many[Text] = ()
    variants: Many[Variant] = ()
    scale: Ident | None = None
    type: Literal["integer", "date", "text"] | None = None
    reasons: Ident | Many[Reason] = ()
    good: Ident | Many[Reason] = ()
    when: Rule = ALWAYS
    not_relevant_when: Rule | None = None
    required_when: Rule = ALWAYS
    never_not_relevant: bool = False
    informed_by: Many[Ident] = ()
    said: dict[str, Text] = Field(default_factory=dict)
    computed: Computed | None = None
    polarity: Literal["sufficient", "adverse"] | None = None
    points: int | float = 1
    critical: bool = False
    also_in: Many[Ident] = ()
    replaces: Many[Ident] = ()
    describes: bool = False
    unit: Text | None = None
    provenance: Provenance


class Theme(Model):
    """A group of questions in the order of the report. ``number`` is printed; a theme without one is not numbered."""

    id: Ident
    title: Text
    number: int | None = None
    questions: Many[Question] = Field(min_length=1)
