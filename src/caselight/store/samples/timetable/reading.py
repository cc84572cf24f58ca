"""The timetable of an inspection as it is kept: every state of every slot, what was published and what was held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.queries import framework_of
from caselight.store.identities import sealing
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import found
from caselight.store.samples import models
from caselight.store.samples.timetable.values import Change, Half, Item, Outcome, Place, Publication, Settled, Slot

EXAMINED = ("drawn", "replacement")


@dataclass(frozen=True)
class Timetable:
    """Everything about the slots of one inspection. ``settled`` is by slot."""

    items: tuple[Item, ...]
    states: tuple[Slot, ...]
    publications: tuple[Publication, ...]
    settled: dict[str, Settled]

    @cached_property
    def now(self) -> tuple[Slot, ...]:
        """The slots as they are planned now, by time."""
        return self.until(None)

    @cached_property
    def published(self) -> tuple[Slot, ...]:
        """The slots as they were published last, by time; none before."""
        return self.until(self.publications[-1].n) if self.publications else ()

    def until(self, n: int | None) -> tuple[Slot, ...]:
        """The slots as they were planned at a row of the audit."""
        last = {one.slot: one for one in self.states if n is None or one.n <= n}
        return tuple(sorted((one for one in last.values() if not one.off), key=lambda one: one.order))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is different now from what was published last; nothing before it was published at all."""
        return compared(self.published, self.now) if self.publications else ()

    def changed_in(self, publication: Publication) -> tuple[Change, ...]:
        """What was different in a publication from the one before it."""
        place = self.publications.index(publication)
        before = self.until(self.publications[place - 1].n) if place else ()
        return compared(before, self.until(publication.n))

    @cached_property
    def unplaced(self) -> tuple[Item, ...]:
        """What has no slot, or only slots that were cancelled."""
        placed = {one.subject for one in self.live}
        return tuple(one for one in self.items if one.subject not in placed)

    @cached_property
    def live(self) -> tuple[Slot, ...]:
        """The slots as planned now that were not cancelled."""
        return tuple(one for one in self.now if not self.cancelled(one))

    def cancelled(self, slot: Slot) -> bool:
        """Whether a slot was cancelled."""
        settled = self.settled.get(slot.slot)
        return settled is not None and settled.outcome is Outcome.CANCELLED

    def history(self, slot: str) -> tuple[Slot, ...]:
        """The states of one slot, the oldest first."""
        return tuple(one for one in self.states if one.slot == slot)


def compared(before: tuple[Slot, ...], after: tuple[Slot, ...]) -> tuple[Change, ...]:
    """What differs, by time."""
    was, now = {one.slot: one for one in before}, {one.slot: one for one in after}
    changes = [Change(was.get(key), now.get(key)) for key in dict.fromkeys([*now, *was])]
    told = [one for one in changes if one.before is None or one.after is None or not one.before.same(one.after)]
    return tuple(sorted(told, key=lambda one: one.slot.order))


def timetable_of(inspection: str) -> Timetable:
    """The timetable of an inspection. Raises ``store.no-inspection``."""
    row = found(inspection)
    states = models.Slot.objects.filter(inspection=row).order_by("chain_n")
    published = models.SlotPublication.objects.filter(inspection=row).order_by("chain_n")
    return Timetable(
        _items(row),
        tuple(_slot(one) for one in states),
        tuple(Publication(one.by, one.at, one.chain_n) for one in published),
        _settled(row),
    )


def is_published(inspection: str) -> bool:
    """Whether the timetable was ever published."""
    return models.SlotPublication.objects.filter(inspection__key=inspection).exists()


def _slot(row: models.Slot) -> Slot:
    place = Place(row.user, row.day, Half(row.half))
    return Slot(
        row.slot, row.subject_kind, row.subject_key, row.worker, place, row.starts, row.room, row.off, row.by, row.at,
        row.chain_n,
    )  # fmt: skip


def _items(row: Inspection) -> tuple[Item, ...]:
    """The cases that are examined, each followed by nothing, then the interviews with their workers."""
    framework = framework_of(row.framework_id)
    first, asked = framework.subjects[0].id, {tool.subject for tool in framework.tools}
    sample = list(models.SampledCase.objects.filter(inspection=row).values_list("case_key", "status"))
    drawn, listed = {key for key, status in sample if status in EXAMINED}, {key for key, _ in sample}
    supplied = dict(CaseloadCase.objects.filter(inspection=row).values_list("key", "managed_by"))
    rows = list(
        Subject.objects.filter(inspection=row).order_by("position").values_list("kind", "key", "label", "managed_by")
    )
    cases = [
        Item(kind, key, label or key, worker or supplied.get(key, ""), interview=False)
        for kind, key, label, worker in rows
        if kind == first and (key in drawn or key not in listed)
    ]
    workers = {one.worker for one in cases}
    met = [
        Item(kind, key, label or key, key, interview=True)
        for kind, key, label, _ in rows
        if kind != first and kind in asked and key in workers
    ]
    return (*cases, *met)


def _settled(row: Inspection) -> dict[str, Settled]:
    last = {one.slot: one for one in models.SlotOutcome.objects.filter(inspection=row).order_by("chain_n")}
    return {
        key: Settled(Outcome(one.outcome), one.reason, _note(row.key, one), one.by, one.at)
        for key, one in last.items()
        if one.outcome
    }


def _note(inspection: str, row: models.SlotOutcome) -> str | None:
    if not row.key_id:
        return ""
    plain = sealing.open_(row.key_id, bytes(row.sealed), about(inspection, row.slot))
    return None if plain is None else plain.decode("utf-8", "surrogatepass")


def about(inspection: str, slot: str) -> bytes:
    """What the note on a slot is bound to."""
    return sealing.about(inspection, "slot", slot)
