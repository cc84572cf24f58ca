"""The rule language: one small closed tree. What it says here; whether it holds: :mod:`caselight.method.framework.truth`.

``always``, ``all``, ``any``, ``not``, ``not_relevant``; tests of a ``fact``, an ``answer`` or an ``outcome``;
``elapsed`` time between two days; ``count`` of questions with an outcome or answer; ``rows`` found within a subject;
and, for ratings only, ``measure``, ``rating`` and ``ratings``. No coercion, no arithmetic, no Python. (ADR 0003.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Truth = bool | None
Unit = Literal["days", "working_days", "weeks", "months"]
COMPARISONS = (
    "is", "in", "includes", "includes_any", "includes_all", "includes_none", "at_least", "at_most", "before", "after",
    "same_as", "known",
)  # fmt: skip
Value = str | int | float | Fraction | date | tuple[str, ...]


class Model(BaseModel):
    """Base of every part of a framework: strict, frozen, and refusing keys it does not know."""

    # Validators are built on first use, and once for a whole framework instead of once for each of its parts.
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Ruling(Model):
    """Base of rules: what a rule looks at is found once, because a framework asks for it again and again."""

    @cached_property
    def found_leaves(self) -> tuple[tuple[tuple[str | int, ...], Leaf], ...]:
        """See :func:`leaves`."""
        return tuple(_leaves(cast("Rule", self)))

    @cached_property
    def found_references(self) -> frozenset[tuple[str, str]]:
        """See :func:`references`."""
        return frozenset(name for _, leaf in leaves(cast("Rule", self)) for name in _named_by(leaf))

    @cached_property
    def found_questions(self) -> frozenset[str]:
        """See :func:`questions_in`."""
        return frozenset(name for kind, name in self.found_references if kind in ("answer", "outcome", "relevant"))


class Always(Ruling):
    """``{always: true}``: the question is asked of every subject."""

    always: Literal[True]


class AllOf(Ruling):
    """``{all: [rule, …]}``: true when every part is; false as soon as one is false; otherwise unknown."""

    all: Annotated[tuple[Rule, ...], Field(min_length=1, strict=False)]


class AnyOf(Ruling):
    """``{any: [rule, …]}``: true as soon as one part is; false when every part is; otherwise unknown."""

    any: Annotated[tuple[Rule, ...], Field(min_length=1, strict=False)]


class Not(Ruling):
    """``{not: rule}``: true when the rule is false, unknown when it is unknown."""

    not_: Rule = Field(alias="not")


class NotRelevant(Ruling):
    """``{not_relevant: QUESTION}``: the question does not apply, or the inspector said it is not relevant."""

    not_relevant: str


class Named(Model):
    """A fact or an answer by its name, where a rule compares with it instead of with a value that is written there."""

    fact: str | None = None
    answer: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Named:
        if (self.fact is None) == (self.answer is None):
            raise ValueError("name exactly one of fact, answer")
        return self

    @property
    def subject(self) -> tuple[str, str]:
        """What is named: ``("fact", "entered_care")`` or ``("answer", "I6.A3")``."""
        return ("fact", self.fact) if self.fact is not None else ("answer", self.answer or "")


class Bounds(Model):
    """How large a number may be: ``is``, or ``at_least`` and ``at_most``, which may stand together."""

    is_: int | None = Field(None, alias="is")
    at_least: int | float | None = None
    at_most: int | float | None = None

    @model_validator(mode="after")
    def _some(self) -> Bounds:
        if self.least is None and self.most is None:
            raise ValueError("say is, at_least or at_most")
        if self.is_ is not None and (self.at_least is not None or self.at_most is not None):
            raise ValueError("is stands alone")
        return self

    @cached_property
    def least(self) -> Fraction | int | None:
        """The smallest number inside, exactly as written."""
        return _as_written(self.is_ if self.is_ is not None else self.at_least)

    @cached_property
    def most(self) -> Fraction | int | None:
        """The largest number inside, exactly as written."""
        return _as_written(self.is_ if self.is_ is not None else self.at_most)


def _as_written(number: float | None) -> Fraction | int | None:
    """A number exactly as it is written: 0.9 is nine tenths, and not the binary fraction next to it."""
    return Fraction(str(number)) if isinstance(number, float) else number


class Test(Ruling):
    """One test of a case fact, an answer, or the outcome (sufficient, insufficient) of a question.

    Exactly one of ``fact``, ``answer``, ``outcome`` names what is tested; exactly one of the other keys says how.
    """

    __test__ = False  # not a pytest class

    fact: str | None = None
    answer: str | None = None
    outcome: str | None = None
    is_: str | int | None = Field(None, alias="is")
    in_: tuple[str | int, ...] | None = Field(None, alias="in", strict=False, min_length=1)
    includes: str | None = None
    includes_any: tuple[str, ...] | None = Field(None, strict=False, min_length=1)
    includes_all: tuple[str, ...] | None = Field(None, strict=False, min_length=1)
    includes_none: tuple[str, ...] | None = Field(None, strict=False, min_length=1)
    at_least: int | float | None = None
    at_most: int | float | None = None
    before: str | Named | None = None
    after: str | Named | None = None
    same_as: Named | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _one_subject_one_test(self) -> Test:
        if sum(value is not None for value in (self.fact, self.answer, self.outcome)) != 1:
            raise ValueError("a test names exactly one of fact, answer, outcome")
        if len(self.comparisons) != 1:
            raise ValueError(f"a test has exactly one of {', '.join(COMPARISONS)}")
        return self

    @cached_property
    def comparisons(self) -> dict[str, Any]:
        """The comparison that this test makes, by its name in the file."""
        found = ((name, getattr(self, name if name not in ("is", "in") else f"{name}_")) for name in COMPARISONS)
        return {name: value for name, value in found if value is not None}

    @cached_property
    def asked(self) -> tuple[str, str, str, Any]:
        """Everything that it says: the sort and the name of what is tested, the comparison, what is compared with."""
        return (*self.subject, *self.comparison)

    @cached_property
    def comparison(self) -> tuple[str, Any]:
        """The name of the one comparison, and what is compared with."""
        ((how, other),) = self.comparisons.items()
        return how, other

    @cached_property
    def subject(self) -> tuple[str, str]:
        """What is tested: ``("fact", "psr")``, ``("answer", "R2.due")`` or ``("outcome", "R1t")``."""
        for kind in ("fact", "answer", "outcome"):
            name = getattr(self, kind)
            if name is not None:
                return kind, name
        raise AssertionError("a validated test has a subject")


class Span(Model):
    """From one day to another, in whole days, working days, weeks or months that have passed; below 0 when it is before."""

    from_: Named = Field(alias="from")
    to: Named
    in_: Unit = Field("days", alias="in")


class Elapsed(Bounds, Ruling):
    """``{elapsed: {from: {fact: start}, to: {fact: done}, in: working_days}, at_most: 15}``: time between two days."""

    elapsed: Span


class Counted(Bounds, Ruling):
    """``{count: [I7, I8, I9], outcome: insufficient, at_most: 1}``: how many of the questions have that outcome.

    Or ``answer``: how many were answered so; ``relevant: true``: how many apply. Questions that do not apply are not
    counted; of those not answered yet it is not known whether they would be.
    """

    count: Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
    outcome: str | None = None
    answer: str | None = None
    relevant: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_sort(self) -> Counted:
        if sum(value is not None for value in (self.outcome, self.answer, self.relevant)) != 1:
            raise ValueError("a count says exactly one of outcome, answer, relevant")
        return self

    @cached_property
    def tests(self) -> dict[str, Rule]:
        """The test that each question is counted by."""
        if self.relevant:
            return {name: Not(not_=NotRelevant(not_relevant=name)) for name in self.count}
        if self.outcome is not None:  # made without checking: names and value were checked with the count
            return {name: Test.model_construct(outcome=name, is_=self.outcome) for name in self.count}
        return {name: Test.model_construct(answer=name, is_=self.answer) for name in self.count}

    def tested(self, question: str) -> Rule:
        """The test that one question is counted by."""
        return self.tests[question]


class Rows(Bounds, Ruling):
    """``{rows: placement, where: RULE, at_least: 2}``: how many subjects of a kind were found within this one.

    ``where`` looks at the facts and answers of what was found; what it does not find there is looked up in the case.
    """

    rows: str
    where: Rule = Always(always=True)


class Measured(Bounds, Ruling):
    """``{measure: SCORE, at_least: 80}``: the value of a measure. Only in the rules of ratings."""

    measure: str


class Rank(Model):
    """The grade that a rating is held against: exactly that (``is``), that ``or_better``, or that ``or_worse``."""

    is_: str | None = Field(None, alias="is")
    or_better: str | None = None
    or_worse: str | None = None

    @model_validator(mode="after")
    def _one_grade(self) -> Rank:
        if sum(value is not None for value in (self.is_, self.or_better, self.or_worse)) != 1:
            raise ValueError("say exactly one of is, or_better, or_worse")
        return self

    @property
    def how(self) -> str:
        """Which of the three it is."""
        return "is" if self.is_ is not None else "or_better" if self.or_better is not None else "or_worse"

    @property
    def grade(self) -> str:
        """The grade itself."""
        return self.is_ or self.or_better or self.or_worse or ""


class Rated(Rank, Ruling):
    """``{rating: SAFE, or_worse: inadequate}``: the grade of another rating. Only in the rules of ratings."""

    rating: str


class Ratings(Rank, Ruling):
    """``{ratings: [SAFE, CARING], or_better: good, times: {at_least: 2}}``: how many ratings have a grade."""

    ratings: Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
    times: Bounds


_KEYS = (
    "always", "all", "any", "not", "not_", "not_relevant", "elapsed", "count", "rows", "measure", "rating", "ratings",
)  # fmt: skip


def _kind(value: object) -> str:
    """Which operator a rule is, from its keys, so that a fault names that operator and not all of them.

    A tag holds a space, so that it is never mistaken for a key on the path of a fault.
    """
    keys = set(value) if isinstance(value, dict) else set(getattr(value, "model_fields_set", ()))
    for key in _KEYS:
        if key in keys:
            return f"rule {key.rstrip('_')}"
    return "rule test"


Rule = Annotated[
    Annotated[Always, Tag("rule always")]
    | Annotated[AllOf, Tag("rule all")]
    | Annotated[AnyOf, Tag("rule any")]
    | Annotated[Not, Tag("rule not")]
    | Annotated[NotRelevant, Tag("rule not_relevant")]
    | Annotated[Elapsed, Tag("rule elapsed")]
    | Annotated[Counted, Tag("rule count")]
    | Annotated[Rows, Tag("rule rows")]
    | Annotated[Measured, Tag("rule measure")]
    | Annotated[Rated, Tag("rule rating")]
    | Annotated[Ratings, Tag("rule ratings")]
    | Annotated[Test, Tag("rule test")],
    Discriminator(_kind),
]

ALWAYS = Always(always=True)


Leaf = Test | NotRelevant | Elapsed | Measured | Rated | Ratings


def parts(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], Rule]]:
    """The rules directly inside a rule, each with its path, in the order written. ``rows`` looks at other subjects."""
    match rule:
        case AllOf():
            yield from ((("all", at), part) for at, part in enumerate(rule.all))
        case AnyOf():
            yield from ((("any", at), part) for at, part in enumerate(rule.any))
        case Not():
            yield ("not",), rule.not_
        case Counted():
            yield from ((("count", at), rule.tested(name)) for at, name in enumerate(rule.count))
        case Rows():
            yield ("where",), rule.where
        case _:
            return


def leaves(rule: Rule) -> tuple[tuple[tuple[str | int, ...], Leaf], ...]:
    """Every test in a rule, with its path inside the rule, in the order written."""
    if isinstance(rule, (Test, NotRelevant, Elapsed, Measured, Rated, Ratings)):
        return (((), rule),)  # not kept: a rule that held itself could not be compared
    return rule.found_leaves


def _leaves(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], Leaf]]:
    for path, part in parts(rule):
        for inner, leaf in leaves(part):
            yield (*path, *inner), leaf


def references(rule: Rule) -> frozenset[tuple[str, str]]:
    """What a rule looks at: ``{("fact", "custodial"), ("answer", "P5.needed"), ("rating", "SAFE")}``.

    What it looks at in rows is among them.
    """
    return rule.found_references


def questions_in(rule: Rule) -> frozenset[str]:
    """The questions that a rule looks at, those that it looks at in rows among them.

    >>> questions_in(NotRelevant(not_relevant="R2"))
    frozenset({'R2'})
    """
    return rule.found_questions


def rows_in(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], Rows]]:
    """Every test of rows in a rule, with its path inside the rule; those inside the ``where`` of another come after it."""
    if isinstance(rule, Rows):
        yield (), rule
    for path, part in parts(rule):
        yield from (((*path, *inner), rows) for inner, rows in rows_in(part))


def _named_by(leaf: Leaf) -> Iterator[tuple[str, str]]:
    match leaf:
        case NotRelevant():
            yield "relevant", leaf.not_relevant
        case Test():
            yield leaf.subject
            other = leaf.comparison[1]
            if isinstance(other, Named):
                yield other.subject
        case Elapsed():
            yield leaf.elapsed.from_.subject
            yield leaf.elapsed.to.subject
        case Measured():
            yield "measure", leaf.measure
        case Rated():
            yield "rating", leaf.rating
        case Ratings():
            yield from (("rating", name) for name in leaf.ratings)
