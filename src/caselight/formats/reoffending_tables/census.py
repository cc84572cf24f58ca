"""Census tables of ethnic groups by area, as Nomis writes them: one area a row, one group a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from caselight.formats.files import read_text
from caselight.formats.reoffending_tables import words
from caselight.formats.reoffending_tables.collecting import address, csv_rows
from caselight.method.faults import Fault, Findings, Place, quoted, refuse, stop
from caselight.method.reoffending.population import Population
from caselight.method.reoffending.published import Area

LARGEST = 20_000_000  # bytes
_GROUP = re.compile(r"Ethnic Group: (.+?); measures: Value")
EVERYBODY = "All categories: Ethnic group"


def read_census(path: Path, *, table: str, ages: str) -> tuple[Population, ...]:
    """Every area of a census table. ``ages`` are those of the table ("all ages"): the file itself does not say them.

    Raises ``reoffending.no-table`` for another file, and ``reoffending.bad-cell`` for each cell that is no number.
    """
    name = path.name
    rows = csv_rows(read_text(path, name, LARGEST), name)
    groups = {
        column: match[1] for column, cell in enumerate(rows[0] if rows else ()) if (match := _GROUP.fullmatch(cell))
    }
    if EVERYBODY not in groups.values() or not {"date", "geography"} <= set(rows[0]):
        says = "The file is no census table of ethnic groups by area."
        cure = "It needs the columns date and geography, and one for each group as Nomis names them."
        stop(Fault("reoffending.no-table", (name,), says, cure, place=Place(name)))
    found = Findings()
    where = {column: rows[0].index(column) for column in ("date", "geography")}
    areas = []
    for number, row in enumerate(rows[1:], 1):
        if not any(row):
            continue
        numbers = dict(_numbers(number, row, groups, (name, found)))
        year = words.count(_cell(row, where["date"]))
        if year is not None and year.value:
            area = Area(words.plain(_cell(row, where["geography"])))
            areas.append(Population(area, table, year.value, ages, numbers.pop(EVERYBODY, 0), numbers))
    refuse(found.all())
    return tuple(areas)


def _cell(row: list[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _numbers(
    number: int, row: list[str], groups: dict[int, str], told: tuple[str, Findings]
) -> Iterator[tuple[str, int]]:
    for column, group in groups.items():
        cell = _cell(row, column)
        counted = words.count(cell)
        if counted is not None and counted.value is not None:
            yield group, counted.value
        else:
            file, found = told
            place = Place(file, None, address(number, column))
            says = f"{quoted(cell)} is no number of residents."
            found.add(
                Fault(
                    "reoffending.bad-cell", (file, number, column), says, "Take the cell from the release.", place=place
                )
            )
