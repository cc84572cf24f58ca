"""What a framework is: themes, questions, facts, scales, measures, populations, counts and fixed text, as frozen data.

The file is read by :mod:`caselight.formats.framework_yaml`; what is wrong with it is found by
:mod:`caselight.method.framework.checks`. No Python in a framework: if a rule cannot be said here, the language grows by
one operator (ADR 0003). Every rule carries its provenance.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field, RootModel, model_validator

from caselight.method.framework.rules import ALWAYS, Model, Rule
from caselight.method.wording.definition import Language

Ident = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$")]
NOT_RELEVANT = "not_relevant"
Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Field(strict=False)]


class Text(RootModel[str | dict[str, str]]):
    """Words for a reader: a string in a framework of one language, otherwise one text per language code."""

    model_config = ConfigDict(frozen=True)

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
    """One answer that may be chosen, and what it counts as (nothing, for data)."""

    value: Ident
    label: Text
    outcome: Outcome | None = Field(None, strict=False)


class Scale(Model):
    """The answers of a question. ``adverse`` counts a need or a failing: its figures count that side."""

    id: Ident
    options: Many[Option] = Field(min_length=2)
    polarity: Literal["sufficient", "adverse"] = "sufficient"
    data_only: bool = False
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


class Tool(Model):
    """A form that inspectors fill in, and the kind of subject it is about (a case, a case manager)."""

    id: Ident
    subject: Ident
    title: Text


class Subject(Model):
    """What can be examined, with the nouns that phrases use."""

    id: Ident
    one: Text
    many: Text
    sampled: bool = True


class Population(Model):
    """A named sub-population: figure ``C4@custody`` is C4 counted over the subjects that ``where`` selects."""

    id: Ident
    label: Text
    where: Rule
    subject: Ident = "case"
    figures: Many[Ident] = ()
    describes: bool = False
    provenance: Provenance


class Count(Model):
    """A count of subjects with a fact: CUSTODY, LAC. ``describes`` puts it under the small-number rules."""

    id: Ident
    label: Text
    subject: Ident = "case"
    where: Rule = ALWAYS
    answered: Ident | None = None
    describes: bool = False
    provenance: Provenance


class Consistency(Model):
    """A cross-question check: when the rule holds for a subject, the answers do not fit together."""

    id: Ident
    when: Rule
    says: Text
    cure: Text
    severity: Literal["error", "warning"] = "warning"
    unless_note_on: Ident | None = None
    subject: Ident = "case"
    provenance: Provenance


class Screening(Model):
    """A selection from the question bank: what one kind of inspection asks. Leaving out ``questions`` asks all."""

    id: Ident
    title: Text
    questions: Many[Ident] = ()


class Window(Model):
    """The eligibility window around the dates of an inspection, in days (settings, never constants)."""

    start_fact: Ident
    latest_days_before_announcement: int = Field(ge=0)
    earliest_days_before_fieldwork: int = Field(ge=0)
    also: Rule = ALWAYS
    provenance: Provenance


class SampleDefaults(Model):
    """How the sample is drawn unless the inspection says otherwise: strata by fact, and the share of reserves."""

    strata: Many[Ident] = ()
    allocation: Literal["proportional-largest-remainder"] = "proportional-largest-remainder"
    reserves: int = Field(6, ge=0)
    removal_reasons: Many[Reason]
    provenance: Provenance


class FixedText(Model):
    """A paragraph that is the same in every letter. It may hold bound phrases; ``when`` names a count it needs."""

    id: Ident
    text: Text
    provenance: Provenance


class LetterText(Model):
    """The fixed side of a letter: section titles, labels, fixed paragraphs, names allowed beside figures."""

    title: Text
    sections: dict[str, Text]
    labels: dict[str, Text]
    fixed: Many[FixedText] = ()
    allowed: Many[str] = ()
    copy_roles: dict[str, Text] = Field(default_factory=dict)


class Bank(Model):
    """The larger question bank a framework belongs to, so that a question keeps its identity across versions."""

    id: Ident
    title: Text


class Framework(Model):
    """A whole framework. ``languages`` come first things first: the first is the default."""

    schema_: Literal["caselight.framework/1"] = Field(alias="schema")
    id: Ident
    version: str
    title: Text
    valid_from: str | None = None
    languages: Many[str] = Field(min_length=1)
    about: Text
    texts_provenance: Provenance
    sources: dict[str, str] = Field(default_factory=dict)
    bank: Bank
    screenings: Many[Screening] = Field(min_length=1)
    subjects: Many[Subject] = Field(min_length=1)
    tools: Many[Tool] = Field(min_length=1)
    scales: Many[Scale] = ()
    facts: Many[Fact] = ()
    reason_lists: dict[str, Many[Reason]] = Field(default_factory=dict)
    not_relevant_reasons: Many[Reason] = ()
    themes: Many[Theme] = Field(min_length=1)
    populations: Many[Population] = ()
    counts: Many[Count] = ()
    consistency: Many[Consistency] = ()
    eligibility: Window | None = None
    sample: SampleDefaults | None = None
    small_number: int = Field(7, ge=0)
    percentages: bool = False
    wording: dict[str, Language]
    letter: LetterText

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in order."""
        return {question.id: question for theme in self.themes for question in theme.questions}

    @cached_property
    def theme_of(self) -> dict[str, Theme]:
        """The theme that each question belongs to."""
        return {question.id: theme for theme in self.themes for question in theme.questions}

    @cached_property
    def scale_by_id(self) -> dict[str, Scale]:
        """Every scale by id."""
        return {scale.id: scale for scale in self.scales}

    @cached_property
    def fact_by_id(self) -> dict[str, Fact]:
        """Every fact by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def subject_of_tool(self) -> dict[str, str]:
        """The kind of subject that each tool is about."""
        return {tool.id: tool.subject for tool in self.tools}

    def subject_of(self, question: Question) -> str:
        """The kind of subject a question is about (``case``, ``case_manager``)."""
        return self.subject_of_tool[question.tool]

    def reasons_of(self, question: Question) -> tuple[Reason, ...]:
        """The reasons for *No* of a question, whether listed in place or by the name of a shared list."""
        return self._listed(question.reasons)

    def good_of(self, question: Question) -> tuple[Reason, ...]:
        """What may be ticked as good practice when the answer is *Yes*."""
        return self._listed(question.good)

    def _listed(self, reasons: str | tuple[Reason, ...]) -> tuple[Reason, ...]:
        return self.reason_lists.get(reasons, ()) if isinstance(reasons, str) else reasons

    def asked(self, screening: str) -> tuple[Question, ...]:
        """The questions of one screening, in the order of the framework."""
        chosen = next(item for item in self.screenings if item.id == screening)
        wanted = set(chosen.questions)
        return tuple(q for q in self.questions.values() if not wanted or q.id in wanted)
