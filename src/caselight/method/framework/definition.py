"""What a framework is: themes, questions, facts, scales, measures, populations, counts and fixed text, as frozen data.

The file is read by :mod:`caselight.formats.framework_yaml`; what is wrong with it is found by
:mod:`caselight.method.framework.checks`. No Python in a framework: if a rule cannot be said here, the language grows by
one operator (ADR 0003). Every rule carries its provenance.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from caselight.method.framework.double_marking import AgreementRule
from caselight.method.framework.measures import Measure
from caselight.method.framework.parts import Fact, Ident, Many, Provenance, Reason, Scale, Subject, Text, Tool
from caselight.method.framework.questions import Question, Theme
from caselight.method.framework.ratings import CutTable, Rating, RatingScale
from caselight.method.framework.rules import ALWAYS, Model, Rule
from caselight.method.framework.sampling import SampleDefaults, Window
from caselight.method.wording.definition import Language


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
    """A whole framework. ``languages`` come first things first: the first is the default.

    ``rated`` is the subject that ratings are about (the service): its facts and answers are what the rules of ratings
    look at, and decisions about ratings are recorded of it.
    """

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
    measures: Many[Measure] = ()
    rating_scales: Many[RatingScale] = ()
    cut_tables: Many[CutTable] = ()
    ratings: Many[Rating] = ()
    rated: Ident | None = None
    consistency: Many[Consistency] = ()
    double_marking: Many[AgreementRule] = ()
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
    def measure_by_id(self) -> dict[str, Measure]:
        """Every measure by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def rating_by_id(self) -> dict[str, Rating]:
        """Every rating by id."""
        return {rating.id: rating for rating in self.ratings}

    @cached_property
    def rating_scale_by_id(self) -> dict[str, RatingScale]:
        """Every scale of grades by id."""
        return {scale.id: scale for scale in self.rating_scales}

    @cached_property
    def cut_table_by_id(self) -> dict[str, CutTable]:
        """Every cut table by id."""
        return {table.id: table for table in self.cut_tables}

    @cached_property
    def subject_by_id(self) -> dict[str, Subject]:
        """Every kind of subject by id."""
        return {subject.id: subject for subject in self.subjects}

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
