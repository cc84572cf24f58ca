"""Cells collected while a file is read, with what is wrong in it, each with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from caselight.formats.reoffending_tables import words
from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.dashes import UNSAID, Rule, declared, is_dash, settled
from caselight.method.faults import Fault, Faults, Findings, Place, Severity, quoted
from caselight.method.reoffending.published import (
    PLACES,
    Area,
    Cohort,
    Count,
    People,
    Provenance,
    Published,
    RateName,
    State,
)

Key = tuple[str, Cohort, Area, People, tuple[str, ...]]  # with the measure first
COUNTS = frozenset({"entries", "reoffenders", "reoffences"})


def address(row: int, column: int) -> str:
    """A cell as spreadsheet programs name it, from row and column counted from 0: ``D17``.

    >>> address(16, 3), address(0, 27)
    ('D17', 'AB1')
    """
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row + 1}"


def csv_rows(text: str, name: str) -> list[list[str]]:
    """The rows of a CSV text. Raises ``reoffending.bad-csv``."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        says = "The quotation marks of the file do not pair, or a cell is far too long."
        cure = "Save it again as CSV from a spreadsheet program."
        raise Faults([Fault("reoffending.bad-csv", (name,), says, cure, place=Place(name))]) from None


@dataclass
class Collected:
    """The published cells of one sheet or table, in the order found; numbers of one cohort and group come together."""

    file: str
    sha256: str
    about: About
    found: Findings
    sheet: str = ""
    cells: dict[Key, Published] = field(default_factory=dict)
    dash: Rule | None = None

    def learn(self, rows: Sequence[Sequence[object]], elsewhere: Iterable[Rule] = ()) -> None:
        """Find out what a dash stands for: as these rows say, else other sheets, else whoever imports the file."""
        here, said = declared(rows, self.sheet), self.about.dashes
        self.dash, clear = settled(here, elsewhere, said)
        if not clear or (here and said and here[0].dash is not said[0].dash):
            self.dash = None
            says = "It is said in two ways what a dash stands for in this table."
            self.fault("reoffending.dash-unclear", says, "Look in its notes, and say what they say.")

    @property
    def provenance(self) -> Provenance:
        """Where the cells of this sheet come from."""
        return self.about.provenance(self.file, self.sha256, self.sheet)

    def cell(self, key: Key) -> Published:
        """The cell of a measure, cohort, area, people and breakdown; a new one where there is none."""
        if key not in self.cells:
            self.cells[key] = Published(*key, provenance=self.provenance)
        return self.cells[key]

    def put(self, key: Key, name: str, value: object, where: str) -> None:
        """One number, by the name of a count or a rate. What is neither number nor state is a fault, and is not given."""
        cell = self.cell(key)
        if self.dash is not None and is_dash(value):
            value, where = self.dash.read(where)
        if name in COUNTS:
            counted = self._count(value, where)
            if not (cell.counts[name].known and counted.state is State.NOT_GIVEN):
                self.cells[key] = replace(cell, **{name: counted})  # type: ignore[arg-type] # its name is one of COUNTS
            return
        rate = words.rate(value, where, PLACES[name])
        if rate is None:
            self._unread(value, where)
        elif rate.state is not State.NOT_GIVEN:
            self.cells[key] = replace(cell, rates={**cell.rates, RateName(name): rate})

    def from_source(self, key: Key, source: str) -> None:
        """Where this row was read, if it says so itself."""
        if source:
            cell = self.cell(key)
            self.cells[key] = replace(cell, provenance=replace(cell.provenance, source=source))

    def _count(self, value: object, where: str) -> Count:
        found = words.count(value, where)
        if found is None:
            self._unread(value, where)
        return found or Count(None, State.NOT_GIVEN, where)

    def _unread(self, value: object, where: str) -> None:
        if is_dash(value):
            self.fault("reoffending.dash-unsaid", *UNSAID, where)
            return
        says = f"{quoted(words.plain(value))} is neither a number that can stand here nor a mark that is known."
        self.fault(
            "reoffending.bad-cell",
            says,
            "Correct the cell, or mark it as the release does: * withheld, .. not published.",
            where,
        )

    def fault(
        self, code: str, says: str, cure: str, where: str | None = None, *, severity: Severity = Severity.ERROR
    ) -> None:
        """One thing that is wrong, in a cell or in the sheet as a whole."""
        place = Place(f"{self.file} [{self.sheet}]" if self.sheet else self.file, None, where)
        self.found.add(Fault(code, (self.file, self.sheet, where or ""), says, cure, severity, place))
