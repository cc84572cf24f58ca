"""One subject's answers against the framework: where each question stands, and why.

A :class:`Sheet` is what a rule looks at. Questions are settled on first use and remembered; rules only look at
facts and earlier questions, so settling ends. *Not relevant*, *not answered* and *contested* are three different
standings, and an answer to a question that does not apply is kept but stands for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from caselight.method.answers.events import COUNTED_PASSES, Address, AnswerEvent
from caselight.method.caseload.case import Subject
from caselight.method.caseload.workdays import add_working_days
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome
from caselight.method.framework.questions import OnTime, Question
from caselight.method.framework.rules import Truth, Value, references
from caselight.method.framework.truth import Facts, truth

Holidays = Mapping[int, tuple[date, ...]]
Recorded = Mapping[str, tuple[AnswerEvent, ...]]


class Standing(NamedTuple):
    """Where one question stands for one subject.

    ``relevant`` is false by the rule (``by`` = ``rule``) or by the inspector (``by`` = ``inspector``), and unknown
    while a fact or gate it depends on is. ``value`` and ``outcome`` are empty without one uncontested answer.
    """

    relevant: Truth
    by: str = ""
    value: Value | None = None
    outcome: str | None = None
    contested: bool = False
    event: AnswerEvent | None = None


_standing = Standing._make  # half as long as a call with names, and there is one for every answer
NOT_ASKED = Standing(relevant=False, by="rule")
UNKNOWN = Standing(relevant=None)
UNANSWERED = Standing(relevant=True)
CONTESTED = Standing(relevant=True, contested=True)
NEVER_RECORDED: Recorded = {}


class Sheet(Facts):
    """One subject's facts and answers, as rules and tallies see them."""

    def __init__(
        self,
        framework: Framework,
        subject: Subject,
        recorded: Recorded = NEVER_RECORDED,
        *,
        asked: frozenset[str],
        holidays: Holidays,
    ) -> None:
        self.framework = framework
        self.subject = subject
        self.recorded = recorded
        self._asked = asked
        self._holidays = holidays
        self._settled: dict[str, Standing] = {}

    # What a rule may look at -------------------------------------------------------------------------------------

    def fact(self, name: str) -> Value | None:
        """A fact of the subject; ``None`` when nobody supplied it."""
        return self.subject.facts.get(name)

    def answer(self, question: str) -> Value | None:
        """The one uncontested answer to a question, if there is one."""
        return self.standing(question).value

    def outcome(self, question: str) -> str | None:
        """Sufficient or insufficient, once that is known."""
        return self.standing(question).outcome

    def relevant(self, question: str) -> Truth:
        """Whether the question applies to the subject."""
        return self.standing(question).relevant

    # How a question is settled -----------------------------------------------------------------------------------

    def standing(self, question_id: str) -> Standing:
        """Where a question stands for this subject."""
        settled = self._settled.get(question_id)
        if settled is None:
            settled = self._settled[question_id] = self._settle(self.framework.questions[question_id])
        return settled

    def _settle(self, question: Question) -> Standing:
        applies = question.id in self._asked and truth(question.when, self)
        if applies is False:
            return NOT_ASKED
        if question.computed is not None:
            return self._computed(question) if applies else UNKNOWN
        heads = self.recorded.get(question.id, ())
        event = heads[0] if len(heads) == 1 and not heads[0].withdrawn else None
        if event is not None and event.value == NOT_RELEVANT:
            return Standing(relevant=False, by="inspector", event=event)
        if applies is None:
            return UNKNOWN
        if event is not None:
            return self._answered(question, event)
        return CONTESTED if len(heads) > 1 else UNANSWERED

    def _answered(self, question: Question, event: AnswerEvent) -> Standing:
        scale = self.framework.scale_by_id[question.scale or ""]
        if scale.multiple:
            chosen = tuple(part for part in event.value.split("|") if part)
            return Standing(relevant=True, value=chosen, event=event)
        value = event.value
        return _standing((True, "", value, scale.outcomes.get(value), False, event))

    def _computed(self, question: Question) -> Standing:
        computed = question.computed
        assert computed is not None  # noqa: S101 - the caller looked; this tells the type checker
        if computed.on_time is not None:
            held = self._on_time(computed.on_time)
        else:
            assert computed.sufficient_when is not None  # noqa: S101 - the model has exactly one of the two
            held = truth(computed.sufficient_when, self)
            if held is None and self._looks_at_contested(question):
                return CONTESTED
        if held is None:
            return UNANSWERED
        outcome = Outcome.SUFFICIENT if held else Outcome.INSUFFICIENT
        return Standing(relevant=True, value="yes" if held else "no", outcome=outcome)

    def _looks_at_contested(self, question: Question) -> bool:
        rule = question.computed.sufficient_when if question.computed else None
        names = (name for kind, name in references(rule) if kind != "fact") if rule else ()
        return any(self.standing(name).contested for name in names)

    def _on_time(self, measure: OnTime) -> Truth:
        start, done = self.fact(measure.start), self.fact(measure.done)
        due = self.fact(measure.due) if measure.due else None
        if not isinstance(done, date):
            return None
        if isinstance(due, date):
            return done <= due
        target = next((target for target in measure.targets if truth(target.when, self) is not False), None)
        if target is None or truth(target.when, self) is None or not isinstance(start, date):
            return None
        return done <= add_working_days(start, target.working_days, self._holidays)


def current(
    heads: Mapping[Address, tuple[AnswerEvent, ...]],
) -> dict[tuple[str, str], dict[str, tuple[AnswerEvent, ...]]]:
    """The heads that figures count, by subject and question: of the moderated pass if it has one, else of the first.

    A pass whose only head is withdrawn has none. Other passes (second, self, validated) are kept beside them and
    counted nowhere. A fact that two tools recorded has the heads of both.
    """
    rank = {name: position for position, name in enumerate(COUNTED_PASSES)}
    chosen: dict[tuple[str, str], dict[str, tuple[AnswerEvent, ...]]] = {}
    ranks: dict[tuple[str, str, str], int] = {}
    for (_, kind, key, _, _, question, pass_), standing in heads.items():
        position = rank.get(pass_)
        if position is None or not standing or (len(standing) == 1 and standing[0].withdrawn):
            continue
        known = ranks.get((kind, key, question))
        if known is None or position < known:
            ranks[kind, key, question] = position
            chosen.setdefault((kind, key), {})[question] = standing
        elif position == known:
            answers = chosen[kind, key]
            answers[question] = tuple(sorted(answers[question] + standing))
    return chosen


def sheets(
    framework: Framework,
    subjects: Iterable[Subject],
    heads: Mapping[Address, tuple[AnswerEvent, ...]],
    *,
    screening: str,
    holidays: Holidays,
) -> tuple[Sheet, ...]:
    """A sheet for every subject, in the order given."""
    asked = frozenset(question.id for question in framework.asked(screening))
    recorded = current(heads)
    return tuple(
        Sheet(framework, s, recorded.get((s.kind, s.key), NEVER_RECORDED), asked=asked, holidays=holidays)
        for s in subjects
    )
