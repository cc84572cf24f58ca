"""What a computation found: counts by group, states of cohorts, entries, and what became of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from caselight.method.reoffending.cleaning import IN_WORDS, Drop, Note
from caselight.method.reoffending.cohort import Row
from caselight.method.reoffending.months import Window
from caselight.method.reoffending.rates import Counts, State

ENGINE = 1  # raised when the same rows and options would come to something else


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of one window and one combination of what was asked (``by``), if anybody is in it."""

    window: Window
    by: Mapping[str, str]
    counts: Counts


class Groups:
    """The groups that anybody is in, by window and then by what was asked. Made when they are looked at: they are many."""

    def __init__(self, make: Callable[[], Iterator[Group]]) -> None:
        self._make = make

    @cached_property
    def _all(self) -> tuple[Group, ...]:
        return tuple(self._make())

    def __iter__(self) -> Iterator[Group]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Groups) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(len(self))


@dataclass(frozen=True, slots=True)
class Found:
    """A result, with all that is needed to compute it again.

    ``entries`` are there when rows were asked; persons and occasions stand in them by their numbers in the input.
    ``linkage`` names what said which ids are of one person; empty where each id was taken for a person.
    """

    measure: str
    options: str
    as_of: date
    groups: Groups
    states: Mapping[Window, State]
    rows: int
    drops: Mapping[Drop, int]
    notes: Mapping[Note, int]
    entries: tuple[Row, ...] = ()
    linkage: str = ""
    input_hash: str = ""
    engine: int = ENGINE

    def total(self, window: Window) -> Counts:
        """The counts of a whole window."""
        found = Counts(0, 0, 0, None)
        severe: int | None = 0
        for group in self.groups:
            if group.window == window:
                found = found + group.counts
                severe = None if severe is None or group.counts.severe is None else severe + group.counts.severe
        return Counts(found.entries, found.reoffenders, found.reoffences, severe if found.entries else None)

    def explained(self) -> list[str]:
        """What was left out and set aside, in sentences: one for each rule that any row met."""
        dropped = [f"{count:,} of {self.rows:,} rows left out: {IN_WORDS[rule]}." for rule, count in self.drops.items()]
        noted = [f"{count:,} rows kept: {IN_WORDS[note]}." for note, count in self.notes.items()]
        return [*dropped, *noted]
