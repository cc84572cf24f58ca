"""A table of reoffending counts for release, as CSV: read with every number, written with what is held back marked.

Columns: the period first, then any breakdowns (``all`` for a total), then ``entries``, ``reoffenders`` and, where there
are any, ``reoffences``. ``[c]`` stands for held back, ``[u]`` for a rate of fewer than 30 entries.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from caselight.formats.files import read_text, write_whole
from caselight.formats.tables.listing import Listed, listing_csv
from caselight.method.faults import Fault, Faults, Place, quoted
from caselight.method.reoffending.margins import COUNTS, Released, key_of
from caselight.method.reoffending.rates import Counts
from caselight.method.statistics.proportions import Undefined

HELD_BACK, LOW = "[c]", "[u]"
RATES = {
    "binary": ("entries", "reoffenders"),
    "per_offender": ("entries", "reoffences"),
    "per_reoffender": ("reoffenders", "reoffences"),
}  # each with the counts that it goes with


@dataclass(frozen=True, slots=True)
class Release:
    """The columns before the counts, whether there are reoffences, and the rows."""

    dimensions: tuple[str, ...]
    reoffences: bool
    rows: tuple[Released, ...]


def read_release(path: Path) -> Release:
    """Read a table. Counts held back in an earlier release (``[c]``) are None. Raises ``reoffending.bad-release``."""
    lines = csv.reader(read_text(path, path.name).splitlines(), strict=True)
    try:
        table = [(lines.line_num, [cell.strip() for cell in row]) for row in lines if row]
    except csv.Error as error:
        raise Faults([_fault(path, lines.line_num, f"The file is not CSV: {error}.")]) from None
    head = table[0][1] if table else []
    if not head or not set(COUNTS[:2]) <= set(head) or head[0] in COUNTS:
        raise Faults([_fault(path, 1, "The first row must name the period, any breakdowns, entries and reoffenders.")])
    dimensions = tuple(name for name in head if name not in COUNTS and name not in RATES)
    faults: list[Fault] = []
    rows = [
        row
        for line, cells in table[1:]
        if (row := _row(path, line, dict(zip(head, cells, strict=False)), dimensions, faults))
    ]
    if faults:
        raise Faults(faults)
    return Release(dimensions, "reoffences" in head, tuple(rows))


def _row(
    path: Path, line: int, cells: dict[str, str], dimensions: Sequence[str], faults: list[Fault]
) -> Released | None:
    counts: dict[str, int | None] = {}
    for name in COUNTS:
        written = cells.get(name, "")
        if written.isdecimal():
            counts[name] = int(written)
        elif written in {"", HELD_BACK}:
            counts[name] = None
        else:
            faults.append(_fault(path, line, f"{quoted(written)} is no whole number for {name}."))
            return None
    return Released(
        tuple(cells.get(name, "") for name in dimensions),
        counts["entries"],
        counts["reoffenders"],
        counts["reoffences"],
    )


def _fault(path: Path, line: int, says: str) -> Fault:
    cure = "Write a period, breakdowns (all for a total), entries, reoffenders and reoffences, with whole numbers."
    return Fault("reoffending.bad-release", (path.name, line), says, cure, place=Place(path.name, line))


def write_release(path: Path, release: Release, hidden: Container[str]) -> None:
    """Write the table whole, without the counts in ``hidden`` and without the rates made from them."""
    counts = COUNTS if release.reoffences else COUNTS[:2]
    rates = [name for name, needs in RATES.items() if release.reoffences or "reoffences" not in needs]
    rows = tuple((*row.at, *_shown(row, counts, rates, hidden)) for row in release.rows)
    write_whole(path, listing_csv(Listed("Reoffending", (*release.dimensions, *counts, *rates), rows)))


def _shown(row: Released, counts: Sequence[str], rates: Sequence[str], hidden: Container[str]) -> Iterator[str | int]:
    for name in counts:
        value = row.count(name)
        yield HELD_BACK if key_of(row.at, name) in hidden else "" if value is None else value
    of = Counts(row.entries or 0, row.reoffenders or 0, row.reoffences or row.reoffenders or 0)
    for rate in rates:
        value_of = getattr(of, rate)
        held = any(key_of(row.at, name) in hidden for name in RATES[rate])
        yield HELD_BACK if held else LOW if isinstance(value_of, Undefined) else str(value_of)
