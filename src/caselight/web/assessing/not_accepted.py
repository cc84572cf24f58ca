"""Answers that came in and were not accepted, as their pages show them: to the lead all, to their authors their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from caselight.method.answers.events import AnswerEvent
from caselight.procedures.putting_right import anew
from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.quarantine import LEFT_OUT, Aside, message_of, quarantined
from caselight.store.assessments.room import RECORDING
from caselight.store.assessments.steps import Step
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import not_found
from caselight.web.assessing.opening import Opened, open_case
from caselight.web.assessing.why_not import Why, why
from caselight.web.assessing.wording import Given, Wording
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.visits import InspectionVisit

COLUMNS = (
    Column("what", "Answer", "link"),
    Column("state", "State", "tag"),
    Column("by", "Given by"),
    Column("received", "Received"),
    Column("why", "Why it was not accepted"),
)


def may_see(visit: InspectionVisit, told: Aside) -> bool:
    """Whether a message is shown: to who settles them all of them, to authors their own about cases given to them."""
    if visit.may(Permission.ANSWER_QUARANTINED):
        return True
    if told.event is None or visit.user not in (told.author, told.received_from):
        return False
    return visit.may(Permission.ANSWER_RECORD, told.event.subject_key)


def listed(visit: InspectionVisit) -> Table:
    """The messages that the visitor may see: those that wait first, then by when they came, the newest first."""
    mine = [told for told in quarantined(visit.key) if may_see(visit, told)]
    mine.sort(key=lambda told: (told.open, told.received_at), reverse=True)
    labels, wording = _labels(visit), Wording(visit, names_of({told.author for told in mine}))
    rows = [
        {
            "what": Link(_called(told, labels, wording), _address(visit, told)),
            "by": wording.name(told.author),
            "received": wording.clock(told.received_at),
            "why": why(told.code).says,
            "state": Tag(*state(told)),
        }
        for told in mine
    ]
    return Table("What came in", COLUMNS, rows, "messages", "There are none.")


def waiting(visit: InspectionVisit) -> int:
    """How many of the messages that the visitor may see wait for somebody."""
    return sum(told.open and may_see(visit, told) for told in quarantined(visit.key))


def state(told: Aside) -> tuple[str, str]:
    """What became of a message, in words, with the colour of its tag."""
    if told.event is None:
        return "Words destroyed", "grey"
    if told.settlement is not None:
        return ("Set aside", "grey") if told.settlement.how == LEFT_OUT else ("Recorded again", "green")
    return ("Accepted later", "green") if told.settled else ("Needs a decision", "orange")


def _address(visit: InspectionVisit, told: Aside, name: str = "message") -> str:
    return reverse(f"assessing:{name}", kwargs={"key": visit.key, "message": told.number})


def _labels(visit: InspectionVisit) -> dict[tuple[str, str], str]:
    return {(one.kind, one.key): one.label or one.key for one in subjects_of(visit.key)}


def _called(told: Aside, labels: dict[tuple[str, str], str], wording: Wording) -> str:
    if told.event is None:
        return "An answer whose words are destroyed"
    of = labels.get((told.event.subject_kind, told.event.subject_key), "A case that is not here")
    return f"{of}: {wording.short(told.event.question_id)}"


@dataclass(frozen=True)
class Message:
    """One message for one visitor. ``case`` is None where the inspection has no such case."""

    visit: InspectionVisit
    told: Aside
    case: Opened | None

    @property
    def event(self) -> AnswerEvent | None:
        """The answer that came; None where its words are destroyed."""
        return self.told.event

    @property
    def state(self) -> tuple[str, str]:
        """What became of it."""
        return state(self.told)

    @property
    def why(self) -> Why:
        """Why it was not accepted, and what puts it right."""
        return why(self.told.code)

    @property
    def called(self) -> str:
        """What the page is called by."""
        return _called(self.told, _labels(self.visit), self.wording)

    @cached_property
    def wording(self) -> Wording:
        """How answers are said, with the names of the people that the page speaks of."""
        settled = {self.told.settlement.by} if self.told.settlement else set()
        there = {event.actor for event in self.heads}
        return Wording(self.visit, names_of({self.told.author, self.told.received_from, *settled, *there}))

    @property
    def author(self) -> str:
        """Who gave the answer."""
        return self.wording.name(self.told.author)

    @property
    def settled_by(self) -> str:
        """Who settled it, and when."""
        done = self.told.settlement
        return f"{self.wording.name(done.by)}, {self.wording.clock(done.at)}" if done else ""

    @property
    def rows(self) -> Iterator[tuple[str, str]]:
        """What came, label by label."""
        event = self.event
        if event is None:
            return
        said, wording = self.wording.given(event), self.wording
        yield "Question", wording.question(event.question_id)
        yield "Answer", said.answer
        yield from ((label, value) for label, value in (("Reasons", said.reasons), ("Note", said.note)) if value)
        yield from (("Where in the file", f"{one.document}, {one.where}") for one in self.told.locators)
        yield from (("Words quoted", one.text) for one in self.told.excerpts)
        yield "Given by", f"{self.author}, {wording.clock(event.client_time)}"
        sender = self.told.received_from
        from_ = "" if sender == self.told.author else f", from {wording.name(sender)}"
        yield "Received", f"{wording.clock(self.told.received_at)}{from_}"

    @cached_property
    def heads(self) -> tuple[AnswerEvent, ...]:
        """What stands at its place now, of what the visitor may read."""
        if self.case is None or self.event is None:
            return ()
        version = self.case.framework.version
        place = anew(self.event, self.visit.access, version=version, op_id="", bases=()).address
        return self.case.heads.get(place, ())

    @property
    def stands(self) -> list[Given]:
        """The same in words."""
        return [self.wording.given(event) for event in self.heads]

    @property
    def nothing(self) -> str:
        """What is said where nothing stands that the visitor may read."""
        return "Not yet answered." if self.visit.may(Permission.ANSWER_READ) else "No answer that you may read."

    @property
    def mine(self) -> bool:
        """Whether the visitor is its author, and it waits."""
        return self.told.open and self.told.author == self.visit.user

    @property
    def bars(self) -> str:
        """What keeps its author from recording it now, in words; nothing where they can."""
        case = self.case
        if case is None:
            return "The inspection has no such case, so that it cannot be recorded here."
        if case.may_record:
            return "Two answers stand already. Decide between them first." if len(self.heads) > 1 else ""
        if case.dossier.standing.step is Step.LOCKED:
            return "The case is countersigned and locked. Once it is unlocked, you can record the answer here."
        if case.dossier.inspection.state not in RECORDING:
            return "Nothing is recorded in this state of the inspection."
        return "The case is not given to you. Ask the lead to give it to you again."

    @property
    def may_leave(self) -> bool:
        """Whether the visitor may set it aside."""
        return self.told.open and self.visit.may(Permission.ANSWER_QUARANTINED)


def message(visit: InspectionVisit, number: int) -> Message:
    """One message as the visitor may see it. ``access.not-found`` for everybody else."""
    told = message_of(visit.key, number)
    if told is None or not may_see(visit, told):
        not_found()
    event = told.event
    there = event is not None and (event.subject_kind, event.subject_key) in _labels(visit)
    if event is None or not there:
        return Message(visit, told, None)
    return Message(visit, told, open_case(visit, event.subject_kind, event.subject_key))
