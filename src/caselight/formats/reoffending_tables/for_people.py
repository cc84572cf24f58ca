"""Tables made for people: one sheet a table, cohorts across, groups with their rows of numbers below.

As the supplementary tables of the Youth Justice Statistics are: merged cells over the cohorts, footnote digits glued to
labels, a group's name in a row of its own and under it a row for each count. Sheets are told by what stands in them,
never by their names. Columns of changes and rows of shares are left: they follow from the counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from caselight.formats.reoffending_tables import words
from caselight.formats.reoffending_tables.collecting import Collected, Key, address
from caselight.method.reoffending.published import Area, Cohort

Row = Sequence[object]
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\(\d{1,2}\))*")
_ENDING = re.compile(r"years? ending\s+([A-Za-z]{3,9})", re.IGNORECASE)
ROWS = (
    (
        re.compile(
            r"number of (?:children|offenders|entries|adults).*|children in cohort|offenders in cohort", re.IGNORECASE
        ),
        "entries",
    ),
    (re.compile(r"number of reoffenders.*", re.IGNORECASE), "reoffenders"),
    (re.compile(r"number of reoffences.*", re.IGNORECASE), "reoffences"),
    (re.compile(r"(?:proportion|percentage) of .*(?:who|that) reoffend.*|binary rate.*", re.IGNORECASE), "binary"),
    (re.compile(r"average number of reoffences per reoffender.*", re.IGNORECASE), "per_reoffender"),
    (re.compile(r"average number of reoffences per (?:child|offender|entry).*", re.IGNORECASE), "per_offender"),
)
OTHER_ROWS = re.compile(r"percentage.*|proportion.*|cumulative.*|average.*|share.*|number of previous.*", re.IGNORECASE)
TOTALS = frozenset({"total", "all", "all children", "all offenders", "overall"})


def row_name(label: str) -> str:
    """Which count or rate a row holds; empty for another row.

    >>> row_name("Number of children in cohort"), row_name("Boys")
    ('entries', '')
    """
    return next((name for pattern, name in ROWS if pattern.fullmatch(label)), "")


@dataclass
class Block:
    """The rows under one header: its cohorts by column, the category, the group and the row read last."""

    cohorts: Mapping[int, Cohort]
    category: str
    column: int
    group: str = ""
    name: str = ""
    left: bool = field(default=False)  # under a heading of shares, which are not read


def read_for_people(rows: Sequence[Row], into: Collected) -> bool:
    """The figures of every table on a sheet; whether there is one."""
    block, found = None, False
    for number, row in enumerate(rows):
        header = _header(rows, number)
        if header is not None:
            block, found = header, True
        elif block is not None:
            _read_row(number, row, block, into)
    return found


def _header(rows: Sequence[Row], number: int) -> Block | None:
    """A row that names two cohorts or more, and what stands before them."""
    row = rows[number]
    cohorts = dict(_cohorts(row, _carried(rows[number - 1]) if number else ()))
    if len(cohorts) < 2:
        return None
    before = [(column, text) for column in range(min(cohorts)) if (text := words.label(row[column]))]
    if not before and number:  # merged downwards: the words stand in the row above
        above = rows[number - 1]
        before = [(c, text) for c in range(min(*cohorts, len(above))) if (text := words.label(above[c]))]
    column, category = before[0] if before else (0, "")
    return Block(cohorts, category, column)


def _cohorts(row: Row, above: Sequence[str]) -> Iterator[tuple[int, Cohort]]:
    for column, cell in enumerate(row):
        over = above[column] if column < len(above) else ""
        found = words.cohort(cell) or _under(words.plain(cell), over)
        if found is not None:
            yield column, found


def _under(text: str, over: str) -> Cohort | None:
    """A cohort whose name is cut in two: ``2020`` under ``Years ending March``, ``Apr - Jun`` under ``2019``."""
    year, ending = _YEAR.fullmatch(text), _ENDING.search(over)
    if year is not None and ending is not None:
        return words.cohort(f"Year ending {ending[1]} {year[1]}")
    above = _YEAR.fullmatch(over)
    return words.cohort(f"{text} {above[1]}") if above is not None and text else None


def _carried(row: Row) -> list[str]:
    """The texts of a row with merged cells: what stands in the first cell of them holds for all."""
    texts: list[str] = []
    for cell in row:
        texts.append(words.plain(cell) or (texts[-1] if texts else ""))
    return texts


def _read_row(number: int, row: Row, block: Block, into: Collected) -> None:
    label = words.label(row[block.column]) if block.column < len(row) else ""
    values = {column: row[column] for column in block.cohorts if column < len(row) and words.plain(row[column])}
    if not label:
        return
    name = row_name(label)
    if not values:
        _heading(label, name, block)
        return
    if not name:
        if block.left or OTHER_ROWS.fullmatch(label):
            return
        # A row of numbers with the name of a group: the heading, or the table, says what is counted.
        name = block.name or ("reoffences" if block.category.casefold().startswith("time to reoffence") else "")
        block.group = label
        if not name:
            into.fault("reoffending.unknown-row", f"“{label[:60]}” has numbers, and nothing says what they count.",
                       "Name the row as the release does: Number of reoffenders.", address(number, block.column))  # fmt: skip
            return
    for column, value in values.items():
        key: Key = (
            into.about.measure_id,
            block.cohorts[column],
            Area(into.about.area),
            into.about.people,
            _breakdown(block),
        )
        into.put(key, name, value, address(number, column))


def _heading(label: str, name: str, block: Block) -> None:
    """A row without numbers: it names the group of the rows below it, or what they count."""
    if name or OTHER_ROWS.fullmatch(label):
        block.name, block.left = name if name in ("entries", "reoffenders", "reoffences") else "", not name
    else:
        block.group, block.name, block.left = label, "", False


def _breakdown(block: Block) -> tuple[str, ...]:
    if not block.group or block.group.casefold() in TOTALS:
        return ()
    return (block.category, block.group) if block.category else (block.group,)
