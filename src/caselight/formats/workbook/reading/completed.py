"""A completed workbook: what it was when it was written, who filled it in, and the text of every entry cell now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from caselight.formats.workbook import words
from caselight.formats.workbook.book import Book, Record, clean
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.reading.container import opened
from caselight.formats.workbook.reading.grids import Grid, grids
from caselight.formats.workbook.reading.recorded import read_record
from caselight.formats.workbook.reading.spots import Spots, find_spots
from caselight.formats.workbook.reading.values import entered
from caselight.formats.workbook.writing.cells.marked import Spot
from caselight.formats.workbook.writing.cells.marks import COVER
from caselight.method.faults import Fault, Place, Severity, quoted, stop
from caselight.method.inspection.package import Package


@dataclass
class Completed:
    """A workbook that was read: its book, contents to compare with, the texts of its cells, and what is wrong."""

    name: str
    book: Book
    contents: Contents
    author: str
    author_place: Place
    saved: str
    spots: Spots
    texts: dict[Spot, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    wrong: dict[Spot, Fault] = field(default_factory=dict)

    def place(self, spot: Spot) -> Place:
        """The cell of an entry; the file where it has none."""
        if spot not in self.spots.cells:
            return Place(self.name)
        grid, row, column = self.spots.cells[spot]
        return grid.place(row, column)

    def note(self, spot: Spot, fault: Fault) -> None:
        """A fault of one cell; the first of a cell is shown beside it."""
        placed = fault.at(self.place(spot))
        self.faults.append(placed)
        if placed.severity is Severity.ERROR:
            self.wrong.setdefault(spot, placed)

    def now(self, record: Record, item: Item) -> dict[str, str]:
        """The texts of a line now, field by field; those of a line that is not there as they were written."""
        entry = record.entry(item.key)
        return {
            name: self.texts.get((record.address, item.key, name), clean(entry.texts.get(name, "")))
            for name in item.fields
        }


def read_workbook(path: Path, package: Package) -> Completed:
    """Read one file against the inspection it was written from. Raises Faults when it cannot be read at all."""
    file = opened(path)
    sheets = grids(file)
    book = read_record(file.name, sheets)
    contents = Contents(package, book.meta.layout, book.meta.pass_, book.meta.language)
    _fits(file.name, book, contents)
    wanted = {
        record.address: {item.key: item.fields for item in contents.items(record.kind)} for record in book.everyone()
    }
    spots = find_spots(book, sheets, wanted)
    author, place = _author(file.name, sheets)
    read = Completed(file.name, book, contents, author, place, file.saved, spots)
    read.faults.extend(fault if fault.place else fault.at(Place(file.name)) for fault in spots.faults)
    for record in book.everyone():
        for item in contents.items(record.kind):
            _entries(read, record, item, from_1904=file.from_1904)
    return read


def _fits(file: str, book: Book, contents: Contents) -> None:
    """Refuse a workbook of another inspection or of another version of the framework."""
    now = contents.book(["\0"]).meta  # of nobody: only what it is for
    meta = book.meta
    place = Place(file)
    if meta.inspection != now.inspection:
        says = f"{quoted(file)} belongs to the inspection {quoted(meta.inspection)}, not to {quoted(now.inspection)}."
        cure = "Read it into the folder that it was written from."
        stop(Fault("workbook.other-inspection", (file,), says, cure, place=place))
    if meta.digest != now.digest:
        says = (
            f"{quoted(file)} was written with {meta.framework} {meta.version}, and the framework of the folder is "
            f"{now.framework} {now.version}{' in other words' if meta.version == now.version else ''}."
        )
        cure = "Questions may have changed, so nothing is guessed: write the workbook again and copy the answers."
        stop(Fault("workbook.other-framework", (file,), says, cure, place=place))
    known = set(contents.sheets)
    for record in book.records:
        if (record.kind, record.key) not in known:
            says = f"{quoted(record.key)} is no longer examined in this inspection."
            cure = "Put it back into the sample, or take its sheet out and write the workbook again."
            stop(Fault("workbook.unknown-subject", (file, record.key), says, cure, place=place))


def _author(file: str, sheets: Mapping[str, Grid]) -> tuple[str, Place]:
    for grid in sheets.values():
        if grid.text(0, 1) == COVER:
            row = grid.first(words.AUTHOR)
            if row is not None:
                return clean(str(grid.at(row, 1))), grid.place(row, 1)
    return "", Place(file)


def _entries(read: Completed, record: Record, item: Item, *, from_1904: bool) -> None:
    """The entry cells of one line."""
    for name in item.fields:
        spot = (record.address, item.key, name)
        if spot not in read.spots.cells:
            continue
        type_ = item.type if name == "answer" else "date" if name == "due" else "text"
        found = entered(read.spots.value(spot), type_, from_1904=from_1904)
        was = clean(record.entry(item.key).texts.get(name, ""))
        read.texts[spot] = found.text
        for fault in _structure(read, spot):
            read.note(spot, fault)
        if found.text == was:
            continue
        if found.code and spot not in read.wrong:
            read.note(spot, Fault(found.code, (item.key,), found.says, found.cure))
        if found.read_as:
            says = f"The number {found.read_as} was read as the day {found.text}."
            cure = "Check the day, and give the cell the form of a date."
            read.note(spot, Fault("workbook.serial-date", (item.key,), says, cure, Severity.WARNING))
        if record.entry(item.key).locked:
            says = f"The cell was locked and was changed: {record.entry(item.key).locked}"
            read.note(spot, Fault("workbook.locked", (item.key,), says, "Put back what stood there."))


def _structure(read: Completed, spot: Spot) -> Iterator[Fault]:
    """Formulas and merged cells where a person should have typed."""
    grid, row, column = read.spots.cells[spot]
    if (row, column) in grid.scan.formulas:
        says = "The cell holds a formula, so its answer could change by itself."
        cure = "Type the answer. A note that begins with an equals sign needs another first character."
        yield Fault("workbook.formula", (spot[1],), says, cure)
    for top, left, bottom, right in grid.scan.merged:
        if top <= row <= bottom and left <= column <= right and (top, left) != (bottom, right):
            says = "The cell was merged with others, so nobody can tell to which of them its text belongs."
            yield Fault("workbook.merged", (spot[1],), says, "Take the merging back, and type each answer in its cell.")
            return
