"""Tidy CSV with one number a row: a breakdown column, what is counted, and the month and year in which the cohort ends."""

from __future__ import annotations

from collections.abc import Sequence

from caselight.formats.reoffending_tables import words
from caselight.formats.reoffending_tables.collecting import Collected, Key, address
from caselight.formats.reoffending_tables.for_people import row_name
from caselight.formats.reoffending_tables.lists import cohort_of_ending
from caselight.method.faults import quoted
from caselight.method.reoffending.published import Area

COLUMNS = ("measure", "count", "end_period_year", "end_period_month", "period_length")


def read_long(rows: Sequence[Sequence[str]], into: Collected) -> bool:
    """The numbers of a long table; whether it is one. Its first other column is the breakdown."""
    header = [words.plain(cell).lower() for cell in rows[0]] if rows else []
    if not set(COLUMNS) <= set(header):
        return False
    place = {name: header.index(name) for name in COLUMNS}
    breakdown = next((column for column, name in enumerate(header) if name not in COLUMNS), None)
    category = header[breakdown] if breakdown is not None else ""
    for number, row in enumerate(rows[1:], 1):
        if not any(row):
            continue
        cells = {name: row[column] if column < len(row) else "" for name, column in place.items()}
        group = words.label(row[breakdown]) if breakdown is not None and breakdown < len(row) else ""
        _number(number, cells, (category, group) if group else (), place, into)
    return True


def _number(
    number: int, cells: dict[str, str], breakdown: tuple[str, ...], place: dict[str, int], into: Collected
) -> None:
    cohort = cohort_of_ending(cells["end_period_year"], cells["end_period_month"], cells["period_length"])
    name = row_name(words.label(cells["measure"]))
    if cohort is None:
        says = "The row names no cohort of three or twelve months."
        into.fault(
            "reoffending.unknown-cohort",
            says,
            "Write year, month, and Year or Quarter.",
            address(number, place["end_period_year"]),
        )
    if not name:
        says = f"{quoted(cells['measure'])} is none of the counts of a cohort."
        into.fault(
            "reoffending.unknown-row",
            says,
            "Name it as the release does: Number of reoffenders.",
            address(number, place["measure"]),
        )
    if cohort is not None and name:
        about = into.about
        key: Key = (about.measure_id, cohort, Area(about.area), about.people, breakdown)
        into.put(key, name, cells["count"], address(number, place["count"]))
