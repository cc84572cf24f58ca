"""Where one question stands for one subject, and what a computed question may look at.

*Not relevant*, *not answered* and *contested* are three different standings. How a standing is reached is in
:mod:`caselight.method.answers.sheet` and, for computed questions, :mod:`caselight.method.answers.computing`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from caselight.method.answers.events import AnswerEvent
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Truth, Value
from caselight.method.framework.truth import Facts

Holidays = Mapping[int, tuple[date, ...]]


class Standing(NamedTuple):
    """Where one question stands for one subject.

    ``relevant`` is false by the rule (``by`` = ``rule``) or by the inspector (``by`` = ``inspector``), and unknown
    while a fact or gate it depends on is. ``value`` and ``outcome`` are empty without one uncontested answer.
    ``computed_value`` is what a computed question came to before an inspector recorded another answer in its place.
    """

    relevant: Truth
    by: str = ""
    value: Value | None = None
    outcome: str | None = None
    contested: bool = False
    event: AnswerEvent | None = None
    computed_value: Value | None = None


NOT_ASKED = Standing(relevant=False, by="rule")
UNKNOWN = Standing(relevant=None)
UNANSWERED = Standing(relevant=True)
CONTESTED = Standing(relevant=True, contested=True)


class Settled(Facts, ABC):
    """A subject whose questions can be settled one after the other: what a computed question looks at."""

    framework: Framework
    holidays: Holidays

    @abstractmethod
    def standing(self, question_id: str) -> Standing:
        """Where a question stands for this subject."""
