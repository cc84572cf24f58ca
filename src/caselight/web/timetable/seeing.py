"""Who sees which slots: those who plan see them as planned, everybody else what was published and concerns them."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import not_found
from caselight.store.samples.timetable.reading import Timetable, timetable_of
from caselight.store.samples.timetable.values import Slot
from caselight.web.design.visits import InspectionVisit

SHORT = 10  # characters of a key that people can say


@dataclass(frozen=True)
class Seen:
    """The timetable as a visitor may see it. ``called`` is what subjects and workers are called, ``names`` of people."""

    visit: InspectionVisit
    timetable: Timetable
    slots: tuple[Slot, ...]
    called: dict[str, str]
    names: dict[str, str]

    @property
    def plans(self) -> bool:
        """Whether the visitor changes the timetable."""
        return self.visit.may(Permission.TIMETABLE_WRITE)

    @property
    def whole(self) -> bool:
        """Whether the visitor reads all of it."""
        return self.visit.may(Permission.TIMETABLE_READ)

    def mine(self, slot: Slot) -> bool:
        """Whether the visitor is in a slot, as inspector or as worker."""
        return slot.place.user == self.visit.user or bool(slot.worker and slot.worker in self.visit.access.workers)

    def notes(self, slot: Slot) -> bool:
        """Whether the visitor may note what became of a slot."""
        if self.visit.may(Permission.TIMETABLE_PUBLISH):
            return True
        return slot.place.user == self.visit.user and self.visit.may(Permission.SLOT_NOTE)

    def name(self, user: str) -> str:
        """Somebody's name."""
        return self.names.get(user, user)

    def about(self, slot: Slot) -> str:
        """What a slot is about: "Case 05", or "Interview"."""
        return "Interview" if slot.interview else self.called.get(slot.key, slot.key)

    def worker(self, slot: Slot) -> str:
        """What the worker of a slot is called."""
        return self.called.get(slot.worker, slot.worker) if slot.worker else "No worker named"

    def title(self, slot: Slot) -> str:
        """A slot in a few words."""
        return f"{self.about(slot)}, {self.worker(slot)}"


def seen_by(visit: InspectionVisit) -> Seen:
    """The timetable with those of its slots that the visitor may see."""
    found = timetable_of(visit.key)
    users = {one.place.user for one in found.states} | {one.by for one in found.states}
    users |= {one.by for one in found.publications} | {one.by for one in found.settled.values()}
    seen = Seen(visit, found, (), _labels(visit.key, found), names_of(users))
    if seen.plans:
        return Seen(visit, found, found.now, seen.called, seen.names)
    return Seen(visit, found, tuple(one for one in found.published if may_see(seen, one)), seen.called, seen.names)


def may_see(seen: Seen, slot: Slot) -> bool:
    """Whether a published slot is one that the visitor may see."""
    return seen.whole or seen.mine(slot) or seen.visit.may(Permission.TIMETABLE_READ, slot.key)


def one_of(seen: Seen, key: str) -> Slot:
    """A slot that the visitor may see. ``access.not-found`` for any other."""
    slot = next((one for one in seen.slots if one.slot == key), None)
    if slot is None:
        not_found()
    return slot


def _labels(inspection: str, found: Timetable) -> dict[str, str]:
    """What subjects are called, and workers of whom nothing is asked, so that they have no label."""
    labels = {one.key: one.label or one.key for one in subjects_of(inspection)}
    workers = {one.worker for one in found.states} | {one.worker for one in found.items}
    return labels | {key: key if len(key) <= SHORT else f"Worker {key[-6:].upper()}" for key in workers - {"", *labels}}
