"""What a phrase is made from: plain numbers with their nouns, published rates, and the refusal to say something.

Wording lies below analysis and knows no figure: the trace turns a figure into an :class:`Amount` or a :class:`Rate`,
and a :class:`Refusal` into a fault with its place. (Design: letter.md, phrases.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from caselight.method.wording.definition import Side


@dataclass(frozen=True, slots=True)
class Amount:
    """``n`` of ``d`` relevant subjects, in a sample of ``sample``; the nouns are words of the letter's language.

    ``adverse`` amounts count a need or a failing, so that what falls short is ``n`` itself. ``key`` names the figure in
    refusals; ``question`` says which question it answers, so that a part can be told from another question.

    >>> Amount(28, 32, 34).rest
    4
    """

    n: int
    d: int
    sample: int
    noun_one: str = ""
    noun_many: str = ""
    adverse: bool = False
    key: str = ""
    question: str = ""

    @property
    def rest(self) -> int:
        """The other side: the relevant subjects that the numerator does not count."""
        return self.d - self.n

    @property
    def failing(self) -> int:
        """How many fall short, whichever side the numerator counts."""
        return self.n if self.adverse else self.rest

    def on(self, side: Side) -> Amount:
        """The same amount counted from one side.

        >>> Amount(28, 32, 34).on("insufficient").n
        4
        """
        return self if side == "sufficient" else replace(self, n=self.rest)

    def __str__(self) -> str:
        return f"{self.n} of {self.d}"


@dataclass(frozen=True, slots=True)
class Rate:
    """A published percentage, or a comparison that its source states without numbers (``stated``).

    ``noun`` is how a sentence calls it ("the England and Wales average"). Only rates of one ``measure`` are compared.
    """

    value: Decimal | None
    measure: str
    noun: str = ""
    stated: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How an inspection prints numbers, and where in the sentence a phrase stands.

    Counts up to ``words_up_to`` are words (0: all in digits). ``percentages`` is the framework's permission to print
    shares of cases as percentages. ``named`` are the amounts that options name by key (``base``, ``part``).
    """

    words_up_to: int = 9
    percentages: bool = False
    sentence_start: bool = False
    named: Mapping[str, Amount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be said: the code of the fault, the cause and the cure, as sentences."""

    code: str
    says: str
    cure: str
