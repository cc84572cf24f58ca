"""Any rule as a part of a sentence, for documents that people read: when a question applies, who is counted.

"when a report was prepared and at least two placements were found". One function per operator, in a table that a test
holds against the language's own; the words are data (:mod:`caselight.method.framework.rule_words`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.framework.rule_words import RuleWords
from caselight.method.framework.rules import (
    AllOf,
    Always,
    AnyOf,
    Bounds,
    Counted,
    Elapsed,
    Measured,
    Not,
    NotRelevant,
    Rated,
    Ratings,
    Rows,
    Rule,
    Test,
)


def in_words(rule: Rule, framework: Framework, language: str) -> str:
    """The rule as a part of a sentence that follows a noun or a colon: ``always``, or ``when …``.

    Every name that the rule uses must be known, as the load-time checks make sure; a language without texts for rules
    gives neutral symbols.
    """
    words = RuleWords(framework, language)
    if isinstance(rule, Always):
        return words.text("always")
    return words.text("when", rule=clause(rule, words))


def clause(rule: Rule, words: RuleWords, *, negated: bool = False) -> str:
    """The rule, or its opposite, as a clause without ``when``."""
    return CLAUSES[type(rule)](rule, words, negated)


def _always(rule: Always, words: RuleWords, negated: bool) -> str:
    del rule
    return _turned(words.text("always"), words, negated=negated)


def _turned(text: str, words: RuleWords, *, negated: bool) -> str:
    return words.text("not", rule=text) if negated else text


def _parts(rule: AllOf | AnyOf, words: RuleWords, negated: bool) -> str:
    """A list of clauses. One that is itself a list of the other sort stands in brackets."""
    parts, last = (rule.all, "and") if isinstance(rule, AllOf) else (rule.any, "or")
    if len(parts) == 1:
        return clause(parts[0], words, negated=negated)
    said = [words.text("group", rule=clause(part, words)) if _several(part) else clause(part, words) for part in parts]
    joined = words.listed(said, last)
    return _turned(words.text("group", rule=joined), words, negated=True) if negated else joined


def _several(rule: Rule) -> bool:
    """Whether a rule reads as a list, so that inside another it needs brackets."""
    match rule:
        case AllOf() | AnyOf():
            parts = rule.all if isinstance(rule, AllOf) else rule.any
            return len(parts) > 1 or _several(parts[0])
        case _:
            return False


def _not(rule: Not, words: RuleWords, negated: bool) -> str:
    return clause(rule.not_, words, negated=not negated)


def _not_relevant(rule: NotRelevant, words: RuleWords, negated: bool) -> str:
    key = "applies" if negated else "applies.not"
    return words.text(key, question=words.name("answer", rule.not_relevant))


def _test(test: Test, words: RuleWords, negated: bool) -> str:
    kind, name = test.subject
    how, other = test.comparison
    if how == "known":
        return words.text("known" if other is not negated else "known.not", name=words.name(kind, name))
    values = other if isinstance(other, tuple) else (other,)
    if how in ("is", "in", "includes"):
        said = _said(test, words, values, negated=negated)
        if said:
            return said
    shown = [words.value(kind, name, value) for value in values]
    both = {"name": words.name(kind, name), "value": shown[0]}
    both["values"] = words.listed(shown, "and" if how == "includes_all" else "or")
    return words.text(how + ".not" * negated, **both)


def _said(test: Test, words: RuleWords, values: tuple[Any, ...], *, negated: bool) -> str:
    """The framework's own phrases for the values; for *not yes* of a fact that is yes or no, its phrase for *no*."""
    kind, name = test.subject
    if negated:
        fact = words.framework.fact_by_id[name] if kind == "fact" else None
        if fact is None or fact.type != "yes_no" or len(values) != 1:
            return ""
        values = ("no" if values[0] == "yes" else "yes",)
    phrases = [words.said(kind, name, value) for value in values]
    return words.listed(phrases, "or") if all(phrases) else ""


def _elapsed(rule: Elapsed, words: RuleWords, negated: bool) -> str:
    span = rule.elapsed
    turned, negated = _turns(rule, negated)
    text = words.text("elapsed", bounds=words.bounds(rule, negated=turned), unit=words.unit(span.in_, _last(rule)),
                      **{"from": words.named(span.from_), "to": words.named(span.to)})  # fmt: skip
    return _turned(text, words, negated=negated)


def _turns(bounds: Bounds, negated: bool) -> tuple[bool, bool]:
    """Whether the bounds themselves can be turned round, and whether the whole clause must be instead."""
    both = bounds.least is not None and bounds.most is not None and bounds.least != bounds.most
    return negated and not both, negated and both


def _last(bounds: Bounds) -> Any:
    """The number that stands before a noun."""
    return bounds.most if bounds.most is not None else bounds.least


def _counted(rule: Counted, words: RuleWords, negated: bool) -> str:
    turned, negated = _turns(rule, negated)
    questions = words.listed([words.name("answer", name) for name in rule.count], "and")
    bounds = words.bounds(rule, negated=turned, none="bounds.none.of")
    if rule.relevant:
        return _turned(words.text("count.applies", questions=questions, bounds=bounds), words, negated=negated)
    kind, value = ("outcome", rule.outcome) if rule.outcome is not None else ("answer", rule.answer)
    shown = words.value(kind, rule.count[0], value)
    return _turned(words.text(f"count.{kind}", questions=questions, bounds=bounds, value=shown), words, negated=negated)


def _rows(rule: Rows, words: RuleWords, negated: bool) -> str:
    turned, negated = _turns(rule, negated)
    one = _last(rule) == 1
    holes = {"bounds": words.bounds(rule, negated=turned, none="bounds.none"), "noun": words.noun(rule.rows, one=one)}
    key = "rows"
    if not isinstance(rule.where, Always):
        key, holes["rule"] = "rows.where", clause(rule.where, words)
    return _turned(words.text(key + ".1" * one, **holes), words, negated=negated)


def _measured(rule: Measured, words: RuleWords, negated: bool) -> str:
    turned, negated = _turns(rule, negated)
    text = words.text("measure", name=words.name("measure", rule.measure), bounds=words.bounds(rule, negated=turned))
    return _turned(text, words, negated=negated)


def _rated(rule: Rated, words: RuleWords, negated: bool) -> str:
    name, grade = words.name("rating", rule.rating), words.grade(rule.rating, rule.grade)
    return _turned(words.text(f"rating.{rule.how}", name=name, grade=grade), words, negated=negated)


def _ratings(rule: Ratings, words: RuleWords, negated: bool) -> str:
    turned, negated = _turns(rule.times, negated)
    names = words.listed([words.name("rating", name) for name in rule.ratings], "and")
    bounds = words.bounds(rule.times, negated=turned, none="bounds.none.of")
    grade = words.grade(rule.ratings[0], rule.grade)
    return _turned(words.text(f"ratings.{rule.how}", names=names, bounds=bounds, grade=grade), words, negated=negated)


CLAUSES: Mapping[type, Callable[[Any, RuleWords, bool], str]] = {
    Always: _always,
    AllOf: _parts,
    AnyOf: _parts,
    Not: _not,
    NotRelevant: _not_relevant,
    Test: _test,
    Elapsed: _elapsed,
    Counted: _counted,
    Rows: _rows,
    Measured: _measured,
    Rated: _rated,
    Ratings: _ratings,
}
