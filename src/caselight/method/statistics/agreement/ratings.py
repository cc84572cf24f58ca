"""Who rated what: the same units by two or more people, in declared categories, with gaps where one did not rate.

Categories are declared and not inferred, because one that nobody used still counts in some coefficients. Units are kept
as patterns with how often each occurs: a coefficient asks nothing else of them (frameworks.md, section 9).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from caselight.method.faults import Fault, Faults, did_you_mean, quoted

Category = str | int | float
Row = tuple[int | None, ...]
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Ratings:
    """The ratings of all units. A row holds, for each rater, the place of the category among ``categories``, or nothing.

    ``patterns`` are the different rows with how many units have each, in a fixed order. ``anonymous`` ratings are
    known only as counts per unit: who gave which is not known.
    """

    categories: tuple[Category, ...]
    patterns: tuple[tuple[Row, int], ...]
    anonymous: bool = False

    @cached_property
    def raters(self) -> int:
        """How many people rated."""
        return len(self.patterns[0][0]) if self.patterns else 0

    @cached_property
    def counted(self) -> tuple[tuple[Row, Counts, int], ...]:
        """Every pattern with at least one rating: the row, how many raters chose each category, and its units."""
        places = range(len(self.categories))
        found = ((row, tuple(row.count(place) for place in places), times) for row, times in self.patterns)
        return tuple(item for item in found if sum(item[1]))

    @cached_property
    def rated(self) -> int:
        """How many units were rated at least once."""
        return sum(times for _, _, times in self.counted)

    @cached_property
    def paired(self) -> int:
        """How many units were rated twice or more: those on which agreement can be seen."""
        return sum(times for _, counts, times in self.counted if sum(counts) > 1)

    @cached_property
    def varied(self) -> bool:
        """Whether the units rated twice or more were put into more than one category."""
        used = {place for _, counts, _ in self.counted if sum(counts) > 1 for place, n in enumerate(counts) if n}
        return len(used) > 1

    @cached_property
    def disagreed(self) -> int:
        """About how many units the raters were not of one mind."""
        return sum(times for _, counts, times in self.counted if sum(n > 0 for n in counts) > 1)

    def of_two(self) -> Ratings:
        """The units that both of exactly two raters rated. Raises ``agreement.not-two-raters`` for more or fewer."""
        if self.anonymous or self.raters not in (0, 2):
            says = "Who gave which rating is not known." if self.anonymous else f"There are {self.raters} raters."
            cure = "Use a coefficient for several raters, such as AC1 or alpha, or give the ratings of two."
            raise Faults([Fault("agreement.not-two-raters", ("ratings",), says, cure)])
        return Ratings(self.categories, tuple(item for item in self.patterns if None not in item[0]))

    def table(self) -> tuple[tuple[int, ...], ...]:
        """The cross table of two raters: the first one's categories down, the second one's across.

        >>> ratings_of([["y", "y", "n"], ["y", "n", "n"]], ["y", "n"]).table()
        ((1, 1), (0, 1))
        """
        cells = dict(self.of_two().patterns)
        places = range(len(self.categories))
        return tuple(tuple(cells.get((row, column), 0) for column in places) for row in places)


def ratings_of(by_rater: Sequence[Sequence[Category | None]], categories: Sequence[Category]) -> Ratings:
    """Ratings from one list per rater, all in the same order of units, with ``None`` where one was not rated.

    Raises ``agreement.lists-differ``, ``agreement.undeclared-category`` and ``agreement.category-twice``.

    >>> ratings_of([["y", None], ["y", "n"]], ["y", "n"]).paired
    1
    """
    faults = [*_category_faults(categories), *_length_faults([len(ratings) for ratings in by_rater])]
    place_of: dict[Category | None, int | None] = {category: place for place, category in enumerate(categories)}
    unknown = {rating: None for ratings in by_rater for rating in ratings if rating not in place_of} | {None: None}
    faults += [_undeclared(rating, categories) for rating in unknown if rating is not None]
    if faults:
        raise Faults(faults)
    place_of[None] = None
    rows = zip(*([place_of[rating] for rating in ratings] for ratings in by_rater), strict=True)
    return Ratings(tuple(categories), _patterns(rows))


def ratings_of_table(table: Sequence[Sequence[int]], categories: Sequence[Category] = ()) -> Ratings:
    """Ratings of two raters from their cross table. Without ``categories`` they are numbered from 0.

    Raises ``agreement.bad-table`` unless it is square, fits the categories, and counts from 0 up.
    """
    names = tuple(categories) or tuple(range(len(table)))
    shapes_fit = len(names) == len(table) and all(len(row) == len(names) for row in table)
    _refuse_bad_table(table, shapes_fit, "as many rows as columns, one for each category")
    cells = {(i, j): count for i, row in enumerate(table) for j, count in enumerate(row) if count}
    return Ratings(names, tuple(sorted(cells.items())))


def ratings_of_counts(counts: Sequence[Sequence[int]], categories: Sequence[Category] = ()) -> Ratings:
    """Ratings from one row per unit that says how many raters chose each category; who they were is not known."""
    names = tuple(categories) or tuple(range(len(counts[0]) if counts else 0))
    _refuse_bad_table(counts, all(len(row) == len(names) for row in counts), "one column for each category")
    most = max((sum(row) for row in counts), default=0)
    rows = ([place for place, n in enumerate(row) for _ in range(n)] for row in counts)
    padded = ((*row, *[None] * (most - len(row))) for row in rows)
    return Ratings(names, _patterns(padded), anonymous=True)


def _patterns(rows: Iterable[Row]) -> tuple[tuple[Row, int], ...]:
    def by_place(item: tuple[Row, int]) -> list[int]:
        return [-1 if place is None else place for place in item[0]]

    return tuple(sorted(Counter(rows).items(), key=by_place))


def _category_faults(categories: Sequence[Category]) -> list[Fault]:
    twice = [category for category, times in Counter(categories).items() if times > 1]
    cure = "Declare each category once."
    return [
        Fault("agreement.category-twice", ("categories",), f"{quoted(category)} is declared more than once.", cure)
        for category in twice
    ]


def _length_faults(lengths: Sequence[int]) -> list[Fault]:
    if len(set(lengths)) < 2:
        return []
    says = f"The raters' lists have different lengths: {', '.join(str(length) for length in lengths[:6])}."
    return [Fault("agreement.lists-differ", ("ratings",), says, "Give one place to each unit, empty where not rated.")]


def _undeclared(rating: Category, categories: Sequence[Category]) -> Fault:
    says = f"{quoted(rating)} is not one of the declared categories."
    cure = did_you_mean(str(rating)[:60], [str(category) for category in categories])
    return Fault("agreement.undeclared-category", ("ratings",), says, cure)


def _refuse_bad_table(rows: Sequence[Sequence[int]], fits: bool, shape: str) -> None:
    faults = []
    if not fits:
        says = f"The table does not have {shape}."
        faults.append(Fault("agreement.bad-table", ("table",), says, "Give a whole number for every cell."))
    if any(count < 0 for row in rows for count in row):
        says = "A cell of the table is below 0."
        faults.append(Fault("agreement.bad-table", ("table",), says, "Give counts from 0 up."))
    if faults:
        raise Faults(faults)
