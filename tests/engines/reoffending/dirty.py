"""Random histories with every kind of dirt: month ends, leap days, ties, repeats, missing and impossible dates."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from caselight.method.reoffending.events import Event, Kind

FIRST, LAST = date(2011, 6, 1), date(2014, 9, 30)
CORNERS = (
    date(2012, 2, 29),
    *(
        date(year, month, day)
        for year in (2012, 2013, 2014)
        for month, day in (
            (1, 1),
            (1, 31),
            (2, 28),
            (3, 1),
            (3, 31),
            (4, 1),
            (6, 30),
            (7, 1),
            (8, 31),
            (9, 30),
            (12, 31),
        )
    ),
)  # month ends, leap days, and both sides of quarters
IMPOSSIBLE = (
    date(213, 3, 1),
    date(1899, 12, 31),
    date(2100, 1, 1),
    date(2913, 1, 1),
    date(1900, 1, 1),
    date(2099, 12, 31),
)
KINDS = [
    *[Kind.CAUTION] * 5,
    *[Kind.COURT] * 6,
    *[Kind.CUSTODY] * 4,
    Kind.RECALL,
    Kind.DRUG_TEST,
    Kind.NOT_PROVEN,
    Kind.UNKNOWN,
]


class Dirt:
    """Draws people; the same seed gives the same people."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def people(self, many: int) -> dict[str, list[Event]]:
        """So many histories, by person."""
        return {str(person): self.history(str(person)) for person in range(many)}

    def history(self, person: str) -> list[Event]:
        """One to nine rows; ids and days come from few, so that they meet."""
        rows = [self._event(person) for _ in range(1 + self._number(8))]
        rows += [self._again(row) for row in rows if self._chance(0.12)]
        order = self._rng.permutation(len(rows))
        return [rows[at] for at in order]

    def _event(self, person: str) -> Event:
        proven = self._day()
        kind = KINDS[self._number(len(KINDS))]
        return Event(
            person=person,
            occasion=str(1 + self._number(5)),
            offence=("", "x", "y")[self._number(3)],
            offence_date=self._near(proven, back=200),
            proven_date=None if self._chance(0.02) else self._maybe_impossible(proven),
            kind=kind,
            release_date=self._near(proven, back=-150)
            if kind in {Kind.CUSTODY, Kind.RECALL} or self._chance(0.1)
            else None,
            recordable=not self._chance(0.05),
            breach=self._chance(0.2),
            in_jurisdiction=not self._chance(0.05),
            tic=self._chance(0.1),
            severity=None if self._chance(0.3) else self._number(6),
            area=("", "East", "West", "North")[self._number(4)],
            police_area=("", "South", "West")[self._number(3)],
            sex=("", "F", "M")[self._number(3)],
            born=None
            if self._chance(0.1)
            else self._maybe_impossible(date(1995, 1, 1) + timedelta(days=self._number(3000))),
        )

    def _again(self, row: Event) -> Event:
        """The same row once more, perhaps with another disposal, release, flag or date."""
        from dataclasses import replace

        other = self._event(row.person)
        change = (
            "",
            "kind",
            "release_date",
            "breach",
            "severity",
            "area",
            "offence_date",
            "proven_date",
            "recordable",
            "born",
        )
        name = change[self._number(len(change))]
        return replace(row, **{name: getattr(other, name)}) if name else row

    def _day(self) -> date:
        if self._chance(0.4):
            return CORNERS[self._number(len(CORNERS))]
        return FIRST + timedelta(days=self._number((LAST - FIRST).days))

    def _near(self, day: date, *, back: int) -> date | None:
        """A day so many days or fewer before (or after) another; sometimes on the wrong side, or none at all."""
        if self._chance(0.08):
            return None
        if self._chance(0.3):
            return self._maybe_impossible(self._day())
        away = self._number(abs(back))
        return self._maybe_impossible(day - timedelta(days=away if back > 0 else -away))

    def _maybe_impossible(self, day: date) -> date:
        return IMPOSSIBLE[self._number(len(IMPOSSIBLE))] if self._chance(0.02) else day

    def _number(self, below: int) -> int:
        return int(self._rng.integers(below))

    def _chance(self, of: float) -> bool:
        return bool(self._rng.random() < of)
