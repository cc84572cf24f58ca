"""The tables of one folder, each read to its records, in an order that does not depend on the order of its rows."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from operator import le
from pathlib import Path
from typing import Any, TypeVar

from caselight.formats.package import layout
from caselight.formats.package.layout import Layout
from caselight.formats.package.reading import tables
from caselight.formats.package.reading.answers import read_events
from caselight.formats.package.reading.cells import Cells
from caselight.formats.package.reading.csv_rows import CsvRows, Row
from caselight.method.answers.events import AnswerEvent
from caselight.method.faults import Fault, Faults, Findings, Place, Severity
from caselight.method.framework.parts import Fact
from caselight.method.inspection.package import Action, Table

Record = TypeVar("Record")


@dataclass(slots=True)
class Sections:
    """Reads table after table and remembers the row of each record, unknown columns, and whether all was read."""

    folder: Path
    found: Findings
    rows: dict[str, Sequence[int]] = field(default_factory=dict)
    extra: dict[str, Table] = field(default_factory=dict)
    whole: bool = True

    def read(
        self, of: Layout, make: Callable[[int, Row, Cells], Record], order: Callable[[Record], Any]
    ) -> tuple[Record, ...]:
        """The records of one table in canonical order."""
        cells = Cells(of.file, self.found)
        numbers = array("L")
        records = []
        for number, row in self._rows(of, of.optional):
            cells.formulas(number, of.columns, row)
            records.append(make(number, row, cells))
            numbers.append(number)
        return self._ordered(of, records, numbers, order)

    def caseload(self, facts: Sequence[Fact]) -> tuple[Any, ...]:
        """The caseload, whose columns depend on the framework."""
        of, cells, numbers, records = layout.CASELOAD, Cells(layout.CASELOAD.file, self.found), array("L"), []
        columns = [*of.columns, *(fact.id for fact in facts)]
        make = tables.caseload_case(facts)
        for number, row in self._rows(of, columns[len(of.columns) :]):
            cells.formulas(number, columns, row)
            records.append(make(number, row, cells))
            numbers.append(number)
        return self._ordered(of, records, numbers, lambda case: case.key)

    def events(self) -> tuple[AnswerEvent, ...]:
        """The answer events in the order of their ids; an event may still be there twice."""
        of = layout.ANSWERS
        events, numbers = read_events(self._rows(of, ()), Cells(of.file, self.found))
        return self._ordered(of, events, numbers, lambda event: event)

    def actions(self) -> tuple[tuple[Action, ...], Table | None]:
        """The actions; or, where a file of before has other columns, that file as it is, which is kept and not read."""
        of = layout.ACTIONS
        columns = self._columns(of.file)
        missing = [column for column in of.columns if columns and column not in columns]
        if not missing:
            return self.read(of, tables.action, lambda action: action.id), None
        self.found.add(_not_read(of.file, missing))
        return (), self.carried(of.file)

    def _columns(self, file: str) -> tuple[str, ...]:
        """The columns that a file has; none where it has no readable first line, which is told when it is read."""
        rows = CsvRows(self.folder / file, file, Findings())
        rows.header = ()
        if (self.folder / file).exists():
            with suppress(Faults):
                next(rows.read(None), None)
        return rows.header

    def carried(self, file: str) -> Table | None:
        """A table that is kept as it is."""
        if not (self.folder / file).exists():
            return None
        rows = CsvRows(self.folder / file, file, self.found)
        try:
            body = tuple(tuple(row) for _, row in rows.read(None))
        except Faults as refusal:
            self._refused(refusal)
            return None
        self.whole = self.whole and rows.whole
        return Table(rows.header, body)

    def _rows(self, of: Layout, may: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """The rows of a table, as far as it can be read; what keeps it from being read is noted."""
        path = self.folder / of.file
        if not path.exists():
            if of.required:
                self._refused(Faults([_missing(of.file)]))
            return
        rows = CsvRows(path, of.file, self.found, of)
        try:
            yield from rows.read(of.columns, may)
        except Faults as refusal:
            self._refused(refusal)
        self.whole = self.whole and rows.whole
        if rows.unknown:
            self.extra[of.file] = Table((*of.key, *rows.unknown), tuple(sorted(rows.extra)))

    def _refused(self, refusal: Faults) -> None:
        self.found.extend(refusal)
        self.whole = False

    def _ordered(
        self, of: Layout, records: list[Record], numbers: array[int], order: Callable[[Record], Any]
    ) -> tuple[Record, ...]:
        """Canonical order, so that nothing downstream depends on the order of the rows; often it is that already."""
        keys = [order(record) for record in records]
        if all(map(le, keys, islice(keys, 1, None))):
            self.rows[of.section] = numbers
            return tuple(records)
        places = sorted(range(len(keys)), key=keys.__getitem__)
        self.rows[of.section] = array("L", (numbers[place] for place in places))
        return tuple(records[place] for place in places)


def _not_read(file: str, missing: Sequence[str]) -> Fault:
    says = f"The file {file} is kept and not read: it lacks the columns {', '.join(missing)}."
    cure = "Add the columns to have its actions checked, listed and reported."
    return Fault("package.actions-not-read", (file,), says, cure, Severity.HINT, Place(file, 1))


def _missing(file: str) -> Fault:
    says = f"There is no file {file}."
    cure = "Add it; without rows, the line of column names is enough."
    return Fault("package.missing-file", (file,), says, cure, place=Place(file))
