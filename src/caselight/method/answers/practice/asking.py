"""What is asked at a step of a practice case, and how a typed line becomes an answer.

A choice may be typed as its number, its value or its label; several are separated by commas. Whatever is typed is judged
by the rules for recorded answers, so that nothing can be tried that an inspection would refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from caselight.method.answers.addresses import Content
from caselight.method.answers.admissible import missing_faults, reasons_for, value_faults
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.practice.practice import KEY, Practice, Reply
from caselight.method.answers.practice.steps import BETWEEN, Step
from caselight.method.faults import Fault, quoted, refuse, stop
from caselight.method.framework.applicability import variant
from caselight.method.framework.parts import NOT_RELEVANT, Option, Outcome, Reason
from caselight.method.framework.questions import Question

MOST_ROWS = 20
What = Literal["fact", "rows", "answer", "reasons", "good", "not_relevant", "note"]
Choices = tuple[tuple[str, str], ...]
_COMMAS = re.compile(r"\s*[,|]\s*")
_NUMBER = re.compile(r"[0-9]{1,3}")
_OF_NOTE = {"package.reason-needs-note", "package.answer-needs-note"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked, in the words of the framework."""

    what: What
    step: Step
    text: str
    choices: Choices = ()
    several: bool = False
    guidance: str = ""
    prompts: tuple[str, ...] = ()

    def take(self, practice: Practice, line: str) -> Practice:
        """The state after a line was typed; an empty line leaves a step empty. Raises what is wrong with it."""
        text = line.strip()
        if not text and practice.draft is None:
            return practice.skip()
        if self.what == "note":
            return _noted(practice, self.step, text)
        chosen = tuple(self._value(word) for word in _COMMAS.split(text)) if self.several else (self._value(text),)
        if practice.draft is not None:
            return _reasoned(practice, self.step, tuple(name for name in chosen if name))
        return _answered(practice, self.step, "|".join(chosen))

    def _value(self, word: str) -> str:
        if _NUMBER.fullmatch(word) and 1 <= int(word) <= len(self.choices):
            return self.choices[int(word) - 1][0]
        same = (value for value, label in self.choices if word.casefold() in (value.casefold(), label.casefold()))
        return next(same, word)


def ask(practice: Practice) -> Ask | None:
    """What is asked next; ``None`` at the end."""
    step = practice.step
    if step is None:
        return None
    if practice.draft is not None:
        return _further(practice, step, practice.draft)
    return asked_at(practice, step)


def asked_at(practice: Practice, step: Step) -> Ask:
    """What is asked at a step, whatever was replied to it."""
    return {"fact": _fact, "rows": _rows, "question": _question}[step.sort](practice, step)


def _fact(practice: Practice, step: Step) -> Ask:
    fact, language = practice.framework.fact_by_id[step.name], practice.language
    options = fact.options or tuple(Option(value=value, label=value) for value in fact.values() or ())
    choices = tuple((option.value, option.label.in_(language)) for option in options)
    return Ask("fact", step, fact.label.in_(language), choices)


def _rows(practice: Practice, step: Step) -> Ask:
    found = practice.framework.subject_by_id[step.name]
    return Ask("rows", step, found.many.in_(practice.language))


def _question(practice: Practice, step: Step) -> Ask:
    framework, language = practice.framework, practice.language
    question = framework.questions[step.name]
    other = variant(question, practice.sheet_of(step.row))
    text = (other.text if other else question.text).in_(language)
    guidance = other.guidance if other and other.guidance else question.guidance
    scale = framework.scale_by_id.get(question.scale or "")
    choices = tuple((option.value, option.label.in_(language)) for option in scale.options) if scale else ()
    if framework.not_relevant_reasons and not question.never_not_relevant:
        choices = (*choices, (NOT_RELEVANT, ""))
    return Ask(
        "answer",
        step,
        text,
        choices,
        several=scale is not None and scale.multiple,
        guidance=guidance.in_(language) if guidance else "",
        prompts=tuple(prompt.in_(language) for prompt in question.prompts),
    )


def _further(practice: Practice, step: Step, draft: Reply) -> Ask:
    """The reasons or the note of an answer that was just given."""
    language = practice.language
    if draft.reasons is None:
        reasons = _reasons(practice, step, draft)
        return Ask(
            _why(practice, step, draft), step, "", tuple((r.id, r.label.in_(language)) for r in reasons), several=True
        )
    return Ask("note", step, "")


def _why(practice: Practice, step: Step, draft: Reply) -> What:
    if draft.value == NOT_RELEVANT:
        return "not_relevant"
    scale = practice.framework.scale_by_id.get(practice.framework.questions[step.name].scale or "")
    return "good" if scale and scale.outcomes.get(draft.value) is Outcome.SUFFICIENT else "reasons"


def _reasons(practice: Practice, step: Step, draft: Reply) -> tuple[Reason, ...]:
    question: Question = practice.framework.questions[step.name]
    return reasons_for(content_of(practice, step, draft), practice.framework, question)


def content_of(practice: Practice, step: Step, reply: Reply) -> Content:
    """A reply as the rules for recorded answers judge it."""
    framework = practice.framework
    table, _, row = step.row.rpartition(BETWEEN)
    kind = table or practice.kind
    tool = framework.questions[step.name].tool if step.sort == "question" else _tool(practice, kind)
    name = FACT + step.name if step.sort == "fact" else step.name
    noted = bool(reply.note.strip())
    return Content(
        tool,
        practice.kind,
        table,
        row,
        name,
        "first",
        reply.value,
        reply.reasons or (),
        has_note=noted,
        withdrawn=False,
    )


def _tool(practice: Practice, kind: str) -> str:
    return next((tool.id for tool in practice.framework.tools if tool.subject == kind), KEY)


def _answered(practice: Practice, step: Step, value: str) -> Practice:
    if step.sort == "rows":
        if not _NUMBER.fullmatch(value) or int(value) > MOST_ROWS:
            says = f"{quoted(value)} is not a number from 0 to {MOST_ROWS}."
            stop(Fault("try.not-a-count", (step.name,), says, "Type how many were found."))
        return practice.with_reply(step, Reply(str(int(value))))
    reply = Reply(value)
    refuse(value_faults(content_of(practice, step, reply), practice.framework))
    return practice.with_reply(step, reply) if step.sort == "fact" else _go_on(practice, step, reply)


def _reasoned(practice: Practice, step: Step, reasons: tuple[str, ...]) -> Practice:
    reply = Reply(practice.draft.value if practice.draft else "", reasons)
    content = content_of(practice, step, reply)
    refuse(value_faults(content, practice.framework))
    refuse(fault for fault in missing_faults(content, practice.framework) if fault.code not in _OF_NOTE)
    return _go_on(practice, step, reply)


def _noted(practice: Practice, step: Step, note: str) -> Practice:
    draft = practice.draft or Reply("")
    reply = draft._replace(note=note)
    refuse(missing_faults(content_of(practice, step, reply), practice.framework))
    return practice.with_reply(step, reply)


def _go_on(practice: Practice, step: Step, reply: Reply) -> Practice:
    """Ask for the reasons and the note of an answer where there are any to ask for, else keep it."""
    if reply.reasons is None:
        if _reasons(practice, step, reply):
            return practice.with_draft(reply)
        reply = reply._replace(reasons=())
    missing = missing_faults(content_of(practice, step, reply), practice.framework)
    noted = any(fault.code in _OF_NOTE for fault in missing)
    return practice.with_draft(reply) if noted else practice.with_reply(step, reply)
