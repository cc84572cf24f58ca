"""The first two days of fieldwork of a round: what each examiner recorded, agreed and signed, in the order of the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from caselight.method.answers.events import AnswerEvent
from caselight.method.caseload.case import Subject
from caselight.method.faults import Fault, refuse
from caselight.method.framework.parts import Outcome
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import Package
from caselight.procedures.demonstrating import chance, words
from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.demonstrating.judging import DEVICE, Judged, Judging
from caselight.procedures.demonstrating.preparing import Made
from caselight.procedures.demonstrating.rounds import AGREED, COMPLETE, SIGNED, Stage
from caselight.procedures.moderating import MODERATED, Agreed, agree
from caselight.procedures.stored import as_recorded
from caselight.store.assessments import actions
from caselight.store.assessments.actions.attending import note_presence
from caselight.store.assessments.actions.meeting import note_held
from caselight.store.assessments.actions.raising import raise_concern, tell
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.assessments.receipts import Receipt, Refusal
from caselight.store.audit.actions import as_text
from caselight.store.samples.allocating import allocate

LONG = timedelta(minutes=80)  # a case
EVENING = 18  # the hour at which the lead looks at what was done with whoever did it
HALF = 0.5
TOGETHER = 12  # answers that are recorded in one transaction: those of about a quarter of an hour


class Deed(NamedTuple):
    """Something that somebody did at an instant."""

    at: datetime
    do: Callable[[], object]


def work(made: Made) -> None:
    """Do all that was done, in its order."""
    for deed in sorted(_Days(made, as_recorded(made.round.key)).deeds(), key=lambda deed: deed.at):
        deed.do()


@dataclass(frozen=True)
class _Case:
    """One case of somebody: how far it is to come, and what was judged."""

    who: Actor
    by: str
    stage: Stage
    judging: Judging
    judged: Judged
    slot: str = ""

    @property
    def subject(self) -> tuple[str, str]:
        return self.judging.subject.kind, self.judging.subject.key

    @property
    def ended(self) -> datetime:
        return self.judging.begun + LONG


@dataclass(frozen=True)
class _Days:
    """The work of everybody in one round."""

    made: Made
    package: Package

    @property
    def key(self) -> str:
        return self.made.round.key

    @property
    def lead(self) -> str:
        return self.made.people[self.made.round.lead]

    def deeds(self) -> Iterator[Deed]:
        begun = [case for case in self.cases() if case.stage]
        for case in begun:
            yield from self.case(case)
        yield from self.interviews(begun)
        yield from self.two_answers(begun)
        yield from self.concern(begun)

    def cases(self) -> Iterator[_Case]:
        stages = {who: iter(stages) for who, stages in self.made.round.work.items()}
        for one in self.made.diary:
            stage, subject = next(stages[one.who]), (self.package.framework.subjects[0].id, one.case)
            judging = self.judging(subject, self.made.people[one.who], one.begins)
            whole = judging.whole()
            judged = whole.until(stage) if isinstance(stage, float) else whole
            yield _Case(one.who, judging.by, stage, judging, judged, self.made.slots.get(one.case, ""))

    def judging(self, subject: tuple[str, str], by: str, at: datetime) -> Judging:
        package = self.package
        row = next(one for one in package.subjects if (one.kind, one.key) == subject)
        known: Subject = with_facts([row], package.caseload, (), package.framework)[0]
        return Judging(package.framework, package.inspection.framework.screening, known, by, at, package.holidays)

    def case(self, case: _Case) -> Iterator[Deed]:
        """Answers as they were saved, then the steps that the case has come to."""
        events = case.judged.events
        for begins in range(0, len(events), TOGETHER):
            some = events[begins : begins + TOGETHER]
            yield Deed(_instant(some[-1]), partial(self.record, case, some))
        at = case.ended
        yield Deed(at, partial(self.present, case, at))
        if case.stage in (SIGNED, AGREED, COMPLETE):
            yield self.step(actions.complete, case.by, case, at)
        if case.stage in (SIGNED, AGREED):
            at = at.replace(hour=EVENING, minute=case.judging.begun.hour)
            yield Deed(at, partial(self.agree, case, at))
            yield self.step(actions.moderate, self.lead, case, at)
        if case.stage == SIGNED:
            yield self.step(actions.sign, case.by, case, at + timedelta(minutes=40))

    def present(self, case: _Case, at: datetime) -> None:
        """Who sat beside the examiner; where there is a timetable, also that the slot was held."""
        of = {"by": case.by, "inspection": self.key}
        if case.slot:
            note_held(**of, slot=case.slot, who=words.PRESENT, at=at)
        else:
            note_presence(**of, subject=case.subject, who=words.PRESENT, at=at)

    def step(self, act: Callable[..., object], by: str, case: _Case, at: datetime) -> Deed:
        return Deed(at, partial(act, by=by, inspection=self.key, subject=case.subject, at=at))

    def agree(self, case: _Case, at: datetime) -> None:
        """The first judgement that the lead and the inspector, looking again together, came to see otherwise."""
        changed = next((event for event in case.judged.events if self.outcome(event) is Outcome.INSUFFICIENT), None)
        if changed is None or chance.share(case.subject[1], "agreed") > HALF:
            return
        agreed = Agreed(
            changed.address._replace(pass_=MODERATED), "yes", (), words.AGREED,
            chance.op_id(at, *case.subject, changed.question_id), as_text(at),
        )  # fmt: skip
        _taken(agree(by=self.lead, inspection=self.key, version=changed.framework_version, agreed=agreed, at=at))

    def record(self, case: _Case, events: Sequence[AnswerEvent]) -> None:
        judged, own = case.judged, {event.op_id for event in events}
        taken = record_answers(
            by=case.by, inspection=self.key, device=DEVICE, events=events, at=_instant(events[-1]),
            locators=[one for one in judged.locators if one.op_id in own],
            excerpts=[one for one in judged.excerpts if one.op_id in own],
        )  # fmt: skip
        _taken(*taken)

    def outcome(self, event: AnswerEvent) -> Outcome | None:
        question = self.package.framework.questions.get(event.question_id)
        scale = self.package.framework.scale_by_id.get(question.scale or "") if question else None
        return scale.outcomes.get(event.value) if scale else None

    def interviews(self, begun: list[_Case]) -> Iterator[Deed]:
        """The workers of the first cases were interviewed, where the question set asks anything of them."""
        kinds = [
            one.id
            for one in self.package.framework.subjects[1:]
            if one.id in self.package.framework.subject_of_tool.values()
        ]
        there = {(one.kind, one.key) for one in self.package.subjects}
        seen: set[str] = set()
        for case in begun:
            worker = case.judging.subject.managed_by
            subject = (kinds[0] if kinds else "", worker)
            if case.stage in (SIGNED, AGREED, COMPLETE) and subject in there and worker not in seen:
                seen.add(worker)
                yield from self.interview(case, subject)

    def interview(self, case: _Case, subject: tuple[str, str]) -> Iterator[Deed]:
        at = case.ended + timedelta(minutes=5)
        given = partial(allocate, by=self.lead, inspection=self.key, case_key=subject[1], user=case.by, at=at)
        yield Deed(at, given)
        judging = self.judging(subject, case.by, at)
        yield from self.case(replace(case, stage=COMPLETE, judging=judging, judged=judging.whole(), slot=""))

    def two_answers(self, begun: list[_Case]) -> Iterator[Deed]:
        """A case that two people examine: the second answers one question otherwise, without having seen the first."""
        if self.made.round.contested is None:
            return
        first, second = self.made.round.contested
        case = next(one for one in begun if one.who is first and isinstance(one.stage, float))
        other, at = self.made.people[second], case.ended
        given = partial(allocate, by=self.lead, inspection=self.key, case_key=case.subject[1], user=other, at=at)
        yield Deed(at, given)
        theirs = next(event for event in case.judged.events if self.outcome(event) is Outcome.SUFFICIENT)
        reason = self.package.framework.reasons_of(self.package.framework.questions[theirs.question_id])[0].id
        judging = replace(case.judging, by=other)
        at += timedelta(minutes=10)
        event = judging.event(
            theirs.question_id, "no", at, reasons=(reason,), note=words.NO.get(theirs.question_id, words.OTHERWISE)
        )
        yield Deed(at, partial(self.record, replace(case, by=other), [event]))

    def concern(self, begun: list[_Case]) -> Iterator[Deed]:
        """An urgent concern of which somebody was told, and which nobody has answered yet."""
        case = next((one for one in begun if isinstance(one.stage, float)), None)
        if case is None:
            return
        number, at = chance.key(self.key, "concern"), case.judging.begun + timedelta(minutes=25)
        of = {"by": case.by, "inspection": self.key}
        yield Deed(at, partial(raise_concern, **of, subject=case.subject, key=number, what=words.CONCERN, at=at))
        at += timedelta(minutes=12)
        yield Deed(at, partial(tell, **of, concern=number, whom=words.TOLD, when=f"{at:%H:%M}", at=at))


def _instant(event: AnswerEvent) -> datetime:
    return datetime.fromisoformat(event.client_time)


def _taken(*answers: Receipt | Refusal) -> None:
    refuse(Fault(one.code, ("answer",), one.says, one.cure) for one in answers if isinstance(one, Refusal))
