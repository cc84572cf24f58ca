"""Recording judgements: each message of a person is kept as an event, or refused with a reason, and never lost.

Everything of a call is one transaction with its audit rows; receipts are signed and given only after the commit. The
inspection is locked meanwhile, so that two identical messages at once become one event and get one receipt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from caselight.method.answers.events import Address, AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Fault, stop
from caselight.store.assessments import models, rows
from caselight.store.assessments.actions.setting_aside import set_aside
from caselight.store.assessments.actions.together import Together
from caselight.store.assessments.evidence import keep_excerpts, keep_locators
from caselight.store.assessments.judging import Judged, damaged, own, purged, refused
from caselight.store.assessments.receipts import Committed, Receipt, Refusal, signing_key
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.words import Words
from caselight.store.audit.actions import as_text, record_many
from caselight.store.audit.acts import Act
from caselight.store.audit.unwritten import said_when_unwritten

Item = TypeVar("Item", Locator, Excerpt)
MOST = 5_000  # events in one call


@dataclass(frozen=True, slots=True)
class Message:
    """What one person sent at once, from one device, about one inspection."""

    by: str
    inspection: str
    device: str
    events: tuple[AnswerEvent, ...]
    locators: tuple[Locator, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()


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
    _check(message)
    if connection.in_atomic_block:  # refused there; a thread that holds the database must not wait for another
        return record_messages([message], at=at)[0]
    return _together.answer((message, at))


def _record_group(group: Sequence[tuple[Message, datetime]]) -> list[tuple[Receipt | Refusal, ...]]:
    return record_messages([message for message, _ in group], at=max(at for _, at in group))


_together = Together(_record_group)


def record_messages(messages: Sequence[Message], *, at: datetime) -> list[tuple[Receipt | Refusal, ...]]:
    """Record the messages of several people in one transaction, each answered by itself (see :func:`record_answers`)."""
    for message in messages:
        _check(message)
    with said_when_unwritten():
        key_id = signing_key()  # made, or refused, before anything is written that it must sign for
        try:
            answers = _commit(messages, at)
        except IntegrityError:  # somebody recorded one of these ids at the same moment: now it is known
            answers = _commit(messages, at)
    return [tuple(one.signed(key_id) if isinstance(one, Committed) else one for one in answer) for answer in answers]


def _check(message: Message) -> None:
    own_ids = {event.op_id for event in message.events}
    if not own_ids.issuperset(_by_event(message.locators).keys() | _by_event(message.excerpts).keys()):
        says = "A locator or an excerpt belongs to no event of the message."
        stop(Fault("answer.evidence-without-event", ("excerpts",), says, "Send it together with its event."))
    if len(message.events) > MOST:
        says = f"A message holds at most {MOST:,} events."
        stop(Fault("answer.too-many", ("events",), says, "Send them in several messages."))


def _commit(messages: Sequence[Message], at: datetime) -> list[tuple[Committed | Refusal, ...]]:
    # Always in the order of inspections: two transactions that lock several must not wait for each other.
    order = sorted(range(len(messages)), key=lambda n: messages[n].inspection)
    answers: dict[int, tuple[Committed | Refusal, ...]] = {}
    with transaction.atomic(durable=True):
        for n in order:
            answers[n] = _take(messages[n], at)
    return [answers[n] for n in range(len(messages))]


def _take(message: Message, at: datetime) -> tuple[Committed | Refusal, ...]:
    room = enter(message.inspection)
    desk = _Desk(room, message)
    verdicts = {n: desk.judge(message.events[n]) for n in _bases_first(message.events)}
    taken = desk.write(at)
    set_aside(room, desk.judged, [
        (message.events[n], verdict) for n, verdict in verdicts.items() if isinstance(verdict, Refusal)
    ], device=message.device, at=at)  # fmt: skip
    return tuple(taken[verdict] if isinstance(verdict, str) else verdict for _, verdict in sorted(verdicts.items()))


class _Desk:
    """Takes the events of one message one by one, and writes those that can be taken all at once."""

    def __init__(self, room: Room, message: Message) -> None:
        self.room, self.message = room, message
        self.taken: dict[str, AnswerEvent] = {}
        wanted = {op_id for event in message.events for op_id in (event.op_id, *event.base_op_ids)}
        self.known = {row[0]: row[1:] for row in rows.known(wanted)}
        here = {op_id: Address(*row[4:]) for op_id, row in self.known.items() if row[0] == room.id}
        keys_named = {event.subject_key for event in message.events}
        subjects, words = room.subjects(keys_named), Words(room.key, room.framework)
        told = {event.subject_key for event in message.events if event[2:4] in subjects and words.any(event)}
        if told:
            words.ready(told)  # a new key is a write to another disk file: all at once
        quotes = {quote.key for quote in message.excerpts}
        used = models.Excerpt.objects.filter(inspection_id=room.id, key__in=quotes) if quotes else None
        self.judged = Judged(
            room, message.by, words, subjects, room.locked(keys_named), here,
            set(used.values_list("key", flat=True)) if used is not None else set(),
            _by_event(message.locators), _by_event(message.excerpts),
        )  # fmt: skip

    def judge(self, event: AnswerEvent) -> Committed | Refusal | str:
        """What the sender is told: known already, refused, or its id where it is taken with this message."""
        refusal = damaged(event, self.judged) or purged(event, self.judged) or own(event, self.judged)
        if refusal is not None:
            return refusal
        before = self.known.get(event.op_id)
        if before is not None:
            inspection_id, digest, n, chained = before[:4]
            if (inspection_id, digest) == (self.room.id, event.payload_sha256):
                return Committed(event.op_id, digest, self.room.chain, n, chained)
            return other_content(event)
        if event.op_id in self.taken:
            same = self.taken[event.op_id].payload_sha256 == event.payload_sha256
            return event.op_id if same else other_content(event)
        refusal = refused(event, self.judged)
        if refusal is None:
            self.taken[event.op_id] = event
            self.judged.addresses[event.op_id] = event.address
            self.judged.excerpt_keys.update(quote.key for quote in self.judged.excerpts.get(event.op_id, ()))
        return refusal or event.op_id

    def write(self, at: datetime) -> dict[str, Committed]:
        """Insert what was taken, with an audit row for each, and the evidence behind it."""
        if not self.taken:
            return {}
        room, words, instant = self.room, self.judged.words, as_text(at)
        events = list(self.taken.values())
        links = record_many(
            chain=room.chain,
            by=self.message.by,
            act=Act.ANSWER_RECORDED,
            rows=[(("answer", event.op_id), detail(event, self.message.device)) for event in events],
            at=at,
        )
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
        about = {op_id: event.subject_key for op_id, event in self.taken.items()}
        locators = [locator for locator in self.message.locators if locator.op_id in about]
        excerpts = [excerpt for excerpt in self.message.excerpts if excerpt.op_id in about]
        if locators:
            keep_locators(self.room.id, self.judged.words, locators, about)
        if excerpts:
            keep_excerpts(self.room.id, self.judged.words, excerpts, about)


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


def _by_event(items: Sequence[Item]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.op_id, []).append(item)
    return {op_id: tuple(own_items) for op_id, own_items in found.items()}


def _bases_first(events: Sequence[AnswerEvent]) -> Iterator[int]:
    """The positions of the events, each after those of the message that it builds on; circles in the order sent."""
    at = {event.op_id: n for n, event in reversed(list(enumerate(events)))}
    if not any(base in at for event in events for base in event.base_op_ids):
        yield from range(len(events))
        return
    done: set[int] = set()
    for start in range(len(events)):
        stack = [(start, iter(events[start].base_op_ids))]
        open_ = {start}
        while stack and start not in done:
            n, bases = stack[-1]
            step = next((at[base] for base in bases if base in at and at[base] not in done | open_), None)
            if step is None:
                stack.pop()
                if n not in done:
                    done.add(n)
                    yield n
            else:
                open_.add(step)
                stack.append((step, iter(events[step].base_op_ids)))
