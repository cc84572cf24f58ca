"""What contradicts itself in published figures: rates against their counts, years against their quarters, a cell twice.

Nothing is corrected. A published figure stays as it was published; what does not add up is said, with the cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from caselight.method.faults import Fault, Place, Severity, quoted
from caselight.method.reoffending.published import Count, PrintedRate, Published, State
from caselight.method.reoffending.rates import FEWEST_ENTRIES

QUARTERLY = "EW-3M"  # the measure whose year is the plain sum of its four quarterly cohorts
Group = tuple[object, ...]


def published_faults(cells: Sequence[Published]) -> list[Fault]:
    """Everything that does not add up, each with its path ``("comparators", index, column)`` and its place in the file."""
    return [*_each(cells), *_twice(cells), *year_faults(cells)]


def _each(cells: Sequence[Published]) -> Iterator[Fault]:
    for index, cell in enumerate(cells):
        yield from _impossible(index, cell)
        yield from _rates(index, cell)


def _impossible(index: int, cell: Published) -> Iterator[Fault]:
    entries, reoffenders, reoffences = cell.entries.value, cell.reoffenders.value, cell.reoffences.value
    if entries is not None and reoffenders is not None and reoffenders > entries:
        says = f"{_name(cell)} has {reoffenders:,} reoffenders among {entries:,} entries."
        yield _fault("reoffending.more-than-entries", index, cell, "reoffenders", says)
    if reoffenders is not None and reoffences is not None and reoffences < reoffenders:
        says = f"{_name(cell)} has {reoffences:,} reoffences by {reoffenders:,} reoffenders."
        yield _fault("reoffending.fewer-reoffences", index, cell, "reoffences", says)


def _rates(index: int, cell: Published) -> Iterator[Fault]:
    for name, printed in cell.rates.items():
        if printed.value is None:
            continue
        from_counts = cell.recomputed(name, printed.places)
        if from_counts is not None and from_counts != printed.value:
            says = f"{_name(cell)} prints {printed.value} as its rate {name}; its counts give {from_counts}."
            yield _fault("reoffending.rate-not-from-counts", index, cell, name, says, severity=Severity.WARNING)
        if cell.entries.value is not None and cell.entries.value < FEWEST_ENTRIES:
            says = f"{_name(cell)} prints a rate of {cell.entries.value} entries, which says nothing."
            yield _fault("reoffending.rate-of-few", index, cell, name, says, severity=Severity.WARNING)


def _twice(cells: Sequence[Published]) -> Iterator[Fault]:
    """One cell with two contents, neither of which is said to be a revision of the other."""
    before: dict[Group, Published] = {}
    for index, cell in enumerate(cells):
        key = (*_series(cell), cell.cohort.days)
        first = before.setdefault(key, cell)
        unlike = [name for name, count in cell.counts.items() if _unlike(count, first.counts[name])]
        unlike += [name for name, rate in cell.rates.items() if _unlike(rate, first.rates.get(name, rate))]
        if unlike:
            says = f"{_name(cell)} stands twice, and {', '.join(unlike)} differ."
            yield _fault("reoffending.cell-twice", index, cell, unlike[0], says, severity=Severity.WARNING)


def _unlike(one: Count | PrintedRate, other: Count | PrintedRate) -> bool:
    if State.REVISED in (one.state, other.state):
        return False
    return one.value is not None and other.value is not None and one.value != other.value


def year_faults(cells: Sequence[Published]) -> Iterator[Fault]:
    """Each year whose four quarters are all there and do not add up to it; years with an unpublished quarter are left.

    Only of the measure whose year is the sum of its quarters: of any other, they are not the same entries.
    """
    for index, cell, name, total, quarters in years_against_quarters(cells):
        if total != sum(quarters):
            says = f"{_name(cell)} has {total:,} {name}; its four quarters have {sum(quarters):,}."
            yield _fault("reoffending.year-not-quarters", index, cell, name, says, severity=Severity.WARNING)


def years_against_quarters(
    cells: Sequence[Published],
) -> Iterator[tuple[int, Published, str, int, tuple[int, ...]]]:
    """Each number of each year that has four quarters: index, cell, which count, the year's number, the quarters' numbers."""
    quarters: dict[Group, list[Published]] = defaultdict(list)
    for cell in cells:
        if cell.measure == QUARTERLY and cell.cohort.months == 3:
            quarters[_series(cell)].append(cell)
    for index, cell in enumerate(cells):
        if cell.measure != QUARTERLY or cell.cohort.months != 12:
            continue
        parts = {part.cohort.first: part for part in quarters[_series(cell)] if _inside(part, cell)}
        for name, count in cell.counts.items():
            numbers = tuple(part.counts[name].value for part in parts.values())
            known = tuple(number for number in numbers if number is not None)
            if count.value is not None and len(known) == 4:
                yield index, cell, name, count.value, known


def _inside(part: Published, whole: Published) -> bool:
    return whole.cohort.first <= part.cohort.first and part.cohort.last <= whole.cohort.last


def _series(cell: Published) -> Group:
    """What two cells share that are of one series: all but the cohort."""
    return (cell.measure, cell.area.code or cell.area.name.casefold(), cell.people, cell.breakdown)


def _name(cell: Published) -> str:
    what = ", ".join((cell.area.name, cell.people, *cell.breakdown, cell.cohort.name))
    return f"{quoted(what)} ({cell.measure})"


def place_of(cell: Published, name: str) -> Place | None:
    """The cell of a number in the file that it was read from, where that is known."""
    found: Count | PrintedRate | None = cell.counts.get(name)
    if found is None:
        found = next((rate for rate_name, rate in cell.rates.items() if rate_name == name), None)
    source = cell.provenance
    if not source.file:
        return None
    file = f"{source.file} [{source.sheet}]" if source.sheet else source.file
    return Place(file, None, found.cell if found is not None and found.cell else None)


def _fault(
    code: str, index: int, cell: Published, name: str, says: str, *, severity: Severity = Severity.ERROR
) -> Fault:
    cure = "Compare the cell with the release; where it was revised, mark it so. Nothing is corrected here."
    return Fault(code, ("comparators", index, str(name)), says, cure, severity, place_of(cell, str(name)))
