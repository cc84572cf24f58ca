"""What is asked of an engine, and how the kernel is asked it: options, windows and breakdowns as whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from math import prod
from typing import Any

from caselight.engines.reoffending.columns import KINDS
from caselight.engines.reoffending.kernel import Asked, Rules
from caselight.method.faults import Fault, refuse
from caselight.method.reoffending.cleaning import entering
from caselight.method.reoffending.events import WEIGHT
from caselight.method.reoffending.measures import Measure
from caselight.method.reoffending.months import EARLIEST, LATEST, MonthAdd, Window
from caselight.method.reoffending.options import (
    AgeAt,
    AreaAt,
    Clock,
    Counted,
    Missing,
    Options,
    TieBreak,
    band_label,
)

BREAKDOWNS = ("area", "sex", "age", "previous")
EPOCH = date(1970, 1, 1)
FOR_MISSING = (Missing.ENTRY_ONLY, Missing.DROP, Missing.PROVEN_DATE)
AREAS_AT = (AreaAt.HOME_ELSE_POLICE, AreaAt.HOME, AreaAt.POLICE)


def days(day: date) -> int:
    """A day as a number: days since 1 January 1970."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Question:
    """One computation: by which measure, for which windows, as known at the day of the extract, broken down by what.

    ``rows`` asks for a row for each entry beside the counts.
    """

    measure: Measure
    windows: tuple[Window, ...]
    as_of: date
    by: tuple[str, ...] = ()
    rows: bool = False

    def __post_init__(self) -> None:
        unknown = [name for name in self.by if name not in BREAKDOWNS]
        wrong = [f"There is no breakdown by {name}." for name in unknown]
        if not self.windows or len(set(self.windows)) != len(self.windows):
            wrong.append("A computation needs at least one window, and each only once.")
        if not EARLIEST <= self.as_of <= LATEST:
            wrong.append(f"The day of the extract is {self.as_of}.")
        cure = f"Ask by {', '.join(BREAKDOWNS)}, for windows that differ, at a day from {EARLIEST} to {LATEST}."
        refuse(Fault("reoffending.bad-question", ("question",), says, cure) for says in wrong)

    @cached_property
    def options(self) -> Options:
        """The options of the measure."""
        return self.measure.computed_with()

    @cached_property
    def ordered(self) -> tuple[Window, ...]:
        """The windows in the order in which the kernel goes through them."""
        return tuple(sorted(self.windows))

    @cached_property
    def most_overlapping(self) -> int:
        """In how many windows a single day lies at most."""
        return max(sum(window.holds(other.first) for window in self.windows) for other in self.windows)


@dataclass(frozen=True)
class Shape:
    """How the groups lie in one list: windows, areas, sexes, age bands and bands of previous offences; 1 if not asked."""

    sizes: tuple[int, ...]

    @classmethod
    def of(cls, question: Question, areas: int, sexes: int) -> Shape:
        """With so many codes of areas and of sexes; the place before the first is for what is not known."""
        options, by = question.options, question.by
        lengths = {
            "area": areas + 1,
            "sex": sexes + 1,
            "age": len(options.age_bands) + 1,
            "previous": len(options.previous_bands),
        }
        return cls((len(question.windows), *(lengths[name] if name in by else 1 for name in BREAKDOWNS)))

    @property
    def cells(self) -> int:
        """How many groups there are."""
        return prod(self.sizes)

    def strides(self) -> tuple[int, ...]:
        """By how much the place of a group moves on for each; 0 for what is not asked, so that all fall together."""
        return tuple(prod(self.sizes[at + 1 :]) if size > 1 or at == 0 else 0 for at, size in enumerate(self.sizes))

    def places(self, at: Any) -> tuple[Any, ...]:
        """The window, area, sex, age band and previous band of a place, or of many in an array."""
        found = []
        for size in reversed(self.sizes):
            at, here = divmod(at, size)
            found.append(here)
        return tuple(reversed(found))


def rules(question: Question, shape: Shape) -> Rules:
    """The options as the kernel takes them."""
    options = question.options
    window, area, sex, age, previous = shape.strides()
    return Rules(
        end_counts=int(options.follow_end_day),
        index_counts=int(options.index_day_counts),
        clock_proven=int(options.clock is Clock.PROVEN),
        occasions=int(options.counted is Counted.OCCASIONS),
        kinds=sum(1 << KINDS.index(kind) for kind in options.kinds),
        entering=sum(1 << KINDS.index(kind) for kind in entering(options)),
        heaviest=int(options.tie_break is TieBreak.HEAVIEST),
        breach_counts=int(options.breach_counts),
        breach_enters=int(options.breach_makes_entry),
        tic_counts=int(options.tic_counts),
        missing=FOR_MISSING.index(options.missing_offence_date),
        age_at_start=int(options.age_at is AgeAt.WINDOW_START),
        area_at=AREAS_AT.index(options.area_at),
        serious=sum(1 << severity for severity in options.serious),
        weights=sum(WEIGHT[kind] << 4 * place for place, kind in enumerate(KINDS)),
        as_of=days(question.as_of),
        earliest=days(EARLIEST),
        latest=days(LATEST),
        by_window=window,
        by_area=area,
        by_sex=sex,
        by_age=age,
        by_previous=previous,
        rows=int(question.rows),
    )


def asked(question: Question) -> Asked:
    """The windows, the bands and the calendar as the kernel takes them."""
    import numpy as np

    options = question.options
    lists = (
        [days(window.first) for window in question.ordered],
        [days(window.last) for window in question.ordered],
        options.age_bands,
        options.previous_bands,
    )
    first, last, ages, previous = (np.array(numbers, dtype=np.int64) for numbers in lists)
    follow, known = options.follow_months, options.follow_months + options.wait_months
    return Asked(first, last, ages, previous, *calendar(follow, known, options.month_add))


@cache
def calendar(follow: int, known: int, month_add: MonthAdd) -> tuple[Any, Any, Any]:
    """Of each day that can be: the day so many months later, and so many, and its place in years of months of 31 days.

    Months are those of ``caselight.method.reoffending.months``.
    """
    import numpy as np

    every = np.arange(days(EARLIEST), days(LATEST) + 1).astype("datetime64[D]")
    month = every.astype("datetime64[M]")
    into = every - month.astype("datetime64[D]")

    def later(many: int) -> Any:
        there = (month + many).astype("datetime64[D]") + into
        last = (month + many + 1).astype("datetime64[D]") - 1
        return (there if month_add is MonthAdd.CARRY else np.minimum(there, last)).astype(np.int32)

    return later(follow), later(known), (31 * month.astype(np.int32) + into.astype(np.int32)).astype(np.int32)


def labels(
    question: Question, sizes: tuple[int, ...], areas: tuple[str, ...], sexes: tuple[str, ...]
) -> list[list[str]]:
    """What each place stands for, for each of :data:`BREAKDOWNS`: as many as ``sizes`` (of a :class:`Shape`) says."""
    options = question.options
    _, *many = sizes
    said: tuple[Callable[[int], str], ...] = (
        lambda place: name_of(areas, place - 1),
        lambda place: name_of(sexes, place - 1),
        lambda place: band_label(place - 1, options.age_bands),
        lambda place: band_label(place, options.previous_bands),
    )
    return [[name(place) for place in range(size)] for name, size in zip(said, many, strict=True)]


def name_of(names: tuple[str, ...], code: int) -> str:
    """What a code stands for: the name that the file carries, or the number; ``not known`` for -1."""
    if code < 0:
        return "not known"
    return names[code] if code < len(names) else str(code)
