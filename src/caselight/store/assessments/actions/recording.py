"""Recording judgements: each message of a person is kept as an event, or refused with a reason, and never lost.

Everything of a call is one transaction with its audit rows; receipts are signed and given only after the commit. The
inspection is locked meanwhile, so that two identical messages at once become one event and get one receipt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.db import IntegrityError, connection, transaction

from caselight.method.answers.events import Address, AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments import models, rows
from caselight.store.assessments.actions.messages import Message, bases_first, by_event, check
from caselight.store.assessments.actions.setting_aside import set_aside
from caselight.store.assessments.actions.together import Together
from caselight.store.assessments.evidence import keep_excerpts, keep_locators
from caselight.store.assessments.judging import Judged, damaged, own, purged, refused
from caselight.store.assessments.receipts import Committed, Receipt, Refusal, signing_key
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.words import Words
from caselight.store.audit.actions import Entry, as_text, record_all
from caselight.store.audit.acts import Act
from caselight.store.audit.unwritten import said_when_unwritten


def record_answers(  # noqa: PLR0913 - what a message is made of
    *,
    by: str,
    inspection: str,
    device: str,
    events: Sequence[AnswerEvent],
    at: datetime,
    locators: Sequence[Locator] = (),
    excerpts: Sequence[Excerpt] = (),
) -> tuple[Receipt | Refusal, ...]:
    """Record what a person answered: for each event, in order, its receipt or why it was refused.

    ``by`` is who sent it, ``device`` where from, ``at`` the server's clock. An event that is recorded already gets the
    receipt it got before. Must not be called inside a transaction: a receipt is true only after the commit. ``Faults``
    where there is no such inspection, a call holds too much, or evidence belongs to none of its events.
    """
    message = Message(by, inspection, device, tuple(events), tuple(locators), tuple(excerpts))
    check(message)
    if connection.in_atomic_block:  # refused there; a thread that holds the database must not wait for another
        return record_messages([message], at=at)[0]
    return _together.answer((message, at))


def _record_group(group: Sequence[tuple[Message, datetime]]) -> list[tuple[Receipt | Refusal, ...]]:
    return record_messages([message for message, _ in group], at=max(at for _, at in group))


_together = Together(_record_group)


def record_messages(messages: Sequence[Message], *, at: datetime) -> list[tuple[Receipt | Refusal, ...]]:
    """Record the messages of several people in one transaction, each answered by itself (see :func:`record_answers`)."""
    for message in messages:
        check(message)
    with said_when_unwritten():
        key_id = signing_key()  # made, or refused, before anything is written that it must sign for
        try:
            answers = _commit(messages, at)
        except IntegrityError:  # somebody recorded one of these ids at the same moment: now it is known
            answers = _commit(messages, at)
    return [tuple(one.signed(key_id) if isinstance(one, Committed) else one for one in answer) for answer in answers]


def _commit(messages: Sequence[Message], at: datetime) -> list[tuple[Committed | Refusal, ...]]:
    # Always in the order of inspections: two transactions that lock several must not wait for each other.
    order = sorted(range(len(messages)), key=lambda n: messages[n].inspection)
    answers: dict[int, tuple[Committed | Refusal, ...]] = {}
    with transaction.atomic(durable=True):
        for inspection, here in groupby(order, key=lambda n: messages[n].inspection):
            positions = list(here)
            taken = _take(enter(inspection), [messages[n] for n in positions], at)
            answers.update(zip(positions, taken, strict=True))
    return [answers[n] for n in range(len(messages))]


def _take(room: Room, messages: Sequence[Message], at: datetime) -> list[tuple[Committed | Refusal, ...]]:
    """Take the messages about one inspection: each judged by itself, and all written at once."""
    desk = _Desk(room, messages)
    verdicts = [desk.judge(message) for message in messages]
    taken = desk.write(at)
    for message, found in zip(messages, verdicts, strict=True):
        aside = [(message.events[n], verdict) for n, verdict in found.items() if isinstance(verdict, Refusal)]
        if aside:
            set_aside(room, desk.judged(message), aside, device=message.device, at=at)
    return [
        tuple(taken[verdict] if isinstance(verdict, str) else verdict for _, verdict in sorted(found.items()))
        for found in verdicts
    ]


class _Desk:
    """Takes the events of messages one by one, and writes those that can be taken all at once."""

    def __init__(self, room: Room, messages: Sequence[Message]) -> None:
        self.room = room
        self.taken: dict[str, tuple[AnswerEvent, Message]] = {}
        events = [event for message in messages for event in message.events]
        wanted = {op_id for event in events for op_id in (event.op_id, *event.base_op_ids)}
        self.known = {row[0]: row[1:] for row in rows.known(wanted)}
        self.addresses = {op_id: Address(*row[4:]) for op_id, row in self.known.items() if row[0] == room.id}
        self.subjects, self.locked = room.subjects({event.subject_key for event in events})
        self.words = Words(room.key, room.framework)
        told = {event.subject_key for event in events if event[2:4] in self.subjects and self.words.any(event)}
        if told:
            self.words.ready(told)  # a new key is a write to another disk file: all at once
        quotes = {quote.key for message in messages for quote in message.excerpts}
        used = models.Excerpt.objects.filter(inspection_id=room.id, key__in=quotes) if quotes else None
        self.quoted = set(used.values_list("key", flat=True)) if used is not None else set[str]()

    def judged(self, message: Message) -> Judged:
        """What the events of one message are held against; what other messages of the group brought counts at once."""
        return Judged(
            self.room, message.by, self.words, self.subjects, self.locked, self.addresses, self.quoted,
            by_event(message.locators), by_event(message.excerpts),
        )  # fmt: skip

    def judge(self, message: Message) -> Mapping[int, Committed | Refusal | str]:
        """By its number, what is told about each event: known already, refused, or its id where it is taken now."""
        judged = self.judged(message)
        return {n: self._judge(message.events[n], message, judged) for n in bases_first(message.events)}

    def _judge(self, event: AnswerEvent, message: Message, judged: Judged) -> Committed | Refusal | str:
        refusal = damaged(event, judged) or purged(event, judged) or own(event, judged)
        if refusal is not None:
            return refusal
        before = self.known.get(event.op_id)
        if before is not None:
            inspection_id, digest, n, chained = before[:4]
            if (inspection_id, digest) == (self.room.id, event.payload_sha256):
                return Committed(event.op_id, digest, self.room.chain, n, chained)
            return other_content(event)
        if event.op_id in self.taken:
            same = self.taken[event.op_id][0].payload_sha256 == event.payload_sha256
            return event.op_id if same else other_content(event)
        refusal = refused(event, judged)
        if refusal is None:
            self.taken[event.op_id] = event, message
            self.addresses[event.op_id] = event.address
            self.quoted.update(quote.key for quote in judged.excerpts.get(event.op_id, ()))
        return refusal or event.op_id

    def write(self, at: datetime) -> dict[str, Committed]:
        """Insert what was taken, with an audit row for each, and the evidence behind it."""
        if not self.taken:
            return {}
        room, words, instant = self.room, self.words, as_text(at)
        entries = [
            Entry(message.by, Act.ANSWER_RECORDED, ("answer", event.op_id), detail(event, message.device))
            for event, message in self.taken.values()
        ]
        links = record_all(chain=room.chain, entries=entries, at=at)
        events = [event for event, _ in self.taken.values()]
        rows.insert(
            [rows.row(room.id, event._replace(server_time=instant), words.seal(event)) for event in events],
            [(link.n, link.hash) for link in links],
        )
        self._keep_evidence()
        return {
            event.op_id: Committed(event.op_id, event.payload_sha256, room.chain, link.n, link.hash)
            for event, link in zip(events, links, strict=True)
        }

    def _keep_evidence(self) -> None:
        """Evidence stands with the message whose event was taken; one that came a second time brings no more."""
        about = {op_id: event.subject_key for op_id, (event, _) in self.taken.items()}
        bearers = {id(message): message for _, message in self.taken.values()}.values()
        locators = [one for message in bearers for one in message.locators if self._of(one.op_id, message)]
        excerpts = [one for message in bearers for one in message.excerpts if self._of(one.op_id, message)]
        if locators:
            keep_locators(self.room.id, self.words, locators, about)
        if excerpts:
            keep_excerpts(self.room.id, self.words, excerpts, about)

    def _of(self, op_id: str, message: Message) -> bool:
        return op_id in self.taken and self.taken[op_id][1] is message


def detail(event: AnswerEvent, device: str) -> dict[str, str | list[str]]:
    """What the audit says of an answer: its digest, its address, what it builds on, and the device that sent it."""
    return {
        "payload_sha256": event.payload_sha256,
        "address": list(event.address),
        "bases": list(event.base_op_ids),
        "device": device,
    }


def other_content(event: AnswerEvent) -> Refusal:
    """The id is taken by an event with other content, or by one of another inspection, of which nothing is said."""
    return Refusal(
        "answer.other-content",
        "Another event has this op_id and another content. Both are kept.",
        "Open the question as it stands now; if this answer is still right, record it anew.",
        event.op_id,
    )
