"""What one recorded answer may say, by the framework: its question, its value, its reasons.

Contents repeat: 250,000 answers hold a few thousand different ones, so a content is judged once (``Content``).
What an answer says must be valid whenever it was recorded; whether it is *complete* (a reason for No, a note) matters
only while it stands, because a first tick and its reason may arrive as two events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caselight.method.answers import decisions
from caselight.method.answers.events import PASSES
from caselight.method.answers.fact_values import FACT, fact_value
from caselight.method.faults import Fault, Severity, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Option, Outcome, Reason
from caselight.method.framework.questions import Question


class Content(NamedTuple):
    """What an event says, apart from who recorded it about whom and when."""

    tool: str
    subject_kind: str
    table: str
    row_key: str
    question_id: str
    pass_: str
    value: str
    reasons: tuple[str, ...]
    has_note: bool
    withdrawn: bool


def address_faults(content: Content, framework: Framework, asked: frozenset[str]) -> Iterator[Fault]:
    """What is wrong with where an answer belongs: its tool, its question, its pass."""
    kind = framework.subject_of_tool.get(content.tool)
    if kind is None:
        cure = did_you_mean(content.tool, framework.subject_of_tool)
        yield Fault("package.unknown-tool", ("tool",), f"No tool is called {quoted(content.tool)}.", cure)
    elif kind != content.subject_kind:
        says = f"The tool {quoted(content.tool)} is about a {kind}, not about a {quoted(content.subject_kind)}."
        yield Fault("package.wrong-subject-kind", ("subject_kind",), says, f"Write {kind}.")
    if content.pass_ not in PASSES:
        says = f"There is no pass called {quoted(content.pass_)}."
        yield Fault("package.unknown-pass", ("pass_",), says, did_you_mean(content.pass_, PASSES))
    if content.table or content.row_key:
        says = f"The framework has no repeating table {quoted(content.table or content.row_key)}."
        yield Fault("package.unknown-table", ("table",), says, "Leave table and row_key empty.")
    yield from _question_faults(content, framework, asked)


def _question_faults(content: Content, framework: Framework, asked: frozenset[str]) -> Iterator[Fault]:
    name = content.question_id
    if name.startswith(decisions.RATING):
        yield from decisions.address_faults(name, content.subject_kind, framework)
        return
    if name.startswith(FACT):
        fact = framework.fact_by_id.get(name.removeprefix(FACT))
        if fact is None or fact.subject != content.subject_kind:
            known = [FACT + known.id for known in framework.facts if known.subject == content.subject_kind]
            says = f"A {content.subject_kind} has no fact {quoted(name.removeprefix(FACT))}."
            yield Fault("package.unknown-question", ("question_id",), says, did_you_mean(name, known))
        return
    question = framework.questions.get(name)
    if question is None:
        says = f"No question is called {quoted(name)}."
        yield Fault("package.unknown-question", ("question_id",), says, did_you_mean(name, framework.questions))
        return
    if question.tool != content.tool and content.tool in framework.subject_of_tool:
        says = f"{name} is asked with the tool {quoted(question.tool)}, not with {quoted(content.tool)}."
        yield Fault("package.wrong-tool", ("tool",), says, f"Write {question.tool}.")
    if question.computed is not None:
        says = f"{name} is computed from facts and other answers, so nobody answers it."
        yield Fault("package.computed-question", ("question_id",), says, "Take the row out.")
    elif name not in asked:
        says = f"{name} is not among the questions that this inspection asks."
        cure = "Take the row out, or choose the screening that asks it; the answer is kept and not counted."
        yield Fault("package.not-asked", ("question_id",), says, cure, Severity.WARNING)


def value_faults(content: Content, framework: Framework) -> Iterator[Fault]:
    """What is wrong with what was answered: no option, or a reason that the question does not know."""
    if content.withdrawn:
        return
    if content.question_id.startswith(decisions.RATING):
        yield from decisions.value_faults(content.question_id, content.value, framework)
        return
    if content.question_id.startswith(FACT):
        fact = framework.fact_by_id.get(content.question_id.removeprefix(FACT))
        wrong = fact_value(fact, content.value)[1] if fact else ""
        if wrong:
            yield Fault("package.bad-fact", ("value",), wrong, "Record the fact as the framework lists it.")
        return
    question = framework.questions.get(content.question_id)
    if question is None or question.computed is not None:
        return
    if content.value != NOT_RELEVANT:
        yield from _option_faults(content, framework, question)
    known = {reason.id for reason in _reasons(content, framework, question)}
    for reason in content.reasons:
        if reason not in known:
            says = f"{question.id} has no reason {quoted(reason)} for the answer {quoted(content.value)}."
            yield Fault("package.unknown-reason", ("reasons",), says, did_you_mean(reason, sorted(known)))


def _option_faults(content: Content, framework: Framework, question: Question) -> Iterator[Fault]:
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None:
        return
    options = [option.value for option in scale.options]
    chosen = content.value.split("|") if scale.multiple else [content.value]
    for value in chosen:
        if value not in options:
            says = f"{quoted(value)} is not an answer to {question.id}." if value else f"{question.id} has no answer."
            cure = f"Answer {', '.join(options)} or {NOT_RELEVANT}, or set withdrawn to yes."
            yield Fault("package.not-an-option", ("value",), says, cure)
    if len(set(chosen)) < len(chosen):
        says = f"{quoted(content.value)} names an answer twice."
        yield Fault("package.option-twice", ("value",), says, "Name each answer once.")


def missing_faults(content: Content, framework: Framework) -> Iterator[Fault]:
    """What an answer that stands still lacks: a reason for No or for not relevant, a note that a reason asks for."""
    if content.question_id.startswith(decisions.RATING) and not content.withdrawn:
        yield from decisions.missing_faults(content.question_id, has_note=content.has_note)
    question = framework.questions.get(content.question_id)
    if content.withdrawn or question is None or question.computed is not None:
        return
    reasons = _reasons(content, framework, question)
    if not content.reasons and content.value == NOT_RELEVANT:
        says = f"{question.id} is marked not relevant without a coded reason."
        cure = f"Give one of: {', '.join(reason.id for reason in reasons)}."
        yield Fault("package.not-relevant-without-reason", ("reasons",), says, cure)
    elif not content.reasons and reasons and _outcome(content, framework, question) is Outcome.INSUFFICIENT:
        says = f"{question.id} is answered {quoted(content.value)}, which is insufficient, without a reason."
        cure = f"Give at least one of: {', '.join(reason.id for reason in reasons)}."
        yield Fault("package.no-reason", ("reasons",), says, cure)
    for reason in reasons:
        if reason.needs_note and reason.id in content.reasons and not content.has_note:
            says = f"The reason {quoted(reason.id)} needs a note that says what it was."
            yield Fault("package.reason-needs-note", ("note",), says, "Write the note.")


def _option(content: Content, framework: Framework, question: Question) -> Option | None:
    scale = framework.scale_by_id.get(question.scale or "")
    return next((o for o in scale.options if o.value == content.value), None) if scale else None


def _outcome(content: Content, framework: Framework, question: Question) -> Outcome | None:
    option = _option(content, framework, question)
    return option.outcome if option else None


def _reasons(content: Content, framework: Framework, question: Question) -> tuple[Reason, ...]:
    """The coded reasons that fit an answer: for not relevant, for insufficient, for sufficient, or any for data."""
    if content.value == NOT_RELEVANT:
        return framework.not_relevant_reasons
    outcome = _outcome(content, framework, question)
    if outcome is Outcome.INSUFFICIENT:
        return framework.reasons_of(question)
    if outcome is Outcome.SUFFICIENT:
        return framework.good_of(question)
    return framework.reasons_of(question) + framework.good_of(question)
