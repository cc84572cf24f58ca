"""A service's own reoffending as it happens: what is proven so far, what is charged, and how long there is still to go.

Everything carries the day on which it became known and, where it was taken back, the day of that; so any past day can be
shown as it was seen then. One more event computes one person again and nothing else. Figures stay interim until follow-up
and wait are over, and what is charged and not yet proven never stands among what is proven.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from caselight.method.faults import Fault, stop
from caselight.method.reoffending.cohort import Row, person_rows
from caselight.method.reoffending.events import Event
from caselight.method.reoffending.measures import Measure
from caselight.method.reoffending.months import Window, add_months
from caselight.method.reoffending.rates import Counts, State, counts, rounded, state
from caselight.method.statistics.proportions import Bounds, Undefined, wilson_clustered_interval

NOT_YET = date.max


@dataclass(frozen=True, slots=True)
class Known:
    """One offence as somebody knew it: ``event`` from day ``since`` on, and until the day before it was ``retracted``.

    An event without a proven date and with ``charged`` is a charge that is not yet proven. ``key`` tells records apart.
    """

    key: str
    event: Event
    since: date
    charged: date | None = None
    retracted: date = NOT_YET

    @property
    def is_charge(self) -> bool:
        """Whether it is charged and not proven."""
        return self.charged is not None and self.event.proven_date is None

    def seen(self, as_of: date) -> bool:
        """Whether it stood in the records on a day."""
        return self.since <= as_of < self.retracted


@dataclass(frozen=True, slots=True)
class Follow:
    """One entry on a day: its row, charges in its follow-up, and the days that are left to offend and to be proven."""

    row: Row
    charged: int
    days_since: int
    follow_left: int
    wait_left: int
    state: State


@dataclass(frozen=True, slots=True)
class View:
    """What was known on a day, by one measure: entries with what followed, the counts, and the interval of the binary rate.

    The interval is Wilson's with all entries of a person as one cluster, because they do not vary apart; over several
    cohorts, in which one person may stand several times, it is approximate.
    """

    measure: str
    as_of: date
    follows: tuple[Follow, ...]
    counts: Counts
    charged: int
    state: State
    interval: Bounds | Undefined
    approximate: bool


class Tracker:
    """The records of a service, and the entries they make on one day; changed one person at a time."""

    def __init__(self, measure: Measure, windows: Sequence[Window], as_of: date, known: Iterable[Known] = ()) -> None:
        self.measure, self.windows, self.as_of = measure, tuple(windows), as_of
        self._options = measure.computed_with()
        self._known: dict[str, dict[str, Known]] = {}
        self._rows: dict[str, list[Row]] = {}
        for one in known:
            self._keep(one)
        for person in self._known:
            self._again(person)

    def add(self, one: Known) -> None:
        """One more record: its person is computed again. Raises ``reoffending.record-twice``."""
        self._keep(one)
        self._again(one.event.person)

    def retract(self, person: str, key: str, on: date) -> None:
        """Take a record back from a day on: a quashed conviction, another person's. Raises ``reoffending.no-such-record``."""
        found = self._known.get(person, {}).get(key)
        if found is None or found.retracted <= on:
            stop(Fault("reoffending.no-such-record", (key,), "No record with this key stands for this person on that day.",
                       "Name a record of the person that has not been taken back."))  # fmt: skip
        self._known[person][key] = replace(found, retracted=on)
        self._again(person)

    def records(self) -> Iterator[Known]:
        """Everything that was ever known, taken back or not."""
        for records in self._known.values():
            yield from records.values()

    def on(self, as_of: date, windows: Sequence[Window] | None = None) -> Tracker:
        """The same records as they stood on another day, for the same windows or others."""
        return Tracker(self.measure, self.windows if windows is None else windows, as_of, self.records())

    def last_year(self) -> Tracker:
        """The same point a year before: the windows of then, with what was known then."""
        earlier = [Window(add_months(w.first, -12), add_months(w.last, -12)) for w in self.windows]
        return self.on(add_months(self.as_of, -12), earlier)

    def view(self) -> View:
        """What is known on the day."""
        follows = tuple(self._follow(row) for rows in self._rows.values() for row in rows)
        total = counts([one.row for one in follows])
        states = {self._state(window, follows) for window in self.windows}
        return View(
            measure=self.measure.id,
            as_of=self.as_of,
            follows=follows,
            counts=total,
            charged=sum(one.charged > 0 and not one.row.reoffended for one in follows),
            state=State.INTERIM if State.INTERIM in states else State.FINAL,
            interval=wilson_clustered_interval(_by_person(one.row for one in follows)),
            approximate=len(self.windows) > 1,
        )

    def timeline(self, person: str) -> list[tuple[date, str, str]]:
        """One person's days as known on the day: day, what it is, and of which occasion or offence; in order."""
        days: list[tuple[date, str, str]] = []
        for one in self._seen(person):
            event, what = one.event, f"{one.event.occasion} {one.event.offence}".strip()
            about = ((event.offence_date, "offence"), (one.charged, "charged, not yet proven" if one.is_charge else "charged"),
                     (event.proven_date, f"proven ({event.kind})"), (event.release_date, "release"))  # fmt: skip
            days += [(day, name, what) for day, name in about if day is not None]
        for row in self._rows.get(person, []):
            follow, known = self._ends(row)
            days += [(row.index, f"entry of {row.window.label}", row.occasion), (follow, "last day of follow-up", row.occasion),
                     (known, "last day to be proven", row.occasion)]  # fmt: skip
        return sorted(set(days))

    def _keep(self, one: Known) -> None:
        records = self._known.setdefault(one.event.person, {})
        if one.key in records:
            stop(Fault("reoffending.record-twice", (one.key,), "A record with this key stands for this person already.",
                       "Take the former one back first, or give the new one a key of its own."))  # fmt: skip
        records[one.key] = one

    def _seen(self, person: str) -> list[Known]:
        return [one for one in self._known.get(person, {}).values() if one.seen(self.as_of)]

    def _pending(self, person: str) -> list[Known]:
        """Charges that no conviction or other outcome has answered yet."""
        seen = self._seen(person)
        answered = [one.event for one in seen if not one.is_charge]
        return [one for one in seen if one.is_charge and not any(same_offence(one.event, event) for event in answered)]

    def _again(self, person: str) -> None:
        proven = [one.event for one in self._seen(person) if not one.is_charge]
        self._rows[person] = person_rows(proven, self.windows, self.measure, self.as_of)

    def _ends(self, row: Row) -> tuple[date, date]:
        """The last day on which an offence counts, and the last on which it can be proven."""
        options = self._options
        follow = add_months(row.index, options.follow_months, options.month_add)
        return follow, add_months(row.index, options.follow_months + options.wait_months, options.month_add)

    def _follow(self, row: Row) -> Follow:
        follow, known = self._ends(row)
        charges = self._pending(row.person)
        left = max((known - self.as_of).days, 0)
        return Follow(
            row=row,
            charged=sum(row.index < one.event.offence_date <= follow for one in charges if one.event.offence_date),
            days_since=(self.as_of - row.index).days,
            follow_left=max((follow - self.as_of).days, 0),
            wait_left=left,
            state=State.INTERIM if left else State.FINAL,
        )

    def _state(self, window: Window, follows: Iterable[Follow]) -> State:
        last = max((one.row.index for one in follows if one.row.window == window), default=None)
        return state(window, last, self._options, self.as_of)


def _by_person(rows: Iterable[Row]) -> list[tuple[int, int]]:
    """How often each person reoffended, and how often they entered."""
    entered: dict[str, list[bool]] = {}
    for row in rows:
        entered.setdefault(row.person, []).append(row.reoffended)
    return [(sum(of), len(of)) for of in entered.values()]


def same_offence(one: Event, other: Event) -> bool:
    """Whether a charge and an outcome are about one offence: person, offence and, where both have it, the day."""
    days = {one.offence_date, other.offence_date} - {None}
    return (one.person, one.offence) == (other.person, other.offence) and len(days) <= 1


@dataclass(frozen=True, slots=True)
class Top:
    """The ``people`` with the most reoffences made ``reoffences`` of them: so many percent, to one place."""

    people: int
    reoffences: int
    percent: Decimal


def concentration(rows: Iterable[Row]) -> list[Top]:
    """What share of reoffences the first, the first two, … people account for, those with most first; none without any.

    Over several cohorts one offence may count in each of them, as it does in the rates.
    """
    by_person: dict[str, int] = {}
    for row in rows:
        by_person[row.person] = by_person.get(row.person, 0) + row.reoffences
    made, total = 0, sum(by_person.values())
    found = []
    for people, many in enumerate(sorted((n for n in by_person.values() if n), reverse=True), 1):
        made += many
        found.append(Top(people, made, rounded(100 * made, total, "0.1")))
    return found
