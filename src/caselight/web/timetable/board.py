"""The page of whoever plans, or reads all of it: the grid, what is not placed, clashes, and the figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from caselight.store.samples.timetable.clashes import DOUBLE, STOPS, Clash, Inspecting, clashes, inspecting
from caselight.store.samples.timetable.placing import fieldwork_days
from caselight.store.samples.timetable.values import Half, Item, Outcome, Place, Slot
from caselight.web.design.words import Words, words
from caselight.web.timetable.seeing import Seen
from caselight.web.timetable.wording import cell_value, clash_words, day_words, half_words


@dataclass(frozen=True, slots=True)
class Warned:
    """What stands against a slot, and whether it cannot be published so."""

    says: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot in a cell. ``state`` is what became of it, or that nobody was told of it yet."""

    slot: Slot
    about: str
    worker: str
    where: str
    state: tuple[str, str]
    warned: Sequence[Warned]
    moves: bool
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """An inspector in a half-day."""

    value: str
    called: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Line:
    """A half-day: its first cell heads the day where it is the first of it."""

    day: str
    half: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A worker with what of theirs has no slot: how many cases they have, and who examines those."""

    worker: str
    says: str
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Board:
    """All of it."""

    seen: Seen
    team: tuple[Inspecting, ...]
    days: tuple[date, ...]

    @cached_property
    def said(self) -> Words:
        """The words of the mode."""
        return words(self.seen.visit)

    @cached_property
    def against(self) -> dict[str, tuple[Clash, ...]]:
        """What stands against which slot; only for whoever plans."""
        return clashes(self.seen.timetable, self.team) if self.seen.plans else {}

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """The columns: everybody who can have slots, and whoever has some."""
        names = {one.user: one.name for one in self.team}
        names |= {one.place.user: self.seen.name(one.place.user) for one in self.seen.slots} | names
        return sorted(names.items(), key=lambda one: (one[1], one[0]))

    @cached_property
    def lines(self) -> list[Line]:
        """The grid, by half-days; other days than those of the fieldwork only where something lies on them."""
        cells: dict[Place, list[Entry]] = defaultdict(list)
        for slot in self.seen.slots:
            cells[slot.place].append(self.entry(slot))
        days = sorted({*self.days, *(one.place.day for one in self.seen.slots)})
        return [
            Line(day_words(day) if half is Half.AM else "", half.called, [
                Cell(cell_value(place), f"{name}, {half_words(day, half)}", cells.get(place, ()))
                for place, name in ((Place(user, day, half), name) for user, name in self.people)
            ])
            for day in days
            for half in Half
        ]  # fmt: skip

    def entry(self, slot: Slot) -> Entry:
        """A slot as a cell shows it."""
        settled = self.seen.timetable.settled.get(slot.slot)
        where = ", ".join(text for text in (slot.starts, slot.room) if text)
        return Entry(
            slot, self.seen.about(slot), self.seen.worker(slot), where, self.state(slot), self.warned(slot),
            moves=settled is None, cancelled=settled is not None and settled.outcome is Outcome.CANCELLED,
        )  # fmt: skip

    def state(self, slot: Slot) -> tuple[str, str]:
        """What became of a slot, or how it differs from what was published; the words of a tag and its colour."""
        settled = self.seen.timetable.settled.get(slot.slot)
        if settled is not None:
            return ("Held", "green") if settled.outcome is Outcome.HELD else ("Cancelled", "grey")
        if not self.seen.plans or not self.seen.timetable.publications:
            return "", ""
        before = next((one for one in self.seen.timetable.published if one.slot == slot.slot), None)
        if before is None:
            return "New", "yellow"
        return ("", "") if before.same(slot) else ("Changed", "yellow")

    def warned(self, slot: Slot) -> tuple[Warned, ...]:
        """What stands against a slot, in words."""
        name, worker = self.seen.name(slot.place.user), self.seen.worker(slot)
        found = self.against.get(slot.slot, ())
        return tuple(Warned(clash_words(one, name, worker, self.said), one in STOPS) for one in found)

    @cached_property
    def double(self) -> int:
        """How many slots are double-booked."""
        return sum(not DOUBLE.isdisjoint(found) for found in self.against.values())

    @cached_property
    def other(self) -> int:
        """How many slots have only something else against them."""
        return len(self.against) - self.double

    @cached_property
    def tray(self) -> list[Waiting]:
        """What is not placed, by worker."""
        by: dict[str, list[Item]] = defaultdict(list)
        for item in self.seen.timetable.unplaced:
            by[item.worker].append(item)
        have = Counter(one.worker for one in self.seen.timetable.items if not one.interview)
        called = self.seen.called
        return [
            Waiting(
                called.get(worker, worker) or "No worker named",
                f"{have[worker]} case{'s' * (have[worker] != 1)}",
                [(f"item:{one.kind}:{one.key}", self._waits(one)) for one in items],
            )
            for worker, items in sorted(by.items(), key=lambda pair: (called.get(pair[0], pair[0]), pair[0]))
        ]

    @property
    def unplaced(self) -> int:
        """How much is not placed."""
        return len(self.seen.timetable.unplaced)

    def _waits(self, item: Item) -> str:
        if item.interview:
            return "Interview"
        names = [one.name for one in self.team if item.key in one.given]
        return f"{item.label} ({', '.join(names)})" if names else f"{item.label} (given to nobody)"

    @property
    def choices(self) -> list[str]:
        """Everything that can be ticked."""
        waiting = [value for one in self.tray for value, _ in one.items]
        settled = self.seen.timetable.settled
        return waiting + [f"slot:{one.slot}" for one in self.seen.slots if one.slot not in settled]


def board_of(seen: Seen) -> Board:
    """The board as it stands."""
    return Board(seen, inspecting(seen.visit.key, seen.visit.at), fieldwork_days(seen.visit.inspection))
