"""Tables with one row for each figure: the ``Data`` sheets of the two data tools, and tidy CSV.

Columns are known by their names, however they are written and in whatever order; a column that nobody asked for is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from caselight.formats.reoffending_tables import words
from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.collecting import Collected, Key, address
from caselight.method.faults import quoted
from caselight.method.reoffending.published import Area, Cohort

NAMES = {
    "people": ("adultchild", "adultjuvenile", "agegroup", "group", "people"),
    "cohort": ("cohort", "period", "cohortperiod"),
    "area": ("region", "geography", "area", "localauthority", "utla"),
    "code": ("geographycode", "areacode", "code", "onscode", "utlacode"),
    "category": ("category",),
    "first": ("subcat1", "subcategory1"),
    "second": ("subcat2", "subcategory2"),
    "entries": ("offenders", "numberofoffenders", "numberofoffendersincohort", "offendersincohort", "entries"),
    "reoffenders": ("reoffenders", "numberofreoffenders"),
    "reoffences": ("reoffences", "numberofreoffences"),
    "binary": ("ratepctpublished", "proportionofoffenderswhoreoffend", "binary"),
    "measure": ("measure",),
    "source": ("source",),
}
NEEDED = ("cohort", "area", "entries", "reoffenders")
NUMBERS = ("entries", "reoffenders", "reoffences", "binary")
TOTALS = frozenset({"", "total", "all", "overall"})
WRITTEN = {"12-month": "EW-12M", "pooled 3-month": "EW-3M"}  # measures as some tables write them
Row = Sequence[object]
Value = Callable[[str], object]


def header_of(row: Row) -> dict[str, int]:
    """Which column is which, by name; what a list needs is all there, or the result is empty.

    >>> sorted(header_of(["Adult / Juvenile", "Cohort", "Geography", "Category", "Offenders", "Reoffenders"]))
    ['area', 'category', 'cohort', 'entries', 'people', 'reoffenders']
    """
    written = [re.sub(r"\(\d+\)|[^a-z0-9]", "", words.plain(cell).lower()) for cell in row]
    found = {
        name: next(written.index(one) for one in names if one in written)
        for name, names in NAMES.items()
        if any(one in written for one in names)
    }
    return found if all(name in found for name in NEEDED) else {}


def read_list(rows: Sequence[Row], into: Collected) -> bool:
    """The figures of a list whose header is among the first rows; whether there is one."""
    for top, row in enumerate(rows[:30]):
        columns = header_of(row)
        if columns:
            for number, cells in enumerate(rows[top + 1 :], top + 1):
                if any(words.plain(cell) for cell in cells):
                    _figure(number, cells, columns, into)
            return True
    return False


def _figure(number: int, cells: Row, columns: Mapping[str, int], into: Collected) -> None:
    def value(name: str) -> object:
        place = columns.get(name, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    def at(name: str) -> str:
        return address(number, columns[name])

    key = _key(value, at, columns, into)
    if key is None:
        return
    if key in into.cells:
        says = f"The row says again what {quoted(key[2].name)} has in {key[1].name}."
        into.fault("reoffending.row-twice", says, "Take one of the two rows out.", at("area"))
        return
    for name in NUMBERS:
        if name in columns:
            into.put(key, name, value(name), at(name))
    into.from_source(key, words.plain(value("source")))


def _key(value: Value, at: Callable[[str], str], columns: Mapping[str, int], into: Collected) -> Key | None:
    """What a row is about; None where it does not say, and why is told."""
    cohort = words.cohort(value("cohort"))
    people = words.people(value("people")) if "people" in columns else into.about.people
    area = words.label(value("area"))
    if cohort is None:
        says = f"{quoted(words.plain(value('cohort')))} is no cohort of three or twelve months."
        into.fault("reoffending.unknown-cohort", says, "Write it as Apr 2012 to Mar 2013.", at("cohort"))
    if people is None:
        says = f"{quoted(words.plain(value('people')))} does not say who is counted."
        into.fault("reoffending.unknown-people", says, "Write Child, Adult or All.", at("people"))
    if not area:
        into.fault("reoffending.no-area", "The row names no area.", "Name the area as the release does.", at("area"))
    if cohort is None or people is None or not area:
        return None
    measure = _measure(words.plain(value("measure")), into.about)
    return measure, cohort, Area(area, words.plain(value("code"))), people, _breakdown(value)


def _measure(written: str, about: About) -> str:
    """The measure as the row says it, else as whoever imports it says."""
    return WRITTEN.get(written, written) or about.measure_id


def _breakdown(value: Value) -> tuple[str, ...]:
    """Category and sub-categories; none of them for a total of an area."""
    category = words.label(value("category"))
    under = [text for name in ("first", "second") if (text := words.label(value(name))).casefold() not in TOTALS]
    whole = category.casefold() in TOTALS or category.casefold().endswith(" total")
    return () if whole and not under else (category, *under)


def cohort_of_ending(year: str, month: str, length: str) -> Cohort | None:
    """A cohort from the year and month that it ends in: ``2020``, ``March``, ``Year``.

    >>> [str(day) for day in cohort_of_ending("2020", "Mar", "Quarter").days]
    ['2020-01-01', '2020-03-31']
    """
    last = words.MONTHS.get(month[:3].lower(), 0)
    whole = words.plain(float(year)) if re.fullmatch(r"[0-9]{4}(\.0)?", year) else ""
    months = {"year": 12, "quarter": 3}.get(length.strip().lower(), 0)
    if not (last and whole and months):
        return None
    first = (last - months) % 12 + 1
    began = int(whole) - (first > last)
    named = list(words.MONTHS)
    return words.cohort(f"{named[first - 1].title()} {began}-{named[last - 1].title()} {whole}")
