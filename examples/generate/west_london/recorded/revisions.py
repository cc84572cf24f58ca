"""Changes of mind, each kept beside what it changes: amended, contested and resolved, moderated, not relevant.

In every one the answer that counts in the end is the solved one, so that the figures stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from examples.generate.chance import Chance
from examples.generate.west_london.figures.solve import Solved
from examples.generate.west_london.recorded.answers import REASONS, Given, notes
from examples.generate.west_london.recorded.events import Change, Recorder
from examples.generate.west_london.recorded.timetable import INSPECTORS

from caselight.method.answers.events import AnswerEvent

LEAD = INSPECTORS[0]
MODERATION = datetime(2015, 12, 15, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)

# Amended by the same inspector: the question, and whether the case is one that fails it in the end.
AMENDED = {"R6": False, "P8": False, "C1": True, "E3": False}
# Answered differently by two inspectors, resolved by the lead.
CONTESTED = {
    "P5": "The plan for contingency is in the minutes of the strategy meeting, which only one of us had opened.",
    "D1": "Read again together: the communication need was known, understood and planned for.",
}
# Changed in moderation: the first answer stays as it was given.
MODERATED = {
    "C3": "Read beside the other reports: leaving out a serious matter makes the section incomplete.",
    "C9": "Read beside the other cases: the manager asked for the change and saw that it was made.",
}
NOT_RELEVANT = ("P8.victim", "P8", "other-service")


@dataclass
class Revising:
    """Adds revisions to recorded events. ``sheets`` holds the events of each case by question."""

    sheets: Mapping[str, Mapping[str, AnswerEvent]]
    solved: Mapping[str, Solved]
    recorder: Recorder
    chance: Chance

    def revised(self) -> Iterator[AnswerEvent]:
        """Every event, those of the changed answers beside what they change."""
        changes: dict[tuple[str, str], Callable[[AnswerEvent], Iterator[AnswerEvent]]] = {}
        for question, fails in AMENDED.items():
            changes[self._case(question, fails=fails), question] = self._amended
        for question in CONTESTED:
            changes[self._case(question, fails=False, apart="contested"), question] = self._contested
        for question in MODERATED:
            changes[self._case(question, fails=question == "C3"), question] = self._moderated
        elsewhere = self._elsewhere()
        for case, sheet in self.sheets.items():
            for question, event in sheet.items():
                if (case, question) == (elsewhere, NOT_RELEVANT[0]):
                    yield from self._done_elsewhere(event)
                else:
                    yield from changes.get((case, question), _as_it_was)(event)

    def _case(self, question: str, *, fails: bool, apart: str = "") -> str:
        """A case that answers the question, failing or not, and is not changed otherwise."""
        able = [
            case for case, sheet in self.sheets.items()
            if question in sheet and (question in self.solved[case].fails) is fails and sheet[question].actor != LEAD
        ]  # fmt: skip
        return self.chance.order(able, "revised", question, apart)[0]

    def _amended(self, event: AnswerEvent) -> Iterator[AnswerEvent]:
        """First the opposite, then, later in the meeting, what stands."""
        first = self._other(event, at=_time(event), actor=event.actor)
        later = _time(event) + timedelta(minutes=31)
        yield first
        yield self.recorder.event(
            "case", event.subject_key, _given(event), actor=event.actor, at=later, change=Change(bases=(first.op_id,))
        )

    def _contested(self, event: AnswerEvent) -> Iterator[AnswerEvent]:
        """A second inspector answered the opposite; the lead resolved it in the evening, naming both."""
        second = next(key for key in self.chance.order(INSPECTORS[1:], "second", event.op_id) if key != event.actor)
        other = self._other(event, at=_time(event) + timedelta(minutes=22), actor=second)
        evening = max(MODERATION + timedelta(minutes=9), _time(event) + 3 * HOUR)
        given = _given(event)._replace(note="", notable=False)
        both, reason = tuple(sorted((event.op_id, other.op_id))), CONTESTED[event.question_id]
        yield event
        yield other
        yield self.recorder.event(
            "case", event.subject_key, given, actor=LEAD, at=evening, change=Change("first", both, reason)
        )

    def _moderated(self, event: AnswerEvent) -> Iterator[AnswerEvent]:
        """The first pass says the opposite, the moderated one what stands."""
        evening = max(MODERATION + timedelta(minutes=23), _time(event) + 3 * HOUR)
        given = _given(event)._replace(note=MODERATED[event.question_id])
        yield self._other(event, at=_time(event), actor=event.actor)
        yield self.recorder.event("case", event.subject_key, given, actor=LEAD, at=evening, change=Change("moderated"))

    def _elsewhere(self) -> str:
        """A case without a victim in the solved figures, to which the inspector gives one whom another service saw."""
        gate = NOT_RELEVANT[0]
        able = [case for case in self.sheets if gate not in self.solved[case].holds and not self.solved[case].fails]
        return self.chance.order(able, "not relevant")[0]

    def _done_elsewhere(self, event: AnswerEvent) -> Iterator[AnswerEvent]:
        gate, question, reason = NOT_RELEVANT
        yes = Given(gate, "yes", note=notes()[gate]["yes"][0])
        not_relevant = Given(question, "not_relevant", (reason,), notes()[question]["not_relevant"][0])
        for given, after in ((yes, 0), (not_relevant, 40)):
            at = _time(event) + timedelta(seconds=after)
            yield self.recorder.event("case", event.subject_key, given, actor=event.actor, at=at)

    def _other(self, event: AnswerEvent, *, at: datetime, actor: str) -> AnswerEvent:
        """The opposite answer to the same question."""
        question = event.question_id
        if event.value == "yes":
            reasons = REASONS[question][0]
            given = Given(question, "no", reasons, notes()[question]["no"][reasons[0]])
        else:
            given = Given(question, "yes")
        return self.recorder.event("case", event.subject_key, given, actor=actor, at=at)


def _as_it_was(event: AnswerEvent) -> Iterator[AnswerEvent]:
    yield event


def _given(event: AnswerEvent) -> Given:
    return Given(event.question_id, event.value, event.reasons, event.note, event.notable)


def _time(event: AnswerEvent) -> datetime:
    return datetime.fromisoformat(event.client_time)
