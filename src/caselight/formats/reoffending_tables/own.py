"""Our own tidy layout: one comparator a row, with its measure, its states and where it was read. Both ways.

In a cell of a number, ``[u]`` stands for withheld, ``[x]`` for not published, nothing for not given, and ``118 [r]``
for a revised number. ``breakdown``, ``about`` and ``cells`` are lists joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from caselight.formats.reoffending_tables import words
from caselight.method.reoffending.cited import Comparator
from caselight.method.reoffending.months import EARLIEST, LATEST
from caselight.method.reoffending.published import (
    Area,
    Cohort,
    Count,
    People,
    PrintedRate,
    Provenance,
    Published,
    RateName,
    State,
)

COLUMNS = (
    "key", "label", "measure", "area", "area_code", "people", "cohort", "cohort_from", "cohort_to", "breakdown",
    "entries", "reoffenders", "reoffences", "binary", "per_offender", "per_reoffender", "direction", "about",
    "publisher", "published", "source", "licence", "file", "sha256", "sheet", "cells", "note",
)  # fmt: skip
COUNTS = ("entries", "reoffenders", "reoffences")
MARKS = {State.WITHHELD: "[u]", State.NOT_PUBLISHED: "[x]", State.NOT_GIVEN: ""}
NUMBER = (
    "is no number and no state.",
    "Write digits, 118 [r] where it was revised, [u] withheld, [x] not published; or leave it empty.",
)
Tell = Callable[[str, str, str], None]  # a column, what is wrong with its value, and the cure


def comparator_of(row: Mapping[str, str], tell: Tell) -> Comparator:
    """A row as a comparator; what cannot be read is told by column, and is not given in the comparator."""
    cells = dict(part.partition("=")[::2] for part in _list(row["cells"]))
    counts = {name: _count(name, row, cells, tell) for name in COUNTS}
    cell = Published(
        measure=_filled("measure", row, tell),
        cohort=Cohort(row["cohort"], _day("cohort_from", row, tell), _day("cohort_to", row, tell)),
        area=Area(_filled("area", row, tell), row["area_code"]),
        people=_people(row, tell),
        breakdown=_list(row["breakdown"]),
        rates={name: rate for name in RateName if (rate := _rate(name, row, cells, tell)) is not None},
        provenance=Provenance(
            row["file"], row["sha256"], row["sheet"], row["publisher"], row["published"], row["source"], row["licence"]
        ),
        **counts,
    )
    key = _filled("key", row, tell)
    return Comparator(key, row["label"], cell, row["direction"], _list(row["about"]), row["note"])


def cells_of(one: Comparator) -> tuple[str, ...]:
    """A comparator as a row, in the order of :data:`COLUMNS`."""
    cell, source = one.cell, one.cell.provenance
    numbers: dict[str, Count | PrintedRate] = {**cell.counts, **{str(name): rate for name, rate in cell.rates.items()}}
    places = "|".join(f"{name}={number.cell}" for name, number in numbers.items() if number.cell)
    return (
        one.key, one.label, cell.measure, cell.area.name, cell.area.code, cell.people, cell.cohort.name,
        cell.cohort.first.isoformat(), cell.cohort.last.isoformat(), "|".join(cell.breakdown),
        *(_written(numbers[name]) for name in COUNTS),
        *(_written(numbers[name]) if name in numbers else "" for name in RateName),
        one.direction, "|".join(one.about), source.publisher, source.published, source.source, source.licence,
        source.file, source.sha256, source.sheet, places, one.note,
    )  # fmt: skip


def _written(number: Count | PrintedRate) -> str:
    if number.value is None:
        return MARKS.get(number.state, "")
    return f"{number.value} [r]" if number.state is State.REVISED else str(number.value)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _filled(column: str, row: Mapping[str, str], tell: Tell) -> str:
    if not row[column].strip():
        tell(column, f"The column {column} is empty.", f"Give the {column} of the figure.")
    return row[column]


def _day(column: str, row: Mapping[str, str], tell: Tell) -> date:
    try:
        day = date.fromisoformat(row[column])
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        tell(column, f"“{row[column][:20]}” is no day on which a cohort begins or ends.", "Write days as 2013-01-01.")
        return EARLIEST
    return day


def _people(row: Mapping[str, str], tell: Tell) -> People:
    found = words.people(row["people"])
    if found is None:
        tell("people", f"“{row['people'][:20]}” does not say who is counted.", "Write children, adults or all ages.")
    return found or People.CHILDREN


def _count(name: str, row: Mapping[str, str], cells: Mapping[str, str], tell: Tell) -> Count:
    found = words.count(row[name], cells.get(name, ""))
    if found is None:
        tell(name, f"“{row[name][:20]}” {NUMBER[0]}", NUMBER[1])
    return found or Count(None, State.NOT_GIVEN)


def _rate(name: RateName, row: Mapping[str, str], cells: Mapping[str, str], tell: Tell) -> PrintedRate | None:
    if not row[name]:
        return None
    found = words.rate(row[name], cells.get(name, ""))
    if found is None:
        tell(name, f"“{row[name][:20]}” {NUMBER[0]}", NUMBER[1])
    return found


def rows_of(comparators: Sequence[Comparator]) -> list[tuple[str, ...]]:
    """All rows, by key."""
    return sorted(cells_of(one) for one in comparators)
