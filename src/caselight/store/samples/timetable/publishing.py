"""The timetable is published as it stands; then it is noted of each slot whether it was held, or cancelled and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.identities import sealing
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import found
from caselight.store.samples import models
from caselight.store.samples.timetable.clashes import STOPS, clashes, inspecting
from caselight.store.samples.timetable.reading import Timetable, about, timetable_of
from caselight.store.samples.timetable.values import WHY, Outcome, Publication, Slot

LONGEST_NOTE = 1_000
ACTS = {Outcome.HELD: Act.SLOT_HELD, Outcome.CANCELLED: Act.SLOT_CANCELLED, None: Act.SLOT_REOPENED}


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted of a slot; no outcome takes the note before it back."""

    outcome: Outcome | None
    reason: str = ""
    note: str = ""


@transaction.atomic
def publish_slots(*, by: str, inspection: str, at: datetime) -> Publication:
    """Publish the slots as they are planned now: from here on everybody who has one sees it so.

    Raises ``timetable.nothing-to-publish``, ``timetable.nothing-changed`` and ``timetable.clashes``.
    """
    row = found(inspection, locked=True)
    timetable = timetable_of(inspection)
    if not timetable.now and not timetable.publications:
        says = "No slot is in the timetable."
        stop(Fault("timetable.nothing-to-publish", ("slots",), says, "Place the first slot."))
    if timetable.publications and not timetable.changes:
        says = "Nothing changed since the timetable was published last."
        stop(Fault("timetable.nothing-changed", ("slots",), says, "Nothing needs doing."))
    against = clashes(timetable, inspecting(inspection, at))
    stopping = sum(not STOPS.isdisjoint(found_) for found_ in against.values())
    if stopping:
        says = f"{stopping} slot{' has' if stopping == 1 else 's have'} a clash that cannot be published."
        stop(Fault("timetable.clashes", ("slots",), says, "Look at the slots that are marked in red, and move them."))
    detail: dict[str, Plain] = {"slots": len(timetable.now), "changed": len(timetable.changes)}
    link = record(
        chain=chain(inspection), by=by, act=Act.TIMETABLE_PUBLISHED, of=("inspection", inspection), detail=detail, at=at
    )
    models.SlotPublication.objects.create(inspection=row, by=by, at=at, chain_n=link.n)
    return Publication(by, at, link.n)


@transaction.atomic
def note_outcome(*, by: str, inspection: str, slot: str, noted: Noted, at: datetime) -> Slot:
    """Note that a slot was held, or cancelled and why, or take the note back. Gives the slot.

    Raises ``timetable.no-such-slot``, ``timetable.not-published``, ``timetable.unknown-reason``, ``timetable.note`` and
    ``timetable.placed-already``.
    """
    row = found(inspection, locked=True)
    timetable = timetable_of(inspection)
    there = _published(timetable, slot)
    _refuse(timetable, there, noted)
    detail: dict[str, Plain] = {"subject": list(there.subject)} | ({"reason": noted.reason} if noted.reason else {})
    link = record(chain=chain(inspection), by=by, act=ACTS[noted.outcome], of=("slot", slot), detail=detail, at=at)
    sealed, key_id = _sealed(row, there, noted.note.strip())
    models.SlotOutcome.objects.create(
        inspection=row, slot=slot, outcome=noted.outcome or "", reason=noted.reason, sealed=sealed, key_id=key_id,
        by=by, at=at, chain_n=link.n,
    )  # fmt: skip
    return there


def _published(timetable: Timetable, key: str) -> Slot:
    slot = next((one for one in timetable.now if one.slot == key), None)
    if slot is None:
        says = "There is no such slot in the timetable."
        stop(Fault("timetable.no-such-slot", ("slot",), says, "Look at the timetable as it is now."))
    if all(one.slot != key for one in timetable.published):
        says = "The slot was not published yet, so nobody could keep it."
        stop(Fault("timetable.not-published", ("slot",), says, "Publish the timetable first."))
    return slot


def _refuse(timetable: Timetable, slot: Slot, noted: Noted) -> None:
    if len(noted.note) > LONGEST_NOTE:
        says = "The note is longer than 1,000 characters."
        stop(Fault("timetable.note", ("note",), says, "Say it in fewer words."))
    if noted.outcome is Outcome.CANCELLED:
        if noted.reason not in WHY:
            stop(Fault("timetable.unknown-reason", ("reason",), "This is no reason that is listed.", "Select why."))
        if noted.reason == "other" and not noted.note.strip():
            stop(Fault("timetable.note", ("note",), "The other reason is not said.", "Write it in the note."))
    elif timetable.cancelled(slot) and any(one.subject == slot.subject for one in timetable.live):
        says = "It was cancelled, and placed again in another slot."
        stop(
            Fault("timetable.placed-already", ("slot",), says, "Take that slot off first, or leave this one cancelled.")
        )


def _sealed(row: Inspection, slot: Slot, note: str) -> tuple[bytes, str]:
    if not note:
        return b"", ""
    key_id = sealing.key_for(row.key, slot.key)
    return sealing.seal(key_id, note.encode("utf-8", "surrogatepass"), about(row.key, slot.slot)), key_id
