"""What one recorded answer may say, by the framework: its value, its reasons, its note.

Contents repeat: 250,000 answers hold a few thousand different ones, so a content is judged once (``Content``).
What an answer says must be valid whenever it was recorded; whether it is *complete* (a reason for No, a note) matters
only while it stands, because a first tick and its reason may arrive as two events. Where an answer may belong is in
:mod:`caselight.method.answers.addresses`.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.answers import decisions
from caselight.method.answers.addresses import Content, answerable
from caselight.method.answers.fact_values import FACT, fact_value, typed
from caselight.method.faults import Fault, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Option, Outcome, Reason
from caselight.method.framework.questions import Question

YES_NO = ("yes", "no")  # what a computed question without a scale comes to
_TYPES = {"integer": "a whole number", "date": "year, month and day", "text": "text"}


def value_faults(content: Content, framework: Framework) -> Iterator[Fault]:
    """What is wrong with what was answered: no option, or a reason that the question does not know."""
    if content.withdrawn:
        return
    name = content.question_id
    if name.startswith(decisions.RATING):
        yield from decisions.value_faults(name, content.value, framework)
    elif name.startswith(FACT):
        fact = framework.fact_by_id.get(name.removeprefix(FACT))
        wrong = fact_value(fact, content.value)[1] if fact else ""
        if wrong:
            yield Fault("package.bad-fact", ("value",), wrong, "Record the fact as the framework lists it.")
    elif name in framework.questions:
        yield from _answer_faults(content, framework, framework.questions[name])


def _answer_faults(content: Content, framework: Framework, question: Question) -> Iterator[Fault]:
    if not answerable(question):
        return
    if content.value != NOT_RELEVANT:
        yield from _value_faults(content, framework, question)
    elif question.never_not_relevant:
        says = f"{question.id} always applies, so it cannot be marked not relevant."
        yield Fault("package.never-not-relevant", ("value",), says, "Answer it, or set withdrawn to yes.")
    known = {reason.id for reason in reasons_for(content, framework, question)}
    for reason in content.reasons:
        if reason not in known:
            says = f"{question.id} has no reason {quoted(reason)} for the answer {quoted(content.value)}."
            yield Fault("package.unknown-reason", ("reasons",), says, did_you_mean(reason, sorted(known)))


def _value_faults(content: Content, framework: Framework, question: Question) -> Iterator[Fault]:
    if question.type is not None and question.scale is None:
        wrong = typed(question.type, content.value)[1] if content.value else f"{question.id} has no answer."
        if wrong:
            cure = f"Answer with {_TYPES[question.type]}, or set withdrawn to yes."
            yield Fault("package.bad-value", ("value",), wrong, cure)
    else:
        yield from _option_faults(content, framework, question)


def _option_faults(content: Content, framework: Framework, question: Question) -> Iterator[Fault]:
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None and question.computed is None:
        return
    options = [option.value for option in scale.options] if scale else list(YES_NO)
    chosen = content.value.split("|") if scale and scale.multiple else [content.value]
    for value in chosen:
        if value not in options:
            says = f"{quoted(value)} is not an answer to {question.id}." if value else f"{question.id} has no answer."
            cure = f"Answer {', '.join(options)} or {NOT_RELEVANT}, or set withdrawn to yes."
            yield Fault("package.not-an-option", ("value",), says, cure)
    if len(set(chosen)) < len(chosen):
        says = f"{quoted(content.value)} names an answer twice."
        yield Fault("package.option-twice", ("value",), says, "Name each answer once.")


def missing_faults(content: Content, framework: Framework) -> Iterator[Fault]:
    """What an answer that stands still lacks: a reason for No or for not relevant, a note that something asks for."""
    if content.withdrawn:
        return
    if content.question_id.startswith(decisions.RATING):
        yield from decisions.missing_faults(content.question_id, has_note=content.has_note)
    question = framework.questions.get(content.question_id)
    if question is None or not answerable(question):
        return
    reasons = reasons_for(content, framework, question)
    if not content.reasons and content.value == NOT_RELEVANT:
        says = f"{question.id} is marked not relevant without a coded reason."
        cure = f"Give one of: {', '.join(reason.id for reason in reasons)}."
        yield Fault("package.not-relevant-without-reason", ("reasons",), says, cure)
    elif not content.reasons and reasons and _outcome(content, framework, question) is Outcome.INSUFFICIENT:
        says = f"{question.id} is answered {quoted(content.value)}, which is insufficient, without a reason."
        cure = f"Give at least one of: {', '.join(reason.id for reason in reasons)}."
        yield Fault("package.no-reason", ("reasons",), says, cure)
    if not content.has_note:
        yield from _missing_note(content, framework, question)


def _missing_note(content: Content, framework: Framework, question: Question) -> Iterator[Fault]:
    """Who overrides what was computed says why; so does an answer or a reason that asks for it."""
    for reason in reasons_for(content, framework, question):
        if reason.needs_note and reason.id in content.reasons:
            says = f"The reason {quoted(reason.id)} needs a note that says what it was."
            yield Fault("package.reason-needs-note", ("note",), says, "Write the note.")
    for option in _chosen(content, framework, question):
        if option.needs_note:
            says = f"The answer {quoted(option.value)} to {question.id} stands only with a note."
            yield Fault("package.answer-needs-note", ("note",), says, "Write what the answer rests on.")
    if question.computed is not None:
        says = f"{question.id} is computed, and this answer in its place says nothing of why."
        yield Fault("package.override-without-note", ("note",), says, "Write why the computed value is not right here.")


def _chosen(content: Content, framework: Framework, question: Question) -> list[Option]:
    scale = framework.scale_by_id.get(question.scale or "")
    values = content.value.split("|")
    return [option for option in scale.options if option.value in values] if scale else []


def _outcome(content: Content, framework: Framework, question: Question) -> Outcome | None:
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None and question.computed is not None:
        return {"yes": Outcome.SUFFICIENT, "no": Outcome.INSUFFICIENT}.get(content.value)
    return scale.outcomes.get(content.value) if scale else None


def reasons_for(content: Content, framework: Framework, question: Question) -> tuple[Reason, ...]:
    """The coded reasons that fit an answer: for not relevant, for insufficient, for sufficient, or any for data."""
    if content.value == NOT_RELEVANT:
        return framework.not_relevant_reasons
    outcome = _outcome(content, framework, question)
    if outcome is Outcome.INSUFFICIENT:
        return framework.reasons_of(question)
    if outcome is Outcome.SUFFICIENT:
        return framework.good_of(question)
    return framework.reasons_of(question) + framework.good_of(question)
