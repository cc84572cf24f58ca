"""The definition itself, one person at a time: who enters a cohort, on which day, and what counts afterwards.

Written to be read beside docs/explanation/reoffending.md and to be obviously right, not to be fast: the engines, which
compute the same for millions of rows, are held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from caselight.method.faults import Fault, stop
from caselight.method.reoffending.cleaning import RELEASED, clean, repeat_key
from caselight.method.reoffending.events import WEIGHT, Event, IdOrder, Kind, id_order
from caselight.method.reoffending.measures import Measure
from caselight.method.reoffending.months import Window, add_months, age_on
from caselight.method.reoffending.options import AgeAt, AreaAt, Clock, Counted, Options, TieBreak


@dataclass(frozen=True, slots=True)
class Occasion:
    """The rows of one person that were dealt with together, and what they come to."""

    name: str
    proven: date
    events: tuple[Event, ...]

    @property
    def kind(self) -> Kind:
        """The heaviest disposal."""
        return max((event.kind for event in self.events), key=WEIGHT.__getitem__)

    @property
    def released(self) -> date | None:
        """The last release that is known."""
        days = [event.release_date for event in self.events if event.kind in RELEASED and event.release_date]
        return max(days, default=None)

    @property
    def breach_only(self) -> bool:
        """Whether nothing but breaches was dealt with."""
        return all(all(event.breach for event in offence) for offence in self.offences)

    @property
    def offences(self) -> list[tuple[Event, ...]]:
        """The offences, each with all rows that name it: rows that repeat each other are one offence."""
        found: dict[tuple[object, ...], list[Event]] = {}
        for event in self.events:
            found.setdefault(repeat_key(event), []).append(event)
        return [tuple(rows) for rows in found.values()]

    def first_of(self, column: str) -> str:
        """The first, in the order of the alphabet, of what the rows say in a column; empty when none says anything."""
        return min((value for event in self.events if (value := getattr(event, column))), default="")

    @property
    def born(self) -> date | None:
        """The earliest birthday that the rows give."""
        return min((event.born for event in self.events if event.born), default=None)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: a person in one cohort, and what came after. ``severe`` is None where the measure has no serious list."""

    person: str
    window: Window
    index: date
    occasion: str
    kind: Kind
    reoffences: int
    severe: bool | None
    days_to_first: int | None
    previous: int
    age: int | None
    area: str
    sex: str

    @property
    def reoffended(self) -> bool:
        """Whether anything counts as a reoffence."""
        return self.reoffences > 0


def person_rows(events: Iterable[Event], windows: Iterable[Window], measure: Measure, as_of: date) -> list[Row]:
    """The entries of one person: at most one for each window, in the order of the windows.

    ``events`` are the person's rows as delivered; they are cleaned here. ``as_of`` is the day of the extract: what was
    not known then does not count. Raises ``reoffending.several-persons`` for the rows of more than one person.

    >>> from caselight.method.reoffending.measures import measure
    >>> from caselight.method.reoffending.months import quarters
    >>> caution = Event(person="a", occasion="1", proven_date=date(2013, 2, 10), kind=Kind.CAUTION)
    >>> [row.index for row in person_rows([caution], quarters(2013), measure("EW-3M"), date(2016, 1, 1))]
    [datetime.date(2013, 2, 10)]
    """
    options = measure.computed_with()
    kept = clean(events, options, as_of).events
    if len({event.person for event in kept}) > 1:
        stop(
            Fault(
                "reoffending.several-persons",
                ("person",),
                "Rows of several persons were handed over as the history of one.",
                "Hand over each person's rows by themselves.",
            )
        )
    occasions = occasions_of(kept)
    return [
        row_of(occasions, index, window, options)
        for window in windows
        if (index := index_of(occasions, window, options)) is not None
    ]


def occasions_of(events: Sequence[Event]) -> list[Occasion]:
    """One person's rows as occasions, in the order of their days and ids."""

    def key(event: Event) -> tuple[date, IdOrder]:
        return proven_day(event), id_order(event.occasion)

    grouped = groupby(sorted(events, key=key), key=key)
    return [Occasion(order.written, day, tuple(rows)) for (day, order), rows in grouped]


def proven_day(event: Event) -> date:
    """The day a cleaned event was proven; a row without one was dropped."""
    assert event.proven_date is not None  # noqa: S101 - cleaning drops such rows
    return event.proven_date


def entry_day(occasion: Occasion, options: Options) -> date | None:
    """The day on which an occasion lets its person enter: release from custody, otherwise the day it was proven.

    None for custody without a release, and for a breach alone where the options say that it is no entry.
    """
    if occasion.breach_only and not options.breach_makes_entry:
        return None
    return occasion.released if occasion.kind in RELEASED else occasion.proven


def index_of(occasions: Iterable[Occasion], window: Window, options: Options) -> Occasion | None:
    """The occasion with which the person enters this cohort: the earliest in the window. What came before is not asked."""

    def order(occasion: Occasion) -> tuple[date | None, int, IdOrder, date]:
        weight = -WEIGHT[occasion.kind] if options.tie_break is TieBreak.HEAVIEST else 0
        return entry_day(occasion, options), weight, id_order(occasion.name), occasion.proven

    entered = [one for one in occasions if (day := entry_day(one, options)) is not None and window.holds(day)]
    return min(entered, key=order, default=None)


def row_of(occasions: Iterable[Occasion], index: Occasion, window: Window, options: Options) -> Row:
    """What came after, and what was before, the index of one window."""
    day = entry_day(index, options)
    assert day is not None  # noqa: S101 - it is an index
    others = [one for one in occasions if one is not index]
    after = [(one, offence) for one in others for offence in one.offences if reoffence(offence, day, options)]
    counted = len(after) if options.counted is Counted.OFFENCES else len({id(one) for one, _ in after})
    severities = {event.severity for _, offence in after for event in offence}
    return Row(
        person=index.events[0].person,
        window=window,
        index=day,
        occasion=index.name,
        kind=index.kind,
        reoffences=counted,
        severe=bool(severities & set(options.serious)) if options.serious else None,
        days_to_first=min(((on_clock(offence[0], options) - day).days for _, offence in after), default=None),
        previous=sum(
            proven_offence(offence, options) for one in others if one.proven < day for offence in one.offences
        ),
        age=_age(index.born, window.first if options.age_at is AgeAt.WINDOW_START else day),
        area=_area(index, options),
        sex=index.first_of("sex"),
    )


def reoffence(offence: tuple[Event, ...], index: date, options: Options) -> bool:
    """Whether an offence of another occasion counts as a reoffence after this index."""
    if not proven_offence(offence, options) or (all(event.breach for event in offence) and not options.breach_counts):
        return False
    if options.clock is Clock.OFFENCE and offence[0].offence_date is None:
        return False
    day, proven = on_clock(offence[0], options), proven_day(offence[0])
    end = add_months(index, options.follow_months, options.month_add)
    known_by = add_months(index, options.follow_months + options.wait_months, options.month_add)
    begun = day >= index if options.index_day_counts else day > index
    ended = day > end if options.follow_end_day else day >= end
    return begun and not ended and (options.clock is Clock.PROVEN or proven <= known_by)


def proven_offence(offence: tuple[Event, ...], options: Options) -> bool:
    """Whether it is an offence that was proven, and neither a recall nor a drug test."""
    return any(event.kind in options.kinds for event in offence)


def on_clock(event: Event, options: Options) -> date:
    """The day that has to lie in the follow-up."""
    day = event.offence_date if options.clock is Clock.OFFENCE else event.proven_date
    assert day is not None  # noqa: S101 - asked only of offences that have one
    return day


def _age(born: date | None, day: date) -> int | None:
    age = -1 if born is None else age_on(born, day)
    return age if age >= 0 else None


def _area(index: Occasion, options: Options) -> str:
    home, police = index.first_of("area"), index.first_of("police_area")
    return {AreaAt.HOME: home, AreaAt.POLICE: police, AreaAt.HOME_ELSE_POLICE: home or police}[options.area_at]
