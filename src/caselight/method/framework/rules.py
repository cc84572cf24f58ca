"""The rule language: one small closed tree, evaluated with three values (true, false, not known).

Nine operators: ``always``, ``all``, ``any``, ``not``, ``not_relevant``, and tests of a ``fact``, an ``answer`` or an
``outcome`` by ``is``, ``in``, ``includes``, ``at_least``, ``at_most``, ``before``, ``after``, ``known``. No coercion, no arithmetic, no
Python. *Unknown is not false*: a fact nobody supplied, a question nobody has answered, and an answer that is contested
all make a test unknown, and ``all``/``any``/``not`` pass that on as Kleene's logic does. A question that does not apply
makes every test of its answer false, because there is no such answer. (ADR 0003.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Truth = bool | None
Value = str | int | float | date | tuple[str, ...]


class Model(BaseModel):
    """Base of every part of a framework: strict, frozen, and refusing keys it does not know."""

    # Validators are built on first use, and once for a whole framework instead of once for each of its parts.
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Always(Model):
    """``{always: true}``: the question is asked of every subject."""

    always: Literal[True]


class AllOf(Model):
    """``{all: [rule, …]}``: true when every part is; false as soon as one is false; otherwise unknown."""

    all: Annotated[tuple[Rule, ...], Field(min_length=1, strict=False)]


class AnyOf(Model):
    """``{any: [rule, …]}``: true as soon as one part is; false when every part is; otherwise unknown."""

    any: Annotated[tuple[Rule, ...], Field(min_length=1, strict=False)]


class Not(Model):
    """``{not: rule}``: true when the rule is false, unknown when it is unknown."""

    not_: Rule = Field(alias="not")


class NotRelevant(Model):
    """``{not_relevant: QUESTION}``: the question does not apply, or the inspector said it is not relevant."""

    not_relevant: str


class Test(Model):
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
    at_least: int | float | None = None
    at_most: int | float | None = None
    before: str | None = None
    after: str | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _one_subject_one_test(self) -> Test:
        if sum(value is not None for value in (self.fact, self.answer, self.outcome)) != 1:
            raise ValueError("a test names exactly one of fact, answer, outcome")
        if len(self.comparisons) != 1:
            raise ValueError("a test has exactly one of is, in, includes, at_least, at_most, before, after, known")
        return self

    @cached_property
    def comparisons(self) -> dict[str, Any]:
        """The comparison that this test makes, by its name in the file."""
        names = {"is": self.is_, "in": self.in_, "includes": self.includes, "at_least": self.at_least}
        names |= {"at_most": self.at_most, "before": self.before, "after": self.after, "known": self.known}
        return {name: value for name, value in names.items() if value is not None}

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


def _kind(value: object) -> str:
    """Which operator a rule is, from its keys, so that a fault names that operator and not all of them.

    A tag holds a space, so that it is never mistaken for a key on the path of a fault.
    """
    keys = set(value) if isinstance(value, dict) else set(getattr(value, "model_fields_set", ()))
    for key in ("always", "all", "any", "not", "not_", "not_relevant"):
        if key in keys:
            return f"rule {key.rstrip('_')}"
    return "rule test"


Rule = Annotated[
    Annotated[Always, Tag("rule always")]
    | Annotated[AllOf, Tag("rule all")]
    | Annotated[AnyOf, Tag("rule any")]
    | Annotated[Not, Tag("rule not")]
    | Annotated[NotRelevant, Tag("rule not_relevant")]
    | Annotated[Test, Tag("rule test")],
    Discriminator(_kind),
]

ALWAYS = Always(always=True)


class Facts(Protocol):
    """What a rule may look at: one subject's facts and its answers so far."""

    def fact(self, name: str) -> Value | None:
        """The value of a fact; ``None`` when nobody supplied it."""

    def answer(self, question: str) -> Value | None:
        """The uncontested answer to a question; ``None`` when there is none yet, or two that differ."""

    def outcome(self, question: str) -> str | None:
        """``sufficient`` or ``insufficient`` for an answered question; ``None`` when not known."""

    def relevant(self, question: str) -> Truth:
        """False when the question does not apply or the inspector said so; ``None`` when that is not known yet."""


def truth(rule: Rule, facts: Facts) -> Truth:
    """Whether a rule holds for one subject: true, false, or ``None`` when it cannot be known yet.

    >>> truth(ALWAYS, None)
    True
    """
    match rule:
        case Test():
            return _tested(rule, facts)
        case Always():
            return True
        case AllOf():
            return _every(truth(part, facts) for part in rule.all)
        case AnyOf():
            return negated(_every(negated(truth(part, facts)) for part in rule.any))
        case Not():
            return negated(truth(rule.not_, facts))
        case NotRelevant():
            return negated(facts.relevant(rule.not_relevant))


def negated(value: Truth) -> Truth:
    """Kleene's not: the opposite, and unknown of unknown."""
    return None if value is None else not value


def _every(values: Iterator[Truth]) -> Truth:
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _tested(test: Test, facts: Facts) -> Truth:
    kind, name = test.subject
    if kind == "fact":
        value = facts.fact(name)
    else:
        relevant = facts.relevant(name)
        if relevant is not True:
            return relevant
        value = facts.answer(name) if kind == "answer" else facts.outcome(name)
    if test.known is not None:
        return (value is not None) == test.known
    return None if value is None else _compares(test, value)


def _compares(test: Test, value: Any) -> Truth:
    how, other = test.comparison
    match how:
        case "is":
            return bool(value == other)
        case "in":
            return value in other
        case "includes":
            return other in value
        case "at_least":
            return bool(value >= other)
        case "at_most":
            return bool(value <= other)
        case "before":
            return bool(value < date.fromisoformat(other))
        case _:
            return bool(value > date.fromisoformat(other))


def leaves(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], Test | NotRelevant]]:
    """Every test in a rule, with its path inside the rule, in the order written."""
    match rule:
        case Test() | NotRelevant():
            yield (), rule
        case AllOf() | AnyOf():
            name = "all" if isinstance(rule, AllOf) else "any"
            for position, part in enumerate(getattr(rule, name)):
                for path, leaf in leaves(part):
                    yield (name, position, *path), leaf
        case Not():
            for path, leaf in leaves(rule.not_):
                yield ("not", *path), leaf


def references(rule: Rule) -> frozenset[tuple[str, str]]:
    """What a rule looks at: ``{("fact", "custodial"), ("answer", "P5.needed")}``."""
    return frozenset(
        ("relevant", leaf.not_relevant) if isinstance(leaf, NotRelevant) else leaf.subject for _, leaf in leaves(rule)
    )
