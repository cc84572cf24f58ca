"""Every rule of a framework with what it is about: where it stands, whom it selects, which questions come before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caselight.method.faults import DataPath
from caselight.method.framework.checks.places import placed_questions, subject_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Computed, Question
from caselight.method.framework.rules import ALWAYS, Rule, questions_in


@dataclass(frozen=True, slots=True)
class RuleUse:
    """One rule where it is used. ``title`` names it in a sentence; ``subject`` is ``None`` when that is not known.

    ``question`` is set for the rules of a question, which may look at earlier questions only. ``role`` is the key that
    holds the rule, or what it is for.
    """

    path: DataPath
    rule: Rule
    role: str
    title: str
    subject: str | None
    question: Question | None = None


def rule_uses(framework: Framework) -> Iterator[RuleUse]:
    """Every rule of the framework, in the order of the file."""
    for path, question in placed_questions(framework):
        yield from _of_question(framework, path, question)
    for at, population in enumerate(framework.populations):
        path = ("populations", at, "where")
        yield RuleUse(path, population.where, "where", f"the population {population.id}", population.subject)
    for at, count in enumerate(framework.counts):
        yield RuleUse(("counts", at, "where"), count.where, "where", f"the count {count.id}", count.subject)
    for at, item in enumerate(framework.consistency):
        path = ("consistency", at, "when")
        yield RuleUse(path, item.when, "consistency", f"the consistency check {item.id}", item.subject)
    if framework.eligibility is not None:
        fact = framework.fact_by_id.get(framework.eligibility.start_fact)
        subject = fact.subject if fact else None
        yield RuleUse(("eligibility", "also"), framework.eligibility.also, "also", "eligibility", subject)


def _of_question(framework: Framework, path: DataPath, question: Question) -> Iterator[RuleUse]:
    subject, title = subject_of(framework, question), f"the question {question.id}"
    for inner, role, rule in rules_of(question):
        named = f"a {NOUNS[role]} of {title}" if role in NOUNS else title
        yield RuleUse((*path, *inner), rule, role, named, subject, question)


NOUNS = {"target": "target", "line": "line of the table", "variant": "variant"}


def rules_of(question: Question) -> Iterator[tuple[DataPath, str, Rule]]:
    """Every rule of a question with its path inside the question and its role, but for those that say *always*.

    The rule of applicability is always among them.
    """
    yield ("when",), "when", question.when
    if question.not_relevant_when is not None:
        yield ("not_relevant_when",), "not_relevant_when", question.not_relevant_when
    if question.required_when is not ALWAYS:
        yield ("required_when",), "required_when", question.required_when
    for at, variant in enumerate(question.variants):
        yield ("variants", at, "when"), "variant", variant.when
    if question.computed is not None:
        yield from _of_computed(question.computed)


def _of_computed(computed: Computed) -> Iterator[tuple[DataPath, str, Rule]]:
    if computed.sufficient_when is not None:
        yield ("computed", "sufficient_when"), "sufficient_when", computed.sufficient_when
    for at, target in enumerate(computed.on_time.targets if computed.on_time else ()):
        yield ("computed", "on_time", "targets", at, "when"), "target", target.when
    for at, line in enumerate(computed.table.lines if computed.table else ()):
        yield ("computed", "table", "lines", at, "when"), "line", line.when


def needs(question: Question) -> set[str]:
    """The questions that a question rests on: those that its rules look at, and those whose points it adds up."""
    found: set[str] = (
        set(question.computed.points.questions) if question.computed and question.computed.points else set()
    )
    for _, _, rule in rules_of(question):
        if rule is not ALWAYS:
            found |= questions_in(rule)
    return found
