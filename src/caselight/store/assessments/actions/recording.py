"""Recording judgements: each message of a person is kept as an event, or refused with a reason, and never lost.

Everything of a call is one transaction with its audit rows; receipts are signed and given only after the commit. The
inspection is locked meanwhile, so that two identical messages at once become one event and get one receipt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction

from caselight.method.answers.events import Address, AnswerEvent, payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments import models, rows
from caselight.store.assessments.actions.messages import Ask, Message, bases_first, by_event, check
from caselight.store.assessments.actions.setting_aside import set_aside
from caselight.store.assessments.actions.together import Together
from caselight.store.assessments.evidence import named_digests, seal_evidence, sent_digest
from caselight.store.assessments.judging import Judged, damaged, own, purged, refused
from caselight.store.assessments.receipts import Committed, Receipt, Refusal, signing_key
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.words import Words, sealed_digest
from caselight.store.audit import leave
from caselight.store.audit.actions import Entry, Plain, as_text, record_all
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
    ask: Ask | None = None,
) -> tuple[Receipt | Refusal, ...]:
    """Record what a person answered: for each event, in order, its receipt or why it was refused.

    ``by`` is who sent it, ``device`` where from, ``at`` the server's clock. An event that is recorded already gets the
    receipt it got before. ``ask`` says once more, in the transaction, which of them may not be recorded. Must not be
    called inside a transaction: a receipt is true only after the commit. ``Faults`` where there is no such inspection, a
    call holds too much, or evidence belongs to none of its events.
    """
    message = Message(by, inspection, device, tuple(events), tuple(locators), tuple(excerpts), _asked(ask))
    check(message)
    if connection.in_atomic_block:  # refused there; a thread that holds the database must not wait for another
        return record_messages([message], at=at)[0]
    return _together.answer((message, at))


def _asked(ask: Ask | None) -> Ask | None:
    """What is asked of one message in the transaction that records it together with others: who sent it, then ``ask``.

    Without ``ask`` everything is asked again that was allowed for the request. A device's message is then kept aside,
    because it was allowed when it came; what somebody typed on a page still stands there.
    """
    mine = leave.current()
    if mine is None:
        return ask

    def both(events: Sequence[AnswerEvent]) -> Mapping[int, Refusal]:
        gone, kept = mine.refused(whole=ask is None), ask is not None
        if gone is None:
            return ask(events) if ask else {}
        return {
            n: Refusal(gone.code, gone.says, gone.cure, op_id=event.op_id, kept=kept) for n, event in enumerate(events)
        }

    return both


def _record_group(group: Sequence[tuple[Message, datetime]]) -> list[tuple[Receipt | Refusal, ...]]:
    return record_messages([message for message, _ in group], at=max(at for _, at in group))


_together = Together(_record_group, weight=lambda waiting: len(waiting[0].events))


def record_messages(messages: Sequence[Message], *, at: datetime) -> list[tuple[Receipt | Refusal, ...]]:
    """Record the messages of several people in one transaction, each answered by itself (see :func:`record_answers`)."""
    for message in messages:
        check(message)
    with leave.of_many(), said_when_unwritten():
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


class _Taken(NamedTuple):
    """An event that is taken now, the message it came with, and the digest of its evidence."""

    event: AnswerEvent
    message: Message
    evidence: str


class _Desk:
    """Takes the events of messages one by one, and writes those that can be taken all at once."""

    def __init__(self, room: Room, messages: Sequence[Message]) -> None:
        self.room = room
        self.taken: dict[str, _Taken] = {}
        events = [event for message in messages for event in message.events]
        wanted = {op_id for event in events for op_id in (event.op_id, *event.base_op_ids)}
        self.known = {row[0]: row[1:] for row in rows.known(wanted)}
        self.addresses = {op_id: Address(*row[4:]) for op_id, row in self.known.items() if row[0] == room.id}
        again = {self.known[event.op_id][2] for event in events if event.op_id in self.addresses}
        self.evidence = named_digests(room.chain, again) if again else dict[int, str]()
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
        judged, barred = self.judged(message), message.ask(message.events) if message.ask else {}
        return {n: self._judge(message.events[n], message, judged, barred.get(n)) for n in bases_first(message.events)}

    def _judge(
        self, event: AnswerEvent, message: Message, judged: Judged, barred: Refusal | None
    ) -> Committed | Refusal | str:
        refusal = damaged(event, judged) or purged(event, judged) or own(event, judged) or barred
        if refusal is not None:
            return refusal
        places, quotes = judged.locators.get(event.op_id, ()), judged.excerpts.get(event.op_id, ())
        evidence = sent_digest(event.op_id, places, quotes)
        if event.op_id in self.known:
            return self._again(event, evidence)
        if event.op_id in self.taken:
            before = self.taken[event.op_id]
            differs = _differs(event, evidence, before.event.payload_sha256, before.evidence)
            return differs or event.op_id
        refusal = refused(event, judged)
        if refusal is None:
            self.taken[event.op_id] = _Taken(event, message, evidence)
            self.addresses[event.op_id] = event.address
            self.quoted.update(quote.key for quote in quotes)
        return refusal or event.op_id

    def _again(self, event: AnswerEvent, evidence: str) -> Committed | Refusal:
        """What is told about an event whose id is recorded: its receipt, where it is the same."""
        inspection_id, digest, n, chained = self.known[event.op_id][:4]
        if inspection_id != self.room.id:
            return other_content(event)
        kept = self.evidence.get(n, "")
        differs = _differs(event, evidence, digest, kept)
        return differs or Committed(event.op_id, digest, self.room.chain, n, chained, kept)

    def write(self, at: datetime) -> dict[str, Committed]:
        """Insert what was taken, with an audit row for each, and the evidence behind it."""
        if not self.taken:
            return {}
        room, instant = self.room, as_text(at)
        events = [one.event for one in self.taken.values()]
        sealed = [self.words.seal(event) for event in events]
        about = {event.op_id: event.subject_key for event in events}
        kept = seal_evidence(room.id, self.words, about, (self._of("locators"), self._of("excerpts")))
        entries = [
            Entry(
                one.message.by,
                Act.ANSWER_RECORDED,
                ("answer", op_id),
                {**detail(one.event, one.message.device, words), **of_evidence(one.evidence, kept.rows.get(op_id))},
            )
            for (op_id, one), words in zip(self.taken.items(), sealed, strict=True)
        ]
        links = record_all(chain=room.chain, entries=entries, at=at)
        rows.insert(
            [
                rows.row(room.id, event._replace(server_time=instant), words)
                for event, words in zip(events, sealed, strict=True)
            ],
            [(link.n, link.hash) for link in links],
        )
        kept.insert()
        return {
            op_id: Committed(op_id, one.event.payload_sha256, room.chain, link.n, link.hash, one.evidence)
            for (op_id, one), link in zip(self.taken.items(), links, strict=True)
        }

    def _of(self, kind: str) -> list[Any]:
        """The locators or excerpts of the events that are taken, each from the message that its event came with."""
        bearers = {id(one.message): one.message for one in self.taken.values()}.values()
        return [
            item
            for message in bearers
            for item in getattr(message, kind)
            if item.op_id in self.taken and self.taken[item.op_id].message is message
        ]


def detail(event: AnswerEvent, device: str, sealed: tuple[str, bytes, str]) -> dict[str, Plain]:
    """What the audit says of an answer: its digest, its address, what it builds on, and the device that sent it.

    Of one with words the digest cannot be worked out without them, so two more stand there: ``coded_sha256``, of the same
    fields with the words left empty, and ``sealed_sha256``, of the words as they lie sealed.
    """
    said: dict[str, Plain] = {
        "payload_sha256": event.payload_sha256,
        "address": event[1:8],
        "bases": event.base_op_ids,
        "device": device,
    }
    value, words, key_id = sealed
    if words:
        coded = event._replace(value=value, note="", resolves_reason="")
        said |= {"coded_sha256": payload_digest(coded), "sealed_sha256": sealed_digest(words, key_id)}
    return said


def of_evidence(sent: str, kept: list[str] | None) -> dict[str, Plain]:
    """What the audit says of an answer's evidence: its digest as it was sent, and those of the rows; nothing for none."""
    return {"evidence_sha256": sent, "evidence": kept} if kept else {}


def _differs(event: AnswerEvent, evidence: str, digest: str, kept: str) -> Refusal | None:
    """Whether a message is another than the one with this digest and evidence; one without evidence takes none away."""
    if event.payload_sha256 != digest:
        return other_content(event)
    if evidence in ("", kept):
        return None
    return Refusal(
        "answer.other-evidence",
        "This answer is recorded already, with other evidence or with none. Both are kept.",
        "To add evidence, record the answer anew with all of it, on the basis of this one.",
        event.op_id,
    )


def other_content(event: AnswerEvent) -> Refusal:
    """The id is taken by an event with other content, or by one of another inspection, of which nothing is said."""
    return Refusal(
        "answer.other-content",
        "Another event has this op_id and another content. Both are kept.",
        "Open the question as it stands now; if this answer is still right, record it anew.",
        event.op_id,
    )
