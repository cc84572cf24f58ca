"""One subject's answers against the framework: where each question stands, and why.

A :class:`Sheet` is what a rule looks at. Questions are settled on first use and remembered; rules only look at
facts and earlier questions, so settling ends. An answer to a question that does not apply is kept but stands for
nothing. A subject that was found in another (a placement, a crime in a file) has a sheet of its own, which looks up
in the other's what is not its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from caselight.method.answers.computing import computed
from caselight.method.answers.current import BETWEEN, Recorded, current
from caselight.method.answers.events import Address, AnswerEvent
from caselight.method.answers.fact_values import recorded_facts, typed
from caselight.method.answers.standing import CONTESTED, NOT_ASKED, UNANSWERED, UNKNOWN, Holidays, Settled, Standing
from caselight.method.caseload.case import Subject
from caselight.method.caseload.elapsed import elapsed
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import ALWAYS, Truth, Unit, Value
from caselight.method.framework.truth import negated, truth

_standing = Standing._make  # half as long as a call with names, and there is one for every answer
NEVER_RECORDED: Recorded = {}
NOTHING_OUTSIDE: Mapping[str, frozenset[str]] = {}


class Sheet(Settled):
    """One subject's facts and answers, as rules and tallies see them; ``parent`` is the sheet it was found in."""

    def __init__(
        self,
        framework: Framework,
        subject: Subject,
        recorded: Recorded = NEVER_RECORDED,
        *,
        asked: frozenset[str],
        holidays: Holidays,
        parent: Sheet | None = None,
    ) -> None:
        self.framework = framework
        self.subject = subject
        self.recorded = recorded
        self.holidays = holidays
        self.parent = parent
        self.found: dict[str, tuple[Sheet, ...]] = {}
        self._asked = asked
        self._settled: dict[str, Standing] = {}

    # What a rule may look at -------------------------------------------------------------------------------------

    def fact(self, name: str) -> Value | None:
        """A fact of the subject, or of the one it was found in; ``None`` when nobody supplied it."""
        value = self.subject.facts.get(name)
        return self.parent.fact(name) if value is None and self.parent is not None else value

    def answer(self, question: str) -> Value | None:
        """The one uncontested answer to a question, if there is one."""
        return (self._settled.get(question) or self.standing(question)).value

    def outcome(self, question: str) -> str | None:
        """Sufficient or insufficient, once that is known."""
        return (self._settled.get(question) or self.standing(question)).outcome

    def relevant(self, question: str) -> Truth:
        """Whether the question applies to the subject."""
        return (self._settled.get(question) or self.standing(question)).relevant

    def rows(self, kind: str) -> Iterable[Sheet]:
        """The sheets of the subjects of a kind that were found in this one, by key; or in the one it was found in."""
        if self.parent is not None and self.framework.subject_by_id[kind].found_in != self.subject.kind:
            return self.parent.rows(kind)
        return self.found.get(kind, ())

    def elapsed(self, start: date, end: date, unit: Unit) -> int:
        """From one day to another; raises a fault where holidays that are needed are not listed."""
        return elapsed(start, end, unit, self.holidays)

    # How a question is settled -----------------------------------------------------------------------------------

    def standing(self, question_id: str) -> Standing:
        """Where a question stands for this subject."""
        settled = self._settled.get(question_id)
        if settled is None:
            settled = self._settled[question_id] = self._settle(self.framework.questions[question_id])
        return settled

    def _settle(self, question: Question) -> Standing:
        if self.parent is not None and self.framework.subject_of(question) != self.subject.kind:
            return self.parent.standing(question.id)
        applies = question.id in self._asked and self._applies(question)
        if applies is False:
            return NOT_ASKED
        heads = self.recorded.get(question.id, ())
        if question.computed is not None:
            return computed(question, self, heads) if applies else UNKNOWN
        event = heads[0] if len(heads) == 1 and not heads[0].withdrawn else None
        if event is not None and event.value == NOT_RELEVANT:
            return Standing(relevant=False, by="inspector", event=event)
        if applies is None:
            return UNKNOWN
        if event is not None:
            return self._answered(question, event)
        return CONTESTED if len(heads) > 1 else UNANSWERED

    def _applies(self, question: Question) -> Truth:
        applies = question.when is ALWAYS or truth(question.when, self)
        if question.not_relevant_when is None or applies is False:
            return applies
        must_not = truth(question.not_relevant_when, self)
        return applies if must_not is False else negated(must_not)

    def _answered(self, question: Question, event: AnswerEvent) -> Standing:
        scale = self.framework.scale_by_id.get(question.scale or "")
        if scale is None:
            value, wrong = typed(question.type or "text", event.value)
            return UNANSWERED if wrong else Standing(relevant=True, value=value, event=event)
        if scale.multiple:
            chosen = tuple(part for part in event.value.split("|") if part)
            return Standing(relevant=True, value=chosen, event=event)
        return _standing((True, "", event.value, scale.outcomes.get(event.value), False, event, None))


def sheets(
    framework: Framework,
    subjects: Iterable[Subject],
    heads: Mapping[Address, tuple[AnswerEvent, ...]],
    *,
    screening: str,
    holidays: Holidays,
    outside: Mapping[str, frozenset[str]] = NOTHING_OUTSIDE,
) -> tuple[Sheet, ...]:
    """A sheet for every subject, in the order given, and after each those of the subjects that were found in it.

    ``outside`` holds, by the key of a sampled subject, the questions that are not asked of it, because it was not drawn
    for their form.
    """
    every = frozenset(question.id for question in framework.asked(screening))
    sampled = framework.subjects[0].id
    recorded = current(heads)
    found = _found(framework, recorded)
    made: list[Sheet] = []
    for subject in subjects:
        answers = recorded.get((subject.kind, subject.key), NEVER_RECORDED)
        asked = every - outside[subject.key] if subject.kind == sampled and subject.key in outside else every
        sheet = Sheet(framework, subject, answers, asked=asked, holidays=holidays)
        made.append(sheet)
        for kind, keys in found.get((subject.kind, subject.key), {}).items():
            sheet.found[kind] = tuple(_row(sheet, kind, key, recorded[kind, key], asked) for key in keys)
            made.extend(sheet.found[kind])
    return tuple(made)


def _found(
    framework: Framework, recorded: Mapping[tuple[str, str], Recorded]
) -> dict[tuple[str, str], dict[str, list[str]]]:
    """The keys of found subjects by the subject they were found in and by their kind, sorted."""
    kinds = {subject.id: subject.found_in for subject in framework.subjects if subject.found_in}
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for kind, key in sorted(recorded) if kinds else ():
        if kind in kinds:
            parent = (kinds[kind] or "", key.rpartition(BETWEEN)[0])
            found.setdefault(parent, {}).setdefault(kind, []).append(key)
    return found


def _row(parent: Sheet, kind: str, key: str, recorded: Recorded, asked: frozenset[str]) -> Sheet:
    label = f"{parent.subject.label} {BETWEEN} {key.rpartition(BETWEEN)[2]}"
    facts = recorded_facts(recorded, parent.framework)
    subject = Subject(kind, key, label, facts, {}, parent.subject.managed_by)
    return Sheet(parent.framework, subject, recorded, asked=asked, holidays=parent.holidays, parent=parent)
