"""The order in which a practice case is filled in: the facts that matter, what is found within the case, the questions.

A fact matters when a rule about the questions looks at it; a person who tries a framework is asked for no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from caselight.method.framework.checks.rules.uses import rules_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Rule, references

BETWEEN = "/"


class Step(NamedTuple):
    """One thing to fill in: a fact, how many of a kind were found, or a question; ``row`` is ``crime/2`` within a case."""

    sort: Literal["fact", "rows", "question"]
    row: str
    name: str


def steps(framework: Framework, kind: str, rows: Mapping[str, int], asked: frozenset[str]) -> Iterator[Step]:
    """Every step for a subject of a kind within which so many rows of each other kind were found."""
    mattering = facts_that_matter(framework)
    yield from _facts(framework, kind, "", mattering)
    for subject in framework.subjects:
        if subject.found_in == kind:
            yield Step("rows", "", subject.id)
            for number in range(1, rows.get(subject.id, 0) + 1):
                row = f"{subject.id}{BETWEEN}{number}"
                yield from _facts(framework, subject.id, row, mattering)
                yield from _questions(framework, subject.id, row, asked)
    yield from _questions(framework, kind, "", asked)


def facts_that_matter(framework: Framework) -> frozenset[str]:
    """The facts that rules of questions, their computing, or cross-checks look at."""
    named = {name for rule in _rules(framework) for sort, name in references(rule) if sort == "fact"}
    for question in framework.questions.values():
        on_time = question.computed.on_time if question.computed else None
        if on_time is not None:
            named |= {on_time.start, on_time.done} | ({on_time.due} if on_time.due else set())
    return frozenset(named)


def _rules(framework: Framework) -> Iterator[Rule]:
    for question in framework.questions.values():
        yield from (rule for _, _, rule in rules_of(question))
    yield from (check.when for check in framework.consistency)


def _facts(framework: Framework, kind: str, row: str, mattering: Iterable[str]) -> Iterator[Step]:
    yield from (Step("fact", row, fact.id) for fact in framework.facts if fact.subject == kind and fact.id in mattering)


def _questions(framework: Framework, kind: str, row: str, asked: frozenset[str]) -> Iterator[Step]:
    for question in framework.questions.values():
        if question.id in asked and framework.subject_of(question) == kind and not _never_asked(question):
            yield Step("question", row, question.id)


def _never_asked(question: Question) -> bool:
    return question.computed is not None
