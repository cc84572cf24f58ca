"""The rows of a CSV file, read a line at a time within bounds: UTF-8, commas, RFC 4180 quotation marks.

Memory does not depend on the file: a line and a cell have a largest length, whatever the file says. A file that is no
such table is refused as a whole; a row with the wrong number of cells is left out and named.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path

from caselight.formats.files import BOM, has_nul, not_utf8, opened, size_of
from caselight.formats.package.layout import LARGEST_TABLE, LONGEST_CELL, LONGEST_LINE, Layout
from caselight.method.faults import Fault, Faults, Findings, Place, Severity, did_you_mean, quoted

_BLOCK = 1 << 20  # characters
Row = Sequence[str]


class CsvRows:
    """One open table: the columns that are asked for, in the order asked, and what other columns hold.

    ``may`` are columns that may be missing, and then are empty. Iterating gives the row's number in the file (the
    header is row 1) and its cells. ``extra`` collects, when there are unknown columns, the cells of the key and of
    those columns of every row.
    """

    def __init__(self, path: Path, name: str, found: Findings, of: Layout | None = None) -> None:
        self.path, self.name, self.found = path, name, found
        self.key, self.carried = (of.key, of.carried) if of else ((), ())
        self.unknown: tuple[str, ...] = ()
        self.extra: list[tuple[str, ...]] = []
        self.whole = True  # no row was left out

    def read(self, must: Sequence[str] | None, may: Sequence[str] = ()) -> Iterator[tuple[int, Row]]:
        """The rows with the columns of ``must`` and ``may``; with ``must=None`` all columns as the file has them.

        Raises Faults when the file cannot be read as a table.
        """
        size_of(self.path, self.name, LARGEST_TABLE)
        with opened(self.path, self.name) as stream:
            former = csv.field_size_limit(LONGEST_CELL)
            try:
                with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
                    yield from self._rows(text, must, may)
            except csv.Error as wrong:
                raise self._broken(str(wrong)) from None
            except UnicodeDecodeError:
                raise Faults([_first_wrong(self.path, self.name)]) from None
            finally:
                csv.field_size_limit(former)

    def _rows(
        self, text: io.TextIOWrapper, must: Sequence[str] | None, may: Sequence[str]
    ) -> Iterator[tuple[int, Row]]:
        self._row = 0
        reader = csv.reader(_lines(text, self.name), strict=True)
        header = self._header(next(reader, None))
        self._row = 1
        self.header = tuple(header)
        pick = self._picker(header, header if must is None else must, may)
        rest = self._others(header, must, may)
        width = len(header)
        for number, cells in enumerate(reader, 2):
            self._row = number
            if len(cells) != width:
                self._ragged(number, cells, width)
                continue
            if rest:
                self.extra.append(rest(cells))
            yield number, pick(cells) if pick else cells

    def _header(self, header: list[str] | None) -> list[str]:
        if not header:
            says = "The file has no row of column names."
            raise Faults([self._fault("package.no-header", says, "Write the column names into the first row.")])
        faults = []
        for position, column in enumerate(header):
            if not column.strip():
                says = f"Column {position + 1} has no name."
                faults.append(self._fault("package.unnamed-column", says, "Name the column, or take it out."))
            elif column in header[:position]:
                says = f"The column {quoted(column)} is there twice."
                cure = "Keep one of the two, or give the other a name of its own."
                faults.append(self._fault("package.duplicate-column", says, cure, column))
        if faults:
            raise Faults(faults)
        return header

    def _picker(self, header: list[str], must: Sequence[str], may: Sequence[str]) -> Callable[[Row], Row] | None:
        """What puts the cells into the order asked; nothing when they are in it."""
        missing = [column for column in must if column not in header]
        if missing:
            unknown = [column for column in header if column not in must and column not in may]
            raise Faults([self._missing(column, unknown) for column in missing])
        wanted = [*must, *may]
        if header == wanted:
            return None
        if all(column in header for column in wanted) and len(wanted) > 1:
            return itemgetter(*(header.index(column) for column in wanted))
        places = [header.index(column) if column in header else -1 for column in wanted]
        return lambda cells: tuple(cells[place] if place >= 0 else "" for place in places)

    def _missing(self, column: str, unknown: list[str]) -> Fault:
        says = f"The column {quoted(column)} is missing."
        cure = did_you_mean(column, unknown) if unknown else "Add the column; its cells may be empty."
        return self._fault("package.missing-column", says, cure, column)

    def _others(
        self, header: list[str], must: Sequence[str] | None, may: Sequence[str]
    ) -> Callable[[Row], tuple[str, ...]] | None:
        if must is None:
            return None
        known = {*must, *may}
        self.unknown = tuple(column for column in header if column not in known)
        places = [header.index(column) for column in (*self.key, *self.unknown)]
        for column in (column for column in self.unknown if column not in self.carried):
            says = f"The column {quoted(column)} is kept and not interpreted."
            cure = "If it should be one that Caselight knows, correct its name."
            place = Place(self.name, 1, column)
            self.found.add(Fault("package.unknown-column", (self.name,), says, cure, Severity.HINT, place))
        return (lambda cells: tuple(cells[place] for place in places)) if self.unknown else None

    def _ragged(self, number: int, cells: Row, width: int) -> None:
        if not cells:
            return  # an empty line
        self.whole = False
        says = f"The row has {len(cells)} cells and the header {width}."
        cure = "Put cells that hold a comma or a line break between quotation marks, and leave no cell out."
        self.found.add(Fault("package.ragged-row", (self.name, number), says, cure, place=Place(self.name, number)))

    def _broken(self, wrong: str) -> Faults:
        row = self._row + 1
        if "field larger" in wrong:
            says = f"A cell holds more than {LONGEST_CELL:,} characters, or its quotation mark is never closed."
            cure = "Check the quotation marks; keep long documents outside the table and name them in it."
            return Faults([self._fault("package.field-too-large", says, cure, row=row)])
        says = "The quotation marks of the row do not pair."
        cure = "Put the whole cell between quotation marks and double each one inside it."
        return Faults([self._fault("package.broken-quotes", says, cure, row=row)])

    def _fault(self, code: str, says: str, cure: str, column: str | None = None, *, row: int = 1) -> Fault:
        return Fault(code, (self.name, row), says, cure, place=Place(self.name, row, column))


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Lines of bounded length, taken from the file in blocks; a bare carriage return ends a line too."""
    return chain.from_iterable(io.StringIO(block, newline="") for block in _blocks(text, name))


def _blocks(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Whole lines, about a million characters at a time."""
    count, rest = 0, ""
    while block := text.read(_BLOCK):
        if "\0" in block:
            raise Faults([has_nul(name, count + (rest + block[: block.index("\0")]).count("\n") + 1)])
        block = rest + block
        # A carriage return at the very end may be the first half of a line end.
        cut = max(block.rfind("\n"), block.rfind("\r", 0, -1)) + 1
        rest = block[cut:]
        count += block.count("\n")
        if len(rest) > LONGEST_LINE:
            raise Faults([_long_line(name, count + 1)])
        if cut:
            yield block[:cut]
    if rest:
        yield rest


def _long_line(name: str, number: int) -> Fault:
    says = f"The line holds more than {LONGEST_LINE:,} characters; a cell may hold {LONGEST_CELL:,}."
    cure = "Check that it is the right file; keep long documents outside the table and name them in it."
    return Fault("package.field-too-large", (name,), says, cure, place=Place(name, number))


def _first_wrong(path: Path, name: str) -> Fault:
    """Where the first byte stands that is no UTF-8: looked for again by lines, because text is decoded ahead in blocks."""
    with opened(path, name) as stream:
        start = stream.read(3)
        if start != BOM:
            stream.seek(0)
        for number, line in enumerate(iter(lambda: stream.readline(4 * LONGEST_LINE), b""), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as wrong:
                return not_utf8(name, number, line[wrong.start : wrong.end])
    return not_utf8(name, 1, b"")
