"""The timetable of a round as its lead published it on the eve of fieldwork, and which slots were held since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.demonstrating.diary import Appointment
from caselight.procedures.demonstrating.rounds import Round
from caselight.store.inspections.queries import inspection_of
from caselight.store.samples.timetable.placing import Chosen, fieldwork_days, put_slots, say_where
from caselight.store.samples.timetable.publishing import publish_slots
from caselight.store.samples.timetable.values import Half, Place

NOON = 12


def publish(
    round_: Round, kind: str, appointments: Sequence[Appointment], people: Mapping[Actor, str], at: datetime
) -> dict[str, str]:
    """Put every case where the diary has it, publish the slots, and give them by case."""
    by, days = people[round_.lead], fieldwork_days(inspection_of(round_.key))
    rooms = {who: f"Room {n}" for n, who in enumerate(round_.work, start=1)}
    slots = {}
    for one in appointments:
        half = Half.AM if one.begins.hour < NOON else Half.PM
        place = Place(people[one.who], one.begins.date(), half)
        chosen = Chosen(subjects=((kind, one.case),))
        (slot,) = put_slots(by=by, inspection=round_.key, chosen=chosen, place=place, days=days, at=at)
        say_where(
            by=by, inspection=round_.key, slot=slot.slot, starts=f"{one.begins:%H:%M}", room=rooms[one.who], at=at
        )
        slots[one.case] = slot.slot
    publish_slots(by=by, inspection=round_.key, at=at)
    return slots
