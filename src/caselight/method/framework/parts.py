"""The small parts that frameworks are made of: texts, provenance, scales, reasons, facts, tools and subjects."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field, RootModel, model_validator

from caselight.method.framework.rules import Model

Ident = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$")]
NOT_RELEVANT = "not_relevant"
Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Field(strict=False)]


class Text(RootModel[str | dict[str, str]]):
    """Words for a reader: a string in a framework of one language, otherwise one text per language code."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def in_(self, language: str) -> str:
        """The text in one language. The load-time checks make sure that it is there."""
        if isinstance(self.root, str):
            return self.root
        return self.root.get(language) or next(iter(self.root.values()), "")


class Mark(StrEnum):
    """How far a rule is known to be the rule of the body whose scheme this is (sqs.md, provenance marks)."""

    DOCUMENTED = "documented"
    LETTER = "inferred-from-letter"
    GENERAL = "general-knowledge"
    OWN = "own-design"


class Provenance(Model):
    """Where a rule comes from: a mark, the key of its source, a note. ``provenance: own-design`` is the short form."""

    mark: Mark = Field(strict=False)
    source: str | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"mark": value} if isinstance(value, str) else value


class Outcome(StrEnum):
    """What an answer counts as. *Not relevant* is not an answer's outcome but the absence of a question."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"


class Option(Model):
    """One answer that may be chosen, and what it counts as (nothing, for data).

    ``points`` is what it scores where points are counted; without it a sufficient answer scores all the points of its
    question and any other none. ``needs_note``: the answer stands only with a note (a narrative).
    """

    value: Ident
    label: Text
    outcome: Outcome | None = Field(None, strict=False)
    points: int | float | None = None
    needs_note: bool = False


class Scale(Model):
    """The answers of a question. ``adverse`` counts a need or a failing: its figures count that side.

    ``reasons: false`` makes it the scale of a checklist: its questions need neither reasons for No nor guidance.
    """

    id: Ident
    options: Many[Option] = Field(min_length=2)
    polarity: Literal["sufficient", "adverse"] = "sufficient"
    data_only: bool = False
    reasons: bool = True
    multiple: bool = False

    @cached_property
    def outcomes(self) -> dict[str, Outcome | None]:
        """What each option counts as: nothing on a data-only scale, and nothing for "cannot say"."""
        return {option.value: option.outcome for option in self.options}


class Reason(Model):
    """A coded reason for *No*, a good-practice tick for *Yes*, or a reason why a question is not relevant."""

    id: Ident
    label: Text
    needs_note: bool = False
    provenance: Provenance | None = None


class Fact(Model):
    """A fact about a subject, recorded once, that rules and breakdowns use.

    ``said`` puts each value into words ("a pre-sentence report was prepared"), so that a rule can explain itself.
    ``characteristic`` facts appear in the representativeness table. ``describes`` marks facts that describe a child:
    small counts of them fall under the small-number rules.
    """

    id: Ident
    label: Text
    type: Literal["yes_no", "choice", "date", "integer", "text", "key"]
    subject: Ident = "case"
    options: Many[Option] = ()
    supplied_by: Literal["service", "inspector"] = "service"
    said: dict[str, Text] = Field(default_factory=dict)
    characteristic: bool = False
    describes: bool = False
    required: bool = False
    provenance: Provenance

    def values(self) -> tuple[str, ...] | None:
        """The values that may be recorded; ``None`` when the type does not list them."""
        if self.type == "yes_no":
            return ("yes", "no")
        return tuple(option.value for option in self.options) if self.type == "choice" else None


class Tool(Model):
    """A form that inspectors fill in, and the kind of subject it is about (a case, a case manager)."""

    id: Ident
    subject: Ident
    title: Text


class Subject(Model):
    """What can be examined, with the nouns that phrases use.

    ``found_in`` names another subject within which the inspector finds these (the crimes in a file, a child's
    placements): any number of them, each a row of the table with this id. What is not known of a row is looked up in
    the subject it was found in.
    """

    id: Ident
    one: Text
    many: Text
    sampled: bool = True
    found_in: Ident | None = None
