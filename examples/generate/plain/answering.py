"""One subject answered in the order of the framework: only what applies, by the weights of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from examples.generate.chance import Chance
from examples.generate.plain.plan import Plan

from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.answers.sheet import sheets
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome, Reason, Scale
from caselight.method.framework.questions import Question
from caselight.method.inspection.package import Package

FIRST = "first"


@dataclass(frozen=True)
class Where:
    """Whom a sheet is about, and the row within it where something was found."""

    subject: Subject
    tool: str
    actor: str
    table: str = ""
    row: str = ""


@dataclass
class Answering:
    """Answers subjects of one inspection."""

    given: Package
    plan: Plan
    chance: Chance

    @cached_property
    def _informed(self) -> Mapping[str, Question]:
        """The question that each prompt informs."""
        return {name: question for question in self.framework.questions.values() for name in question.informed_by}

    @property
    def framework(self) -> Framework:
        """The framework of the inspection."""
        return self.given.framework

    def sheet(self, where: Where, start: datetime, before: Iterable[AnswerEvent] = ()) -> Iterator[AnswerEvent]:
        """The events of one sheet, each question a minute or two after the other; ``before``: what is answered already."""
        events = list(before)
        at = start
        for question in self._questions(where):
            if not self._applies(where, question, events):
                continue
            said = self._said(where, question)
            if said is None:
                continue
            at += timedelta(seconds=self.chance.between(40, 130, "pause", where.subject.key, where.row, question.id))
            event = self.event(where, question.id, said, at)
            events.append(event)
            yield event

    def event(self, where: Where, question: str, said: Mapping[str, Any], at: datetime) -> AnswerEvent:
        """One event of the first pass."""
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = AnswerEvent(
            op_id=self._id(at, where, question), tool=where.tool, subject_kind=where.subject.kind,
            subject_key=where.subject.key, table=where.table, row_key=where.row, question_id=question, pass_=FIRST,
            value=said["value"], reasons=said.get("reasons", ()), note=said.get("note", ""), themes=(), notable=False,
            withdrawn=False, actor=where.actor, device=f"{where.actor}-laptop", base_op_ids=(), resolves_reason="",
            client_time=moment, server_time=moment, framework_version=self.framework.version, payload_sha256="",
        )  # fmt: skip
        return event._replace(payload_sha256=payload_digest(event))

    def _questions(self, where: Where) -> Iterator[Question]:
        asked = self.framework.asked(self.given.inspection.framework.screening)
        return (q for q in asked if q.computed is None and q.tool == where.tool)

    def _applies(self, where: Where, question: Question, events: list[AnswerEvent]) -> bool:
        made = sheets(
            self.framework, [where.subject], heads(events),
            screening=self.given.inspection.framework.screening, holidays=self.given.holidays,
        )  # fmt: skip
        kind = where.table or where.subject.kind
        key = f"{where.subject.key}/{where.row}" if where.row else where.subject.key
        sheet = next(sheet for sheet in made if (sheet.subject.kind, sheet.subject.key) == (kind, key))
        return sheet.standing(question.id).relevant is True

    def _said(self, where: Where, question: Question) -> dict[str, Any] | None:
        about = (where.subject.key, where.row, question.id)
        fixed = {} if where.row else self.plan.given_of(where.subject.kind, where.subject.key)
        if question.id in fixed:
            return self._with_reasons(question, str(fixed[question.id]), about)
        if where.subject.key in self.plan.given.get(where.subject.kind, {}):
            return None
        scale = self.framework.scale_by_id.get(question.scale or "")
        like, informs = about, self._informed.get(question.id)
        if informs and self.chance.below(6, "differs", *about):
            like = (about[0], about[1], informs.id)  # a prompt mostly says what its question will say
        wanted = self.plan.wanted(like[2]) or (_even(scale) if scale else {})
        if question.never_not_relevant:
            wanted = {name: weight for name, weight in wanted.items() if name != NOT_RELEVANT}
        same = where.subject.facts.get(str(wanted.get("fact"))) if "fact" in wanted else None
        value = same if "fact" in wanted else value_of(wanted, self.chance, *like)
        return None if value is None else self._with_reasons(question, str(value), about)

    def _with_reasons(self, question: Question, value: str, about: tuple[str, ...]) -> dict[str, Any]:
        """The answer with what makes it complete: a reason for No or for not relevant, and a note where one is due."""
        scale = self.framework.scale_by_id.get(question.scale or "")
        option = next((option for option in scale.options if option.value == value), None) if scale else None
        reasons: tuple[Reason, ...] = ()
        if value == NOT_RELEVANT:
            reasons = self.framework.not_relevant_reasons
        elif option is not None and option.outcome is Outcome.INSUFFICIENT:
            reasons = self.framework.reasons_of(question)
        chosen = self.chance.pick(reasons, "reason", *about) if reasons else None
        due = (chosen is not None and chosen.needs_note) or (option is not None and option.needs_note)
        noted = due or self.chance.below(4, "noted", *about) == 0
        note = self.chance.pick(self.plan.notes, "note", *about) if noted else ""
        return {"value": value, "reasons": (chosen.id,) if chosen else (), "note": note}

    def _id(self, at: datetime, where: Where, question: str) -> str:
        what = (where.tool, where.subject.key, where.row, question, where.actor)
        number = int(at.timestamp()) * 1000 << 80 | 0x7 << 76 | (self.chance.number("a", *what) & 0xFFF) << 64
        text = f"{number | 0b10 << 62 | self.chance.number('b', *what) >> 2:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _even(scale: Scale) -> dict[str, int]:
    """Three in four sufficient where answers have outcomes; else each answer as likely as the next."""
    return {option.value: 3 if option.outcome is Outcome.SUFFICIENT else 1 for option in scale.options}


def value_of(wanted: Mapping[str, Any], chance: Chance, *about: object) -> FactValue:
    """A value by what is wanted: a day, a whole number, or one of the names by weight. ``empty`` gives none."""
    if "days" in wanted:
        first, last = (date.fromisoformat(str(day)) for day in wanted["days"])
        return first + timedelta(days=chance.between(0, (last - first).days, *about))
    if "from" in wanted:
        return chance.between(int(wanted["from"]), int(wanted["to"]), *about)
    drawn = chance.weighted({str(name): int(weight) for name, weight in wanted.items()}, *about) if wanted else None
    return None if drawn in (None, "empty") else drawn
