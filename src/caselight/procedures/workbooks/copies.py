"""A copy of a completed workbook that shows what is wrong beside each cell, and is itself a workbook to go on with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from caselight.formats.files import write_whole
from caselight.formats.workbook.book import Book, Record, clean
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.reading.completed import Completed
from caselight.formats.workbook.writing.cells.marked import Marked, Marks, Spot
from caselight.formats.workbook.writing.workbook import workbook_bytes
from caselight.method.faults import errors
from caselight.method.inspection.package import Package

ENDING = ".faults.xlsx"


def write_copy(path: Path, read: Completed, after: Package) -> Path | None:
    """Write ``FILE.faults.xlsx`` beside a file with faults; what was entered stays as it was typed.

    ``after`` is the inspection with what could be read, so that the copy shows what follows from it.
    """
    if not errors(read.faults):
        return None
    contents = Contents(after, read.book.meta.layout, read.book.meta.pass_, read.book.meta.language)
    author = next((fault for fault in read.faults if fault.place == read.author_place), None)
    marked = Marked(read.author, f"{author.says} {author.cure}" if author else "")
    target = path.with_name(f"{path.stem}{ENDING}")
    write_whole(target, workbook_bytes(contents, _book(read.book, contents), _marks(read), marked))
    return target


def _book(book: Book, contents: Contents) -> Book:
    """The book with what was supplied, which a workbook does not remember, as it is now."""

    def supplied(record: Record) -> Record:
        now = contents.book([record.key]).records
        return replace(record, supplied=next((one.supplied for one in now if one.address == record.address), {}))

    return replace(book, records=tuple(map(supplied, book.records)))


def _marks(read: Completed) -> Marks:
    """Every cell that says something else than when it was written, and every cell with a fault."""
    marks: dict[Spot, Marked] = {}
    for record in read.book.everyone():
        for item in read.contents.items(record.kind):
            for name in item.fields:
                spot = (record.address, item.key, name)
                text, fault = read.texts.get(spot, ""), read.wrong.get(spot)
                if fault is not None:
                    marks[spot] = Marked(text, f"{fault.says} {fault.cure} ({fault.code})")
                elif spot in read.texts and text != clean(record.entry(item.key).texts.get(name, "")):
                    marks[spot] = Marked(text)
    return marks
