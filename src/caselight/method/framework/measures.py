"""Measures of a whole inspection: a number with its base, from the answers of all subjects or from other measures.

A share, a mean of coded answers, points with what is not relevant taken out, a weighted estimate over strata, cases
pooled under another heading, a step function, a lookup table, a sum, a published figure. Numbers are exact fractions.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field, model_validator

from caselight.method.framework.parts import Ident, Many, Provenance, Text
from caselight.method.framework.rules import Model, Rule

Number = int | float
# Bounded in length: a number such as 1e999999999 would never be worked out.
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18}|/0*[1-9][0-9]{0,17})?", re.ASCII)


class Share(Model):
    """Sufficient of relevant subjects for a question; ``where`` takes a sub-sample, by the inspector's own answer too."""

    question: Ident
    where: Rule | None = None


class Mean(Model):
    """The mean over subjects of a question whose answers stand for numbers. Answers without one are left out.

    Without ``values`` the points of the options count.
    """

    question: Ident
    values: dict[str, Number] = Field(default_factory=dict)
    where: Rule | None = None


class PointsOf(Model):
    """Points scored over points possible, all subjects together; what is not relevant leaves both sides."""

    questions: Many[Ident] = ()
    themes: Many[Ident] = ()
    as_: Literal["share", "sum"] = Field("share", alias="as")


class Weighted(Model):
    """A share estimated from strata: each stratum of the caseload (by the values of ``strata``) weighs what it holds."""

    question: Ident
    strata: Many[Ident] = Field(min_length=1)


class Pooled(Model):
    """Several measures with a base as one: their numerators over their denominators (cases, not ratings)."""

    of: Many[Ident] = Field(min_length=2)


class Step(Model):
    """From this value of the other measure on (it is inside), until the next step, the result is ``gives``."""

    at_least: str
    gives: Number

    @property
    def start(self) -> Fraction:
        """Where the step begins, as an exact number: ``80%`` is 0.8."""
        return exact(self.at_least)


class Steps(Model):
    """A step function of another measure; below the first step there is no value."""

    of: Ident
    steps: Many[Step] = Field(min_length=1)


class LookupRow(Model):
    """One row of a lookup table: the first whose rule holds for the subject gives the points."""

    when: Rule
    gives: Number


class Lookup(Model):
    """Points looked up for each subject of a kind, and added up; a subject that no row fits has no value."""

    subject: Ident
    rows: Many[LookupRow] = Field(min_length=1)


class Sum(Model):
    """The sum of other measures. One without a value leaves the sum without one, unless ``skip_missing``."""

    of: Many[Ident] = Field(min_length=1)
    skip_missing: bool = False


class Measure(Model):
    """One measure. Its ``id`` is the key of a figure. Exactly one of the other keys says how it is reached."""

    id: Ident
    label: Text
    share: Share | None = None
    mean: Mean | None = None
    points: PointsOf | None = None
    weighted: Weighted | None = None
    pooled: Pooled | None = None
    steps: Steps | None = None
    lookup: Lookup | None = None
    sum: Sum | None = None
    external: Ident | None = None
    describes: bool = False
    provenance: Provenance

    @model_validator(mode="after")
    def _one_way(self) -> Measure:
        if sum(getattr(self, name) is not None for name in WAYS) != 1:
            raise ValueError(f"a measure has exactly one of {', '.join(WAYS)}")
        return self

    @property
    def way(self) -> tuple[str, Any]:
        """How it is reached: the name of the way, and what it needs."""
        name = next(name for name in WAYS if getattr(self, name) is not None)
        return name, getattr(self, name)


WAYS = ("share", "mean", "points", "weighted", "pooled", "steps", "lookup", "sum", "external")


def exact(text: str) -> Fraction:
    """An exact number from ``"80%"``, ``"2/3"`` or ``"62.5"``. Raises ``ValueError`` for anything else.

    >>> exact("62.5%")
    Fraction(5, 8)
    """
    number = text.removesuffix("%")
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"{text[:60]} is no number such as 80%, 2/3 or 62.5")
    value = Fraction(number)
    return value / 100 if text.endswith("%") else value
