"""The tests that decide a rule, put into words one after the other. Each operator is one entry of ``EXPLAINED``.

A test is explained by what is the case ("no report was prepared"), not by what the rule asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Option, Text
from caselight.method.framework.questions import Question
from caselight.method.framework.rule_words import RuleWords
from caselight.method.framework.rules import (
    AllOf,
    Always,
    AnyOf,
    Bounds,
    Counted,
    Elapsed,
    Measured,
    Named,
    Not,
    NotRelevant,
    Rated,
    Ratings,
    Rows,
    Rule,
    Test,
    Truth,
)
from caselight.method.framework.truth import Facts, truth


def explained(rule: Rule, facts: Facts, framework: Framework, language: str, *, wanted: bool) -> tuple[str, ...]:
    """The tests that give a rule the wanted value, in words, each once; empty when it has another value."""
    if truth(rule, facts) is not wanted:
        return ()
    return tuple(dict.fromkeys(Explaining(facts, framework, language).deciding(rule, wanted=wanted)))


def why_not(question: Question, facts: Facts, framework: Framework, language: str) -> tuple[str, ...]:
    """Why a question does not apply by the rule: what keeps it shut, what sets it aside, or what its table says.

    Empty when it applies, when that is not yet known, and when an inspector said so, who gave a reason.
    """
    found = explained(question.when, facts, framework, language, wanted=False)
    if not found and question.not_relevant_when is not None:
        found = explained(question.not_relevant_when, facts, framework, language, wanted=True)
    return found or _by_table(question, facts, framework, language)


def _by_table(question: Question, facts: Facts, framework: Framework, language: str) -> tuple[str, ...]:
    """The tests that decided a line of a decision table whose value is *not relevant*, or that no line holds."""
    table = question.computed.table if question.computed else None
    for line in table.lines if table else ():
        if truth(line.when, facts):
            aside = line.value == NOT_RELEVANT
            return explained(line.when, facts, framework, language, wanted=True) if aside else ()
    if table is None or table.otherwise != NOT_RELEVANT:
        return ()
    parts = (explained(line.when, facts, framework, language, wanted=False) for line in table.lines)
    return tuple(dict.fromkeys(words for part in parts for words in part))


@dataclass(frozen=True, slots=True)
class Explaining:
    """Puts the parts of a rule that decide it into words, for one subject and in one language."""

    facts: Facts
    framework: Framework
    language: str

    def deciding(self, rule: Rule, *, wanted: bool) -> Iterator[str]:
        """Phrases for the parts that have the wanted value and so decide the whole."""
        return EXPLAINED[type(rule)](self, rule, wanted)

    def words(self) -> RuleWords:
        """The words of rules in this language."""
        return RuleWords(self.framework, self.language)

    def some(self, parts: Iterable[Rule], wanted: Truth) -> Iterator[str]:
        """What decides those of the parts that have the wanted value."""
        for part in parts:
            if truth(part, self.facts) is wanted:
                yield from self.deciding(part, wanted=bool(wanted))

    def as_it_is(self, kind: str, name: str, *, known: bool = False) -> Iterator[str]:
        """A fact, an answer or an outcome as it is, or what keeps its question shut; ``known`` says only whether it is."""
        if kind == "fact":
            fact = self.framework.fact_by_id[name]
            value: Any = self.facts.fact(name)
            if known:
                value = "unknown" if value is None else "known"
            yield self._said(fact.said, fact.options, fact.label, value)
            return
        question = self.framework.questions[name]
        if self.facts.relevant(name) is False:
            yield from self.shut(question)
        elif kind == "answer":
            scale = self.framework.scale_by_id.get(question.scale or "")
            yield self._said(question.said, scale.options if scale else (), question.short, self.facts.answer(name))
        else:
            yield f"{question.short.in_(self.language)}: {self.facts.outcome(name)}"

    def shut(self, question: Question) -> Iterator[str]:
        """What keeps a question shut; the question itself where an inspector did."""
        deeper = why_not(question, self.facts, self.framework, self.language)
        yield from deeper or (question.short.in_(self.language),)

    def _said(self, said: dict[str, Text], options: tuple[Option, ...], label: Text, value: object) -> str:
        key = value.isoformat() if isinstance(value, date) else str(value)
        if key in said:
            return said[key].in_(self.language)
        shown = next((option.label.in_(self.language) for option in options if option.value == key), key)
        return f"{label.in_(self.language)}: {shown}"

    def number(self, bounds: Bounds, parts: Iterable[Rule], *, wanted: bool) -> Iterator[str]:
        """What decides a number of parts: those that hold where there are enough or too many, else those that do not."""
        tests = tuple(parts)
        surely = sum(truth(part, self.facts) is True for part in tests)
        enough = (bounds.least or 0) > 0 if wanted else bounds.most is not None and surely > bounds.most
        return self.some(tests, enough)

    def day(self, named: Named) -> date | None:
        """A day by its name."""
        value = self.facts.fact(named.fact) if named.fact is not None else self.facts.answer(named.answer or "")
        return value if isinstance(value, date) else None


def _parts(of: Explaining, rule: AllOf | AnyOf, wanted: bool) -> Iterator[str]:
    return of.some(rule.all if isinstance(rule, AllOf) else rule.any, wanted)


def _test(of: Explaining, rule: Test, _wanted: bool) -> Iterator[str]:
    yield from of.as_it_is(*rule.subject, known=rule.known is not None)
    other = rule.comparison[1]
    if isinstance(other, Named):
        yield from of.as_it_is(*other.subject)


def _not_relevant(of: Explaining, rule: NotRelevant, _wanted: bool) -> Iterator[str]:
    yield of.framework.questions[rule.not_relevant].short.in_(of.language)


def _elapsed(of: Explaining, rule: Elapsed, _wanted: bool) -> Iterator[str]:
    """How much time passed; or why one of the days is none."""
    span, words = rule.elapsed, of.words()
    for named in (span.from_, span.to):
        if named.answer is not None and of.facts.relevant(named.answer) is False:
            yield from of.shut(of.framework.questions[named.answer])
            return
    start, end = of.day(span.from_), of.day(span.to)
    passed = of.facts.elapsed(start, end, span.in_) if start and end else None
    if passed is not None:
        holes = {"from": words.named(span.from_), "to": words.named(span.to)}
        yield words.text("elapsed.was", n=words.number(passed), unit=words.unit(span.in_, passed), **holes)


def _rows(of: Explaining, rule: Rows, _wanted: bool) -> Iterator[str]:
    """How many were found, and of how many the rule holds where it has one."""
    held = [truth(rule.where, row) for row in of.facts.rows(rule.rows) or ()]
    noun = of.words().noun(rule.rows, one=False)
    surely = sum(value is True for value in held)
    yield f"{noun}: {surely}" if isinstance(rule.where, Always) else f"{noun}: {surely} / {len(held)}"


def _measured(of: Explaining, rule: Measured, _wanted: bool) -> Iterator[str]:
    value = of.facts.measure(rule.measure)
    label = of.framework.measure_by_id[rule.measure].label.in_(of.language)
    yield label if value is None else f"{label}: {of.words().number(value)}"


def _grade(of: Explaining, name: str) -> str:
    rating, rank = of.framework.rating_by_id[name], of.facts.rank(name)
    grades = of.framework.rating_scale_by_id[rating.scale].grades
    label = rating.label.in_(of.language)
    return label if rank is None else f"{label}: {grades[rank].label.in_(of.language)}"


EXPLAINED: Mapping[type, Callable[[Explaining, Any, bool], Iterator[str]]] = {
    Always: lambda _of, _rule, _wanted: iter(()),
    AllOf: _parts,
    AnyOf: _parts,
    Not: lambda of, rule, wanted: of.deciding(rule.not_, wanted=not wanted),
    NotRelevant: _not_relevant,
    Test: _test,
    Elapsed: _elapsed,
    Counted: lambda of, rule, wanted: of.number(rule, rule.tests.values(), wanted=wanted),
    Rows: _rows,
    Measured: _measured,
    Rated: lambda of, rule, _wanted: iter((_grade(of, rule.rating),)),
    Ratings: lambda of, rule, _wanted: (_grade(of, name) for name in rule.ratings),
}
