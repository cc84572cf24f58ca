"""Which questions two people mark, and how their agreement is measured: data of the framework, as everything else.

What is made of it is in :mod:`caselight.method.analysis.double_marking`. Thresholds only flag (frameworks.md, section 9).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from caselight.method.framework.parts import Ident, Many, Mark, Provenance, Scale
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Model


class AgreementRule(Model):
    """How the agreement of two people is measured for some questions; without ``questions``, for all the others.

    ``statistic`` comes first and kappa beside it: ``ac1``, which ``weights`` make into AC2 (and kappa into weighted
    kappa), or ``alpha`` with its ``metric``. Below ``minimum_units`` only the table is shown. A coefficient lower than
    ``flag_below`` is flagged; nothing is blocked, and nothing is called good or poor.
    """

    questions: Many[Ident] = ()
    statistic: Literal["ac1", "alpha"] = "ac1"
    weights: Literal["none", "linear", "quadratic"] = "none"
    metric: Literal["nominal", "ordinal", "interval", "ratio"] = "nominal"
    minimum_units: int = Field(10, ge=2)
    flag_below: int | float | None = Field(None, ge=-1, le=1)
    provenance: Provenance

    @model_validator(mode="after")
    def _fits(self) -> AgreementRule:
        if self.statistic == "alpha" and self.weights != "none":
            raise ValueError("weights go with ac1; alpha takes a metric")
        if self.statistic == "ac1" and self.metric != "nominal":
            raise ValueError("a metric goes with alpha; ac1 takes weights")
        return self


UNLESS_SAID = AgreementRule(provenance=Provenance(mark=Mark.OWN))


def is_markable(question: Question, scale: Scale | None) -> bool:
    """Whether people answer this question, on its scale, with one option."""
    return question.kind != "computed" and scale is not None and not scale.multiple


def option_values(scale: Scale | None) -> tuple[int | float, ...]:
    """The points of the options of a scale, where each has its own; otherwise nothing."""
    options = scale.options if scale else ()
    points = tuple(option.points for option in options if option.points is not None)
    return points if len(set(points)) == len(options) else ()
