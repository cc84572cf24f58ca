"""The state of a practice case: what was given, what comes next, what was not asked and why, and the sheet at the end.

A state is never changed: what is given makes the next state, which knows the one before, so that *back* loses nothing.
Every answer is judged by the same rules as one of an inspection. Working days count weekends only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.fact_values import fact_value
from caselight.method.answers.practice.steps import BETWEEN, Step, steps
from caselight.method.answers.sheet import Sheet
from caselight.method.caseload.case import Subject
from caselight.method.framework.applicability import why_not
from caselight.method.framework.definition import Framework

KEY = "practice"
NOTHING = AnswerEvent(
    "", "", "", KEY, "", "", "", "first", "", (), "", (), notable=False, withdrawn=False, actor="", device="",
    base_op_ids=(), resolves_reason="", client_time="", server_time="", framework_version="", payload_sha256="",
)  # fmt: skip
NO_HOLIDAYS = dict.fromkeys(range(1900, 2210), ())


class Reply(NamedTuple):
    """What was given for one step. ``reasons`` is ``None`` while they have not been asked for."""

    value: str
    reasons: tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True)
class Practice:
    """One practice case of a framework. ``draft`` is an answer whose reasons or note are still to come."""

    framework: Framework
    language: str
    kind: str
    screening: str
    replies: Mapping[Step, Reply] = field(default_factory=dict)
    skipped: frozenset[Step] = frozenset()
    draft: Reply | None = None
    before: Practice | None = field(default=None, repr=False, compare=False)

    # What comes next -----------------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step in order, whether it applies or not."""
        rows = {step.name: int(reply.value) for step, reply in self.replies.items() if step.sort == "rows"}
        return tuple(steps(self.framework, self.kind, rows, self._asked))

    @cached_property
    def step(self) -> Step | None:
        """The first step that applies and has neither a reply nor been skipped; ``None`` at the end."""
        return next((step for step in self.steps if self._open(step)), None)

    def _open(self, step: Step) -> bool:
        if step in self.replies or step in self.skipped:
            return False
        return step.sort != "question" or self.sheet_of(step.row).relevant(step.name) is True

    @cached_property
    def not_asked(self) -> tuple[tuple[Step, tuple[str, ...]], ...]:
        """The questions before the next step that do not apply by the rule, each with why not, in words."""
        until = self.steps.index(self.step) if self.step is not None else len(self.steps)
        passed = (step for step in self.steps[:until] if step.sort == "question")
        return tuple(
            (step, self.why_not(step)) for step in passed if self.sheet_of(step.row).standing(step.name).by == "rule"
        )

    def why_not(self, step: Step) -> tuple[str, ...]:
        """Why a question does not apply, in words."""
        question = self.framework.questions[step.name]
        return why_not(question, self.sheet_of(step.row), self.framework, self.language)

    # What it makes -------------------------------------------------------------------------------------------------

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheet of the case, and after it those of what was found within it."""
        parent = self._sheet(self.kind, "", None)
        for step, reply in self.replies.items():
            if step.sort == "rows":
                numbers = range(1, int(reply.value) + 1)
                found = tuple(self._sheet(step.name, f"{step.name}{BETWEEN}{number}", parent) for number in numbers)
                parent.found[step.name] = found
        return (parent, *(sheet for found in parent.found.values() for sheet in found))

    def sheet_of(self, row: str) -> Sheet:
        """The sheet of a row, or of the case itself."""
        if not row:
            return self.sheets[0]
        kind, _, number = row.rpartition(BETWEEN)
        return self.sheets[0].found[kind][int(number) - 1]

    def _sheet(self, kind: str, row: str, parent: Sheet | None) -> Sheet:
        facts = {
            step.name: fact_value(self.framework.fact_by_id[step.name], reply.value)[0]
            for step, reply in self.replies.items()
            if step.sort == "fact" and step.row == row
        }
        recorded = {
            step.name: (self._event(step, reply),)
            for step, reply in self.replies.items()
            if step.sort == "question" and step.row == row
        }
        subject = Subject(kind, row or KEY, row or KEY, facts, facts)
        return Sheet(self.framework, subject, recorded, asked=self._asked, holidays=NO_HOLIDAYS, parent=parent)

    def _event(self, step: Step, reply: Reply) -> AnswerEvent:
        tool = self.framework.questions[step.name].tool
        table, _, row = step.row.rpartition(BETWEEN)
        return NOTHING._replace(
            op_id=f"{step.row}:{step.name}",
            tool=tool,
            subject_kind=self.kind,
            table=table,
            row_key=row,
            question_id=step.name,
            value=reply.value,
            reasons=reply.reasons or (),
            note=reply.note,
        )

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(question.id for question in self.framework.asked(self.screening))

    # How it goes on ------------------------------------------------------------------------------------------------

    def with_reply(self, step: Step, reply: Reply) -> Practice:
        """The state after a step was filled in."""
        return replace(self, replies={**self.replies, step: reply}, draft=None, before=self)

    def with_draft(self, draft: Reply) -> Practice:
        """The state in which the reasons or the note of an answer are asked for."""
        return replace(self, draft=draft, before=self)

    def skip(self) -> Practice:
        """The state after the next step was left empty."""
        return replace(self, skipped=self.skipped | {self.step}, before=self) if self.step is not None else self

    def back(self) -> Practice:
        """The state before the last reply; the first state stays where it is."""
        earlier = self.before or self
        while earlier.draft is not None and earlier.before is not None:
            earlier = earlier.before
        return earlier

    def open_questions(self) -> Iterable[Step]:
        """The questions that apply, or may apply, and have no answer."""
        for step in self.steps:
            unanswered = step.sort == "question" and step not in self.replies
            if unanswered and self.sheet_of(step.row).standing(step.name).relevant is not False:
                yield step
