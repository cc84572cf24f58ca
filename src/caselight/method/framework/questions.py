"""Questions and themes: what is asked about whom, when, how it is answered, and how a computed one gets its outcome."""

from __future__ import annotations

from typing import Literal

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


class Computed(Model):
    """How a computed question gets its outcome: by a rule over facts and answers, or by working days."""

    sufficient_when: Rule | None = None
    on_time: OnTime | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Computed:
        if (self.sufficient_when is None) == (self.on_time is None):
            raise ValueError("a computed question has exactly one of sufficient_when, on_time")
        return self


class Question(Model):
    """One question: whom it is asked about, when, how it is answered, and the guidance beside it.

    ``kind``: a *judgement* is counted; a *gate* opens other questions; *data* is recorded only; *computed* is never
    asked. ``short`` is the noun phrase used in tables ("initial assessment of offending").
    """

    id: Ident
    kind: Literal["judgement", "gate", "data", "computed"] = "judgement"
    tool: Ident = "case"
    text: Text
    short: Text
    guidance: Text | None = None
    prompts: Many[Text] = ()
    scale: Ident | None = None
    reasons: Ident | Many[Reason] = ()
    good: Ident | Many[Reason] = ()
    when: Rule = ALWAYS
    said: dict[str, Text] = Field(default_factory=dict)
    computed: Computed | None = None
    polarity: Literal["sufficient", "adverse"] | None = None
    also_in: Many[Ident] = ()
    describes: bool = False
    unit: Text | None = None
    provenance: Provenance


class Theme(Model):
    """A group of questions in the order of the report. ``number`` is printed; a theme without one is not numbered."""

    id: Ident
    title: Text
    number: int | None = None
    questions: Many[Question] = Field(min_length=1)
