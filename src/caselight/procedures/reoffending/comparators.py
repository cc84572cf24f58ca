"""Published figures chosen from a release and kept with an inspection: in its folder, or in the store.

What is chosen brings what it is compared with: the same area a year earlier, and England and Wales, by the same measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from caselight.formats.files import locked
from caselight.formats.package.layout import COMPARATORS
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.formats.reoffending_tables.reading import Read
from caselight.method.faults import Fault, did_you_mean, quoted, refuse, stop
from caselight.method.inspection.checks import check
from caselight.method.reoffending.beside import NATIONAL, national, year_before
from caselight.method.reoffending.checking import published_faults
from caselight.method.reoffending.cited import Comparator, cited_faults
from caselight.method.reoffending.naming import short
from caselight.method.reoffending.published import Area, People, Published

MOST = 200  # figures in one import: what a letter quotes, not a whole release


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cells of a release are meant; what is empty chooses all. ``group`` is a breakdown's last part."""

    areas: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    people: People | None = None
    group: str = ""

    def chooses(self, cell: Published) -> bool:
        """Whether a cell is meant."""
        return (
            (not self.areas or any(_of(cell.area, area) for area in self.areas))
            and (not self.cohorts or cell.cohort.name in self.cohorts)
            and (self.people is None or cell.people is self.people)
            and (cell.breakdown[-1:] == (self.group,) if self.group else not cell.breakdown)
        )


def chosen(cells: Sequence[Published], choice: Choice) -> list[Published]:
    """The cells that are meant. Raises ``reoffending.nothing-chosen``, with areas and cohorts that there are."""
    found = [cell for cell in cells if choice.chooses(cell)]
    if not found:
        stop(_nothing(cells, choice))
    return found


def with_context(found: Sequence[Published], cells: Sequence[Published]) -> list[Published]:
    """The same cells, and after them the year before and the national figure of each, where the release has them."""
    every = list(found)
    for cell in found:
        for other in (year_before(cell, cells), national(cell, cells)):
            if other is not None and other not in every:
                every.append(other)
    return every


def to_keep(read: Read, choice: Choice) -> tuple[Comparator, ...]:
    """The comparators of a file: our own as they are, those of a release with keys made for them.

    Raises ``reoffending.too-many-figures``, and what is wrong with any of them.
    """
    if read.comparators:
        kept = tuple(one for one in read.comparators if choice == Choice() or choice.chooses(one.cell))
    else:
        meant = [cell for cell in chosen(read.cells, choice) if cell.quoted() is not None]
        cells = [cell for cell in with_context(meant, read.cells) if cell.quoted() is not None]
        kept = tuple(Comparator(_key(cell), _label(cell.area), cell) for cell in cells)
    if len(kept) > MOST:
        says = (
            f"{len(kept):,} figures were chosen; an inspection keeps those that its letter may quote, {MOST} at most."
        )
        stop(Fault("reoffending.too-many-figures", ("choice",), says, "Name areas, cohorts, and children or adults."))
    if not kept:
        stop(_nothing(read.cells, choice))
    refuse([*cited_faults(kept), *published_faults([one.cell for one in kept])])
    return kept


def keep_in_folder(folder: Path, comparators: Sequence[Comparator]) -> int:
    """Add comparators to ``comparators.csv`` of an inspection folder, and give how many were new.

    Raises ``store.comparator-differs`` where a key has another content, and what is wrong with the folder then.
    """
    with locked(folder):
        package = read_package(folder)
        there = {one.key: one for one in package.comparators}
        refuse(_differing(comparators, there))
        new = [one for one in comparators if one.key not in there]
        grown = replace(package, comparators=tuple(sorted((*there.values(), *new), key=lambda one: one.key)))
        refuse(fault for fault in check(grown) if fault.where[:1] == ("comparators",))
        if new:
            write_tables(folder, grown, COMPARATORS)
    return len(new)


def keep_in_store(inspection: str, comparators: Sequence[Comparator], *, by: str, at: datetime) -> int:
    """Add comparators to an inspection of the store, and give how many were new."""
    from caselight.store.reports.comparators import keep_comparators

    return keep_comparators(by=by, inspection=inspection, comparators=comparators, at=at)


def _differing(comparators: Iterable[Comparator], there: dict[str, Comparator]) -> Iterator[Fault]:
    for one in comparators:
        if there.get(one.key, one) != one:
            says = f"There is another figure {quoted(one.key)} already."
            cure = "What was published stays as it was kept. Give the new figure a key of its own."
            yield Fault("store.comparator-differs", ("comparators", one.key), says, cure)


def _nothing(cells: Sequence[Published], choice: Choice) -> Fault:
    areas = list(dict.fromkeys(cell.area.name for cell in cells))
    cohorts = list(dict.fromkeys(cell.cohort.name for cell in cells))
    unknown = [name for name in choice.areas if not any(_of(Area(area), name) for area in areas)]
    late = [name for name in choice.cohorts if name not in cohorts]
    says, cure = "No published rate that may be quoted is in the choice.", "Choose other areas, cohorts or groups."
    if unknown:
        says, cure = f"The release has no area {quoted(unknown[0])}.", did_you_mean(unknown[0], areas)
    elif late:
        says, cure = f"The release has no cohort {quoted(late[0])}.", did_you_mean(late[0], cohorts)
    return Fault("reoffending.nothing-chosen", ("choice",), says, cure)


def _of(area: Area, wanted: str) -> bool:
    return wanted.casefold() in (area.name.casefold(), area.code.casefold())


def _key(cell: Published) -> str:
    """A key that the letter can name: ``rate.westminster.2016-07`` and, for anything but a year of children, more."""
    months = "" if cell.cohort.months == 12 else f".{cell.cohort.months}m"
    whom = "" if cell.people is People.CHILDREN else f".{short(cell.people)}"
    group = "".join(f".{short(part)}" for part in cell.breakdown[-1:])
    return f"rate.{short(cell.area.name)}.{cell.cohort.first:%Y-%m}{months}{whom}{group}.{cell.measure}"


def _label(area: Area) -> str:
    return "the England and Wales average" if any(area.is_(one) for one in NATIONAL) else area.name
