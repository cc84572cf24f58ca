"""What people write beside the cases: requests, contacts, announcements, slots of the timetable, corrected facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from tests.factories.store import AT
from tests.factories.timetable import put

from caselight.store.caseloads.corrections import Correction, correct_fact
from caselight.store.inspections.announcing import note_announcement
from caselight.store.inspections.asking import Ask, Taken, ask, take_step
from caselight.store.inspections.contacts import Contact, keep_contact
from caselight.store.inspections.requests import Step
from caselight.store.samples.timetable.placing import say_where
from caselight.store.samples.timetable.publishing import Noted, note_outcome, publish_slots
from caselight.store.samples.timetable.values import Outcome

Say = Callable[[str], str]
SLOTS = {"testshire": ("C1", "i1"), "otherham": ("C1", "lead2"), "testshire-audit": ("C1", "ll")}


def beside(place: str, lead: str, say: Say) -> None:
    """Everything of that in one inspection, written by its lead."""
    _service(place, lead, say)
    _timetable(place, lead, say)
    _facts(place, lead, say)


def _service(place: str, lead: str, say: Say) -> None:
    of = {"by": lead, "inspection": place}
    for n, (worker, case) in enumerate((("", ""), ("w1", "C1"))):
        key = hashlib.sha256(f"{place} request {n}".encode()).hexdigest()[:32]
        ask(**of, wanted=[Ask(key, say(f"request.{place}.{n}.what"), AT.date(), worker, case)], at=AT)
        for step in (Step.RECEIVED, Step.RETURNED):
            words = say(f"request.{place}.{n}.{step}")
            take_step(**of, request=key, taken=Taken(step, words), at=AT)
    contact = Contact(
        hashlib.sha256(f"{place} somebody".encode()).hexdigest()[:32],
        *(" ".join(say(f"contact.{place}.{part}").split())[:200] for part in ("name", "role", "email", "telephone")),
    )
    keep_contact(**of, contact=contact, at=AT)
    to, words = say(f"announcement.{place}.to"), say(f"announcement.{place}.words")
    note_announcement(**of, to=to, words=words, sent_on=AT.date(), at=AT)


def _timetable(place: str, lead: str, say: Say) -> None:
    if place not in SLOTS:  # nobody examines there
        return
    case, user = SLOTS[place]
    slot = put(case, user, key=place, by=lead).slot
    say_where(by=lead, inspection=place, slot=slot, starts="09:30", room=say(f"slot.{place}.room")[:60], at=AT)
    publish_slots(by=lead, inspection=place, at=AT)
    noted = Noted(Outcome.CANCELLED, "other", say(f"slot.{place}.note")[:1000])
    note_outcome(by=lead, inspection=place, slot=slot, noted=noted, at=AT)


def _facts(place: str, lead: str, say: Say) -> None:
    correction = Correction("C2", "psr", "no", "agreed", say(f"fact.{place}.note")[:2000])
    correct_fact(by=lead, inspection=place, correction=correction, at=AT)
