"""Taking in the events of a package: those of other people and other days, as they were recorded, all or none.

No receipt is given: whoever imports answers for it, and the audit names them beside the actor. More of an inspection
that is there comes in only where its own people could record it: in a state of recording, and of no locked case.
What is there already changes nothing; the same id with other content is set aside, for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.integrity import Register, event_faults
from caselight.method.faults import Fault, refuse
from caselight.method.inspection.package import Migrated
from caselight.store.assessments import models, rows
from caselight.store.assessments.actions.messages import by_event
from caselight.store.assessments.actions.recording import detail, of_evidence, other_content
from caselight.store.assessments.actions.setting_aside import set_aside
from caselight.store.assessments.evidence import Kept, seal_evidence, sent_digest
from caselight.store.assessments.judging import Judged
from caselight.store.assessments.room import RECORDING, Room, enter
from caselight.store.assessments.words import Words
from caselight.store.audit.actions import Entry, Plain, record_all
from caselight.store.audit.acts import Act
from caselight.store.caseloads.models import Subject

LONGEST = 100  # characters of an op_id


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: how many events are new, were there already, or were set aside."""

    new: int
    known: int
    aside: int


@transaction.atomic
def take_in(  # noqa: PLR0913 - the tables of a package that hang on its events
    *,
    by: str,
    inspection: str,
    events: Sequence[AnswerEvent],
    at: datetime,
    locators: Sequence[Locator] = (),
    excerpts: Sequence[Excerpt] = (),
    migrated: Sequence[Migrated] = (),
    checked: bool = False,
    first: bool = False,
) -> Taken:
    """Take in events and what hangs on them, in the name of ``by``. Evidence and what was taken over must be new.

    ``checked``: they are part of a package that was read and checked as a whole just now. ``first``: with them the whole
    inspection comes in, in whatever state.

    Raises ``answer.import-not-recording`` and ``answer.import-locked``, and every error of the events (``package.…``: a digest that does not fit, an unknown question, a base of another
    answer), and then nothing is taken in.
    """
    room = enter(inspection)
    words = Words(room.key, room.framework)
    unique = list({event.op_id: event for event in reversed(events)}.values())[::-1]
    known = {row[0]: row[1:] for row in rows.known(event.op_id for event in unique)}
    refuse(_too_long(events) if checked else _faults(room, events))
    fresh = [event for event in unique if event.op_id not in known]
    differing = _differing(room, [event for event in unique if event.op_id in known], known)
    about = {op_id: row[6] for op_id, row in known.items()} | {event.op_id: event.subject_key for event in fresh}
    refuse(_loose(about, locators, excerpts))
    places, quotes = by_event(locators), by_event(excerpts)
    if not first:
        refuse(_shut(room, {event.subject_key for event in fresh} | {about[op_id] for op_id in (*places, *quotes)}))
    aside = [(event, other_content(event)) for event in differing]
    left = {event.op_id for event in differing}  # set aside with their evidence, which is not that of the answer here
    words.ready(
        {event.subject_key for event in fresh if words.any(event)} | {about[op_id] for op_id in (*places, *quotes)}
    )
    kept = seal_evidence(room.id, words, about, (
        [one for one in locators if one.op_id not in left], [one for one in excerpts if one.op_id not in left],
    ))  # fmt: skip
    sent = {op_id: sent_digest(op_id, places.get(op_id, ()), quotes.get(op_id, ())) for op_id in kept.rows}
    _insert(room, words, fresh, _Evidence(sent, kept), by=by, at=at)
    _take_over(room, migrated)
    judged = Judged(room, by, words, _subjects(room), frozenset(), {}, set(), places, quotes)
    set_aside(room, judged, aside, device="package", at=at)
    return Taken(len(fresh), len(unique) - len(fresh) - len(aside), len(aside))


def _faults(room: Room, events: Sequence[AnswerEvent]) -> list[Fault]:
    register = Register(
        framework=room.framework,
        asked=frozenset(question.id for question in room.framework.asked(room.screening)),
        subjects=_subjects(room),
        former=room.former,
    )
    return [*event_faults(events, register), *_too_long(events)]


def _too_long(events: Sequence[AnswerEvent]) -> list[Fault]:
    if all(len(event.op_id) <= LONGEST for event in events):
        return []
    says = f"An op_id has more than {LONGEST} characters."
    return [Fault("store.too-long", ("answers", "op_id"), says, "Give each event a UUID of version 7.")]


def _subjects(room: Room) -> frozenset[tuple[str, str]]:
    return frozenset(Subject.objects.filter(inspection_id=room.id).values_list("kind", "key"))


def _differing(room: Room, events: Sequence[AnswerEvent], known: dict[str, rows.Row]) -> list[AnswerEvent]:
    """The events whose id is recorded with other content, or in another inspection."""
    found = [event for event in events if known[event.op_id][:2] != (room.id, event.payload_sha256)]
    bare = [event.op_id for event in events if not event.payload_sha256]
    if bare:  # what carries no digest is compared as a whole
        kept = {event.op_id: event for event in rows.read(room.key, '"inspection_id" = %s', [room.id])}
        for event in events:
            before = kept.get(event.op_id)
            if not event.payload_sha256 and before and payload_digest(before) != payload_digest(event):
                found.append(event)
    return found


class _Evidence(NamedTuple):
    sent: dict[str, str]  # by op_id, the digest of what came
    kept: Kept

    def of(self, op_id: str) -> dict[str, Plain]:
        """What the audit says of the evidence of one event."""
        return of_evidence(self.sent.get(op_id, ""), self.kept.rows.get(op_id))


def _insert(
    room: Room, words: Words, events: Sequence[AnswerEvent], evidence: _Evidence, *, by: str, at: datetime
) -> None:
    """Insert events and evidence; evidence of an event that was there already has an audit row of its own."""
    sealed = [words.seal(event) for event in events]
    entries = [
        Entry(by, Act.ANSWER_IMPORTED, ("answer", event.op_id), {
            **detail(event, "package", made), "actor": event.actor, "server_time": event.server_time,
            **evidence.of(event.op_id),
        })
        for event, made in zip(events, sealed, strict=True)
    ]  # fmt: skip
    late = evidence.kept.rows.keys() - {event.op_id for event in events}
    entries += [
        Entry(by, Act.EVIDENCE_IMPORTED, ("evidence", op_id), evidence.of(op_id))
        for op_id in evidence.kept.rows
        if op_id in late
    ]
    links = record_all(chain=room.chain, entries=entries, at=at)[: len(events)]
    made = [rows.row(room.id, event, one) for event, one in zip(events, sealed, strict=True)]
    rows.insert(made, [(link.n, link.hash) for link in links])
    evidence.kept.insert()


def _shut(room: Room, subject_keys: set[str]) -> list[Fault]:
    """Why nothing more may be said about some subjects: a person's device would be refused it, and so is a package."""
    if subject_keys and room.state not in RECORDING:
        says = "The package brings answers or evidence that the store does not have, and nothing is recorded in this state."
        cure = (
            "Ask the lead inspector whether the inspection should go back to fieldwork or moderation, and import again."
        )
        return [Fault("answer.import-not-recording", ("answers",), says, cure)]
    _, locked = room.subjects(subject_keys)
    says = "The package brings answers or evidence about a case that is signed and locked."
    cure = "Ask the lead inspector and a second person to unlock it, or leave them out."
    return [Fault("answer.import-locked", ("answers", key), says, cure) for _, key in sorted(locked)]


def _loose(about: dict[str, str], locators: Sequence[Locator], excerpts: Sequence[Excerpt]) -> list[Fault]:
    if all(item.op_id in about for items in (locators, excerpts) for item in items):
        return []
    says = "A locator or an excerpt belongs to no event."
    return [Fault("answer.evidence-without-event", ("excerpts",), says, "Bring in its event with it.")]


def _take_over(room: Room, migrated: Sequence[Migrated]) -> None:
    start = models.Migrated.objects.filter(inspection_id=room.id).count()
    models.Migrated.objects.bulk_create(
        [
            models.Migrated(inspection_id=room.id, position=start + n, op_id=row.op_id, migrated_from=row.migrated_from)
            for n, row in enumerate(migrated)
        ],
        batch_size=500,
    )
