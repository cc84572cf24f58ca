"""Why a question applies or does not, in the framework's own words.

"Not asked because no pre-sentence report was prepared" is not written anywhere by hand: the rule is evaluated, the tests
that decided it are found, and each is put into words with the ``said`` phrases of its fact or gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Option, Text
from caselight.method.framework.rules import AllOf, Always, AnyOf, Not, NotRelevant, Rule, Test
from caselight.method.framework.truth import Facts, truth


def because(rule: Rule, facts: Facts, framework: Framework, language: str) -> tuple[str, ...]:
    """The tests that make a rule false for a subject, in words, each once and in the order of the rule.

    Empty when the rule is true or not yet known.
    """
    if truth(rule, facts) is not False:
        return ()
    return tuple(dict.fromkeys(_deciding(rule, facts, framework, language, wanted=False)))


def _deciding(rule: Rule, facts: Facts, framework: Framework, language: str, *, wanted: bool) -> Iterator[str]:
    """Phrases for the parts of a rule that have the wanted truth value and so decide the whole."""
    match rule:
        case AllOf() | AnyOf():
            parts = rule.all if isinstance(rule, AllOf) else rule.any
            for part in parts:
                if truth(part, facts) is wanted:
                    yield from _deciding(part, facts, framework, language, wanted=wanted)
        case Not():
            yield from _deciding(rule.not_, facts, framework, language, wanted=not wanted)
        case Test():
            yield from _said(rule, facts, framework, language)
        case NotRelevant():
            yield framework.questions[rule.not_relevant].short.in_(language)
        case Always():
            return


def _said(test: Test, facts: Facts, framework: Framework, language: str) -> Iterator[str]:
    kind, name = test.subject
    if kind == "fact":
        fact = framework.fact_by_id[name]
        value = facts.fact(name)
        if test.known is not None:
            value = "unknown" if value is None else "known"
        yield _value_in_words(fact.said, fact.options, fact.label, value, language)
        return
    question = framework.questions[name]
    if facts.relevant(name) is False:
        deeper = because(question.when, facts, framework, language)
        yield from deeper or (question.short.in_(language),)
        return
    if kind == "answer":
        options = framework.scale_by_id[question.scale].options if question.scale else ()
        yield _value_in_words(question.said, options, question.short, facts.answer(name), language)
    else:
        yield f"{question.short.in_(language)}: {facts.outcome(name)}"


def _value_in_words(
    said: dict[str, Text], options: tuple[Option, ...], label: Text, value: object, language: str
) -> str:
    key = value.isoformat() if isinstance(value, date) else str(value)
    if key in said:
        return said[key].in_(language)
    shown = next((option.label.in_(language) for option in options if option.value == key), key)
    return f"{label.in_(language)}: {shown}"
