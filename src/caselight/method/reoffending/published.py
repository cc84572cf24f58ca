"""Published reoffending figures as values: what was printed, of whom, by which measure, and where it stands.

A published cell is never a bare number. It carries the id of its measure, because figures of two measures do not stand
beside each other (:mod:`.comparing`), and each of its numbers a state: a number that was withheld, one that was never
published and one that this source does not give are three different things, and none of them is nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from caselight.method.reoffending.rates import FEWEST_ENTRIES, rounded

PLACES = {"binary": 1, "per_offender": 2, "per_reoffender": 2}  # as the tables print them


class State(StrEnum):
    """What became of one number of a table."""

    PUBLISHED = "published"
    WITHHELD = "withheld"  # there is one, and it is not shown
    NOT_PUBLISHED = "not published"  # there is none: the table was never released, or the row does not apply
    REVISED = "revised"  # another number stood here in an earlier release
    NOT_GIVEN = "not given"  # this source does not say it; another may


class RateName(StrEnum):
    """Which rate: never "the rate" alone."""

    BINARY = "binary"  # reoffenders of entries, in per cent
    PER_OFFENDER = "per_offender"  # reoffences for each entry
    PER_REOFFENDER = "per_reoffender"  # reoffences for each reoffender


class People(StrEnum):
    """Who is counted."""

    CHILDREN = "children"
    ADULTS = "adults"
    ALL_AGES = "all ages"


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of a table, its state, and the cell it stands in (``D17``; empty where there are no cells).

    >>> Count(51).known, Count(None, State.WITHHELD).known
    (True, False)
    """

    value: int | None = None
    state: State = State.PUBLISHED
    cell: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.value is not None


NOT_GIVEN = Count(None, State.NOT_GIVEN)


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A rate as it was printed: ``Decimal("43")`` and ``Decimal("43.0")`` differ in what they claim.

    >>> PrintedRate(Decimal("43.0")).places
    1
    """

    value: Decimal | None
    state: State = State.PUBLISHED
    cell: str = ""

    @property
    def places(self) -> int:
        """How many places after the point were printed."""
        exponent = self.value.as_tuple().exponent if self.value is not None else 0
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who entered, and when: the name as printed, the first and the last day.

    >>> Cohort("Apr 2019-Mar 2020", date(2019, 4, 1), date(2020, 3, 31)).months
    12
    """

    name: str
    first: date
    last: date

    @property
    def months(self) -> int:
        """How many whole months it spans."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def days(self) -> tuple[date, date]:
        """Both ends, which tell one cohort from another whatever it is called."""
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class Area:
    """An area by the name it had, and its code at that date (empty where the source gives none)."""

    name: str
    code: str = ""

    def is_(self, other: Area) -> bool:
        """Whether two cells speak of one area: by code where both have one, else by name."""
        if self.code and other.code:
            return self.code == other.code
        return self.name.casefold() == other.name.casefold()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from, so that somebody else finds the same cell.

    ``publisher`` and ``published`` are of the official release; ``source`` is the page or paper that was read, where it
    was not the release itself. ``sha256`` is that of the ``file`` that was read.
    """

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    publisher: str = ""
    published: str = ""
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """One published cell: a cohort of one area and breakdown, with its counts and the rates as printed.

    ``breakdown`` is the category of the table and what stands under it, such as ``("Sex", "Boys")``; empty for the total.
    """

    measure: str
    cohort: Cohort
    area: Area
    people: People
    breakdown: tuple[str, ...] = ()
    entries: Count = NOT_GIVEN
    reoffenders: Count = NOT_GIVEN
    reoffences: Count = NOT_GIVEN
    rates: Mapping[RateName, PrintedRate] = field(default_factory=dict)
    provenance: Provenance = Provenance()

    @property
    def counts(self) -> dict[str, Count]:
        """The three counts by name."""
        return {"entries": self.entries, "reoffenders": self.reoffenders, "reoffences": self.reoffences}

    def recomputed(self, name: RateName, places: int | None = None) -> Decimal | None:
        """A rate from the counts, once and half up; None where a count is missing or nothing can be divided.

        >>> from datetime import date
        >>> year = Cohort("2016-17", date(2016, 7, 1), date(2017, 6, 30))
        >>> cell = Published("EW-3M", year, Area("Westminster"), People.CHILDREN, (), Count(118), Count(51))
        >>> str(cell.recomputed(RateName.BINARY)), str(cell.recomputed(RateName.BINARY, 0))
        ('43.2', '43')
        """
        above, below = {
            RateName.BINARY: (self.reoffenders, self.entries),
            RateName.PER_OFFENDER: (self.reoffences, self.entries),
            RateName.PER_REOFFENDER: (self.reoffences, self.reoffenders),
        }[RateName(name)]
        if above.value is None or not below.value:
            return None
        factor = 100 if name == RateName.BINARY else 1
        return half_up(above.value * factor, below.value, PLACES[name] if places is None else places)

    def quoted(self, name: RateName = RateName.BINARY) -> Decimal | None:
        """The rate to quote: as printed; else from the counts, where there are entries enough. None: not to be quoted."""
        printed = self.rates.get(name)
        if printed is not None and (printed.value is not None or printed.state is State.WITHHELD):
            return printed.value
        if self.entries.value is None or self.entries.value < FEWEST_ENTRIES:
            return None
        return self.recomputed(name)


def half_up(above: int, below: int, places: int) -> Decimal:
    """A quotient of whole numbers rounded once, half up.

    >>> str(half_up(1, 8, 2)), str(half_up(7079 * 100, 20695, 1))
    ('0.13', '34.2')
    """
    return rounded(above, below, str(Decimal(1).scaleb(-places)))
