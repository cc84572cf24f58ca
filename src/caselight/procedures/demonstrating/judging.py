"""The judgements on one case, worked out before any is recorded: question after question, as the rules ask them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from caselight.method.answers.completeness import missing
from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import Subject
from caselight.method.caseload.workdays import Holidays
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Outcome, Scale
from caselight.method.framework.questions import Question
from caselight.procedures.demonstrating import chance, words
from caselight.store.audit.actions import as_text

PACE = timedelta(seconds=75)  # from one answer to the next
SUFFICIENT = 0.8  # of judgements, about
OPENED = 0.6  # of gates, about
DEVICE = "browser"


@dataclass
class Judged:
    """What somebody recorded about a case, in order, and when they had done."""

    events: list[AnswerEvent] = field(default_factory=list)
    locators: list[Locator] = field(default_factory=list)
    excerpts: list[Excerpt] = field(default_factory=list)

    def until(self, share: float) -> Judged:
        """The first part of it, for a case that is not done."""
        events = self.events[: max(1, int(len(self.events) * share))]
        ids = {event.op_id for event in events}
        places, quotes = ([one for one in rows if one.op_id in ids] for rows in (self.locators, self.excerpts))
        return Judged(events, places, quotes)  # type: ignore[arg-type] # a list of each


@dataclass(frozen=True)
class Judging:
    """Somebody at a case: with which question set, about whom (with the facts that are known), and from when."""

    framework: Framework
    screening: str
    subject: Subject
    by: str
    begun: datetime
    holidays: Holidays

    def whole(self) -> Judged:
        """Every question that applies, answered."""
        done = Judged()
        self._facts(done)
        while open_ := self._open(done):
            for question in open_:
                self._answer(done, question)
        return done

    def event(self, question: str, value: str, at: datetime, **changes: Any) -> AnswerEvent:
        """One answer."""
        tool = self.framework.questions[question].tool if question in self.framework.questions else "case"
        fields: dict[str, Any] = {
            "op_id": chance.op_id(at, self.subject.key, question, self.by), "tool": tool,
            "subject_kind": self.subject.kind, "subject_key": self.subject.key, "table": "", "row_key": "",
            "question_id": question, "pass_": "first", "value": value, "reasons": (), "note": "", "themes": (),
            "notable": False, "withdrawn": False, "actor": self.by, "device": DEVICE, "base_op_ids": (),
            "resolves_reason": "", "client_time": as_text(at), "server_time": as_text(at),
            "framework_version": self.framework.version, "payload_sha256": "", **changes,
        }  # fmt: skip
        made = AnswerEvent(**fields)
        return made._replace(payload_sha256=payload_digest(made))

    def _lot(self, *of: str) -> float:
        return chance.share(self.subject.key, *of)

    def _at(self, done: Judged) -> datetime:
        return self.begun + PACE * len(done.events)

    def _facts(self, done: Judged) -> None:
        """What the inspector says about the case beside the judgements."""
        for fact in self.framework.facts:
            if fact.supplied_by == "inspector" and fact.options and self.subject.kind == fact.subject:
                values = [option.value for option in fact.options]
                value = values[0] if self._lot(fact.id) < SUFFICIENT else values[-2]
                if fact.id.endswith("_inspector"):
                    value = str(self.subject.facts.get(fact.id.replace("_inspector", "_recorded")) or values[0])
                done.events.append(self.event(f"{FACT}{fact.id}", value, self._at(done)))

    def _open(self, done: Judged) -> list[Question]:
        """The questions that apply for certain and have no answer yet."""
        standing = heads(done.events)
        (sheet,) = sheets(self.framework, [self.subject], standing, screening=self.screening, holidays=self.holidays)
        return [question for question in self._unanswered(sheet) if sheet.standing(question.id).relevant]

    def _unanswered(self, sheet: Sheet) -> Iterator[Question]:
        return (self.framework.questions[one.question_id] for one in missing([sheet]) if one.why == "unanswered")

    def _answer(self, done: Judged, question: Question) -> None:
        at = self._at(done)
        scale = self.framework.scale_by_id.get(question.scale or "")
        if scale is None:
            done.events.append(self.event(question.id, "Seen and noted in the record of the visit.", at))
            return
        value, outcome = self._chosen(question, scale)
        reasons = self.framework.reasons_of(question) if outcome is Outcome.INSUFFICIENT else ()
        reason = (
            chance.pick([one.id for one in reasons if not one.needs_note], self.subject.key, question.id)
            if reasons
            else ""
        )
        made = self.event(
            question.id, value, at, reasons=(reason,) if reason else (), note=self._note(question, scale, value, outcome)
        )  # fmt: skip
        done.events.append(made)
        if outcome is not None:
            self._evidence(done, made, outcome)

    def _chosen(self, question: Question, scale: Scale) -> tuple[str, Outcome | None]:
        """An option and what it counts as."""
        if any(scale.outcomes.values()):
            wanted = Outcome.SUFFICIENT if self._lot(question.id) < SUFFICIENT else Outcome.INSUFFICIENT
            return next((value, outcome) for value, outcome in scale.outcomes.items() if outcome is wanted)
        if question.kind == "gate":
            return ("yes" if self._lot(question.id) < OPENED else "no"), None
        plain = [option.value for option in scale.options if not option.needs_note and option.value != "not_done"]
        return chance.pick(plain or [option.value for option in scale.options], self.subject.key, question.id), None

    def _note(self, question: Question, scale: Scale, value: str, outcome: Outcome | None) -> str:
        if outcome is Outcome.INSUFFICIENT:
            first = words.NO.get(question.id, words.OTHERWISE)
            return chance.pick((first, *words.ALSO.get(question.id, ())), self.subject.key, question.id, "said")
        if outcome is Outcome.SUFFICIENT:
            written = self._lot(question.id, "note") < 0.35
            said = words.YES if self.subject.kind == self.framework.subjects[0].id else words.HEARD
            return chance.pick(said, self.subject.key, question.id) if written else ""
        if question.kind == "gate" and value == "yes" and self._lot(question.id, "note") < 0.5:
            return chance.pick(words.GATES[:-1], self.subject.key, question.id)
        asked = any(option.needs_note for option in scale.options if option.value == value)
        return words.OVERALL if asked else ""

    def _evidence(self, done: Judged, made: AnswerEvent, outcome: Outcome) -> None:
        """Where in the file it stands, for most that are not sufficient; and, now and then, words to quote."""
        question = made.question_id
        if self._lot(question, "where") < (0.7 if outcome is Outcome.INSUFFICIENT else 0.15):
            document, where = chance.pick(words.DOCUMENTS, self.subject.key, question)
            done.locators.append(Locator(made.op_id, document, where))
        if self._lot(question, "quote") < 0.02:
            text, alias = chance.pick(words.QUOTES, self.subject.key, question)
            quote = Excerpt(
                chance.key(self.subject.key, question), made.op_id, text.format(alias), alias, self.by, "an inspector"
            )
            done.excerpts.append(quote)
