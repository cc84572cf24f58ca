"""Taking in the events of a package: those of other people and other days, as they were recorded, all or none.

No receipt is given and no state is asked: whoever imports answers for it, and the audit names them beside the actor.
What is there already changes nothing; the same id with other content is set aside, for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.integrity import Register, event_faults
from caselight.method.faults import Fault, refuse
from caselight.method.inspection.package import Migrated
from caselight.store.assessments import models, rows
from caselight.store.assessments.actions.recording import detail, other_content
from caselight.store.assessments.actions.setting_aside import set_aside
from caselight.store.assessments.evidence import keep_excerpts, keep_locators
from caselight.store.assessments.judging import Judged
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.words import Words
from caselight.store.audit.actions import Link, record_many
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
) -> Taken:
    """Take in events and what hangs on them, in the name of ``by``. Evidence and what was taken over must be new.

    ``checked``: they are part of a package that was read and checked as a whole just now.

    Raises every error of the events (``package.…``: a digest that does not fit, an unknown question, a base of another
    answer), and then nothing is taken in.
    """
    room = enter(inspection)
    words = Words(room.key, room.framework)
    unique = list({event.op_id: event for event in reversed(events)}.values())[::-1]
    known = {row[0]: row[1:] for row in rows.known(event.op_id for event in unique)}
    refuse(_too_long(events) if checked else _faults(room, events))
    fresh = [event for event in unique if event.op_id not in known]
    differing = _differing(room, [event for event in unique if event.op_id in known], known)
    _insert(room, words, fresh, by=by, at=at)
    about = {op_id: row[6] for op_id, row in known.items()} | {event.op_id: event.subject_key for event in fresh}
    refuse(_loose(about, locators, excerpts))
    keep_locators(room.id, words, locators, about)
    keep_excerpts(room.id, words, excerpts, about)
    _take_over(room, migrated)
    subjects = _subjects(room)
    judged = Judged(room, by, words, subjects, frozenset(), {}, set())
    aside = [(event, other_content(event)) for event in differing]
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


def _insert(room: Room, words: Words, events: Sequence[AnswerEvent], *, by: str, at: datetime) -> None:
    links: list[Link] = record_many(
        chain=room.chain,
        by=by,
        act=Act.ANSWER_IMPORTED,
        rows=[(("answer", event.op_id), detail(event, "package") | {"actor": event.actor}) for event in events],
        at=at,
    )
    words.ready({event.subject_key for event in events if words.any(event)})
    made = [rows.row(room.id, event, words.seal(event)) for event in events]
    rows.insert(made, [(link.n, link.hash) for link in links])


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
