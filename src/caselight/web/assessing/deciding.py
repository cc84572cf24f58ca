"""Questions with two answers, as the page that settles them shows them: those that wait, and those that are decided.

The lead sees all of them and decides. Whoever gave one of the answers sees the other, for both are given; what the
authors say decides once they all say the same. A decision is one more answer: those of before stay, and stay visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.evidence import evidence_of
from caselight.store.assessments.queries import events
from caselight.store.assessments.stances import Stance, stances
from caselight.store.caseloads.queries import subjects_of
from caselight.web.assessing.wording import Given, Wording
from caselight.web.design.visits import InspectionVisit


@dataclass(frozen=True, slots=True)
class Head:
    """One of the answers: its id, what it says, where it rests, and who says that it stands, with the reason."""

    op_id: str
    given: Given
    places: tuple[str, ...]
    quotes: tuple[str, ...]
    for_it: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Two:
    """A question with two answers or more; ``bases`` are the ids that the page shows."""

    id: str
    label: str
    href: str
    code: str
    text: str
    subject: str
    heads: tuple[Head, ...]
    mine: bool = False
    chosen: str = ""
    reason: str = ""
    error: str = ""

    @property
    def bases(self) -> str:
        """The ids of the answers."""
        return " ".join(head.op_id for head in self.heads)

    @property
    def control(self) -> str:
        """The control that an error leads to."""
        return f"{self.id}-why" if self.chosen else f"{self.id}-h1"


@dataclass(frozen=True, slots=True)
class Decided:
    """A question that was decided: which answer stands, who decided and why, and the answers that it was between."""

    label: str
    href: str
    text: str
    stands: Given
    reason: str
    between: tuple[Given, ...]
    said: tuple[tuple[str, str, str], ...]  # an author, the answer that they said stands, and why


class Decisions:
    """The page for one visitor."""

    def __init__(self, visit: InspectionVisit) -> None:
        self.visit, self.all = visit, visit.may(Permission.ANSWER_RESOLVE)
        self.events = events(visit.key)
        self.wording = Wording(visit, names_of({event.actor for event in self.events}))
        self.stances = stances(visit.key)
        self.places: Sequence[Locator] = ()
        self.quotes: Sequence[Excerpt] = ()
        self.labels = {(one.kind, one.key): one.label or one.key for one in subjects_of(visit.key)}

    def waiting(self) -> tuple[Two, ...]:
        """Those that wait and that the visitor has a part in."""
        groups = {place: group for place, group in heads(self.events).items() if len(group) > 1}
        mine = {place: group for place, group in groups.items() if self._sees(place.subject_key, group)}
        ids = [event.op_id for group in mine.values() for event in group]
        self.places, self.quotes = evidence_of(self.visit.key, ids)
        return tuple(self._two(place, group) for place, group in mine.items())

    def decided(self) -> tuple[Decided, ...]:
        """Those that were decided, the last one first."""
        return tuple(reversed(tuple(self._decided())))

    def _sees(self, subject: str, group: Sequence[AnswerEvent]) -> bool:
        if self.all:
            return True
        own = any(event.actor == self.visit.user for event in group)
        return own and self.visit.may(Permission.ANSWER_AGREE, subject)

    def _two(self, place: Address, group: tuple[AnswerEvent, ...]) -> Two:
        here = self._said(group)
        mine = next((one.chosen for one in here if one.by == self.visit.user), "")
        return Two(
            id=f"two-{group[0].op_id}",
            label=self._label(place),
            href=self.wording.case_address(place),
            code="" if place.question_id not in self.wording.framework.questions else place.question_id,
            text=self.wording.question(place.question_id),
            subject=place.subject_key,
            heads=tuple(self._head(event, here) for event in group),
            mine=bool(mine),
            chosen=mine,
        )

    def _label(self, place: Address) -> str:
        of = self.labels.get((place.subject_kind, place.subject_key), place.subject_key)
        return f"{of}, {place.row_key}" if place.row_key else of

    def _head(self, event: AnswerEvent, said: Sequence[Stance]) -> Head:
        return Head(
            event.op_id, self.wording.given(event),
            tuple(f"{one.document}, {one.where}" for one in self.places if one.op_id == event.op_id),
            tuple(one.text for one in self.quotes if one.op_id == event.op_id),
            tuple((self.wording.name(one.by), one.reason) for one in said if one.chosen == event.op_id),
        )  # fmt: skip

    def _others(
        self, between: Sequence[AnswerEvent], event: AnswerEvent, known: Mapping[str, AnswerEvent]
    ) -> tuple[tuple[str, str, str], ...]:
        """What the authors said who did not decide in the end."""
        return tuple(
            (self.wording.name(one.by), self.wording.given(known[one.chosen]).answer, one.reason)
            for one in self._said(between)
            if one.by != event.actor
        )

    def _said(self, group: Sequence[AnswerEvent]) -> list[Stance]:
        """What their authors said of these answers."""
        ids = frozenset(event.op_id for event in group)
        return [one for one in self.stances if one.heads == ids]

    def _decided(self) -> Iterator[Decided]:
        known = {event.op_id: event for event in self.events}
        for event in self.events:
            between = [known[base] for base in event.base_op_ids if base in known]
            if event.resolves_reason and len(between) > 1 and self._sees(event.subject_key, between):
                place = event.address
                yield Decided(
                    self._label(place), self.wording.case_address(place), self.wording.question(event.question_id),
                    self.wording.given(event), event.resolves_reason, tuple(self.wording.given(one) for one in between),
                    self._others(between, event, known),
                )  # fmt: skip


def filled(two: Two, *, chosen: str, reason: str, error: str = "") -> Two:
    """The question with what was typed, and why it was not saved."""
    return replace(two, chosen=chosen, reason=reason, error=error)
