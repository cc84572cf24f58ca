"""All sheets of a workbook, in order: start, overview, one for each subject, tables, guidance, and two hidden ones."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import groupby

from caselight.formats.workbook import words
from caselight.formats.workbook.book import Book, Record
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.formulas.on_sheet import OnSheet
from caselight.formats.workbook.formulas.questions import Told
from caselight.formats.workbook.writing import front, overview
from caselight.formats.workbook.writing.case_sheet import CaseSheet
from caselight.formats.workbook.writing.cells import marks
from caselight.formats.workbook.writing.cells.lines import Lines
from caselight.formats.workbook.writing.cells.marked import Marked, Marks
from caselight.formats.workbook.writing.cells.names import Names, quoted
from caselight.formats.workbook.writing.cells.pen import Pen
from caselight.formats.workbook.writing.cells.places import COLUMN, Below
from caselight.formats.workbook.writing.cells.shelf import SHEET as LISTS
from caselight.formats.workbook.writing.cells.shelf import Shelf
from caselight.formats.workbook.writing.front import Front, Way
from caselight.formats.workbook.writing.guidance import guide_rows, write_guidance
from caselight.formats.workbook.writing.overview import Group, Overview, write_grid
from caselight.formats.workbook.writing.record import SHEET as RECORD
from caselight.formats.workbook.writing.record import write_record
from caselight.formats.workbook.writing.table_sheet import TableSheet
from caselight.method.framework.questions import Question

NOBODY = Marked("")
MOST_ROWS = 1_000_000


def workbook_bytes(contents: Contents, book: Book, marks_: Marks | None = None, author: Marked = NOBODY) -> bytes:
    """A workbook as the bytes of an .xlsx file: the same content gives the same bytes.

    ``marks_`` shows what somebody entered and what is wrong with it, ``author`` who filled it in.
    """
    stream = io.BytesIO()
    _Writer(contents, book, marks_ or {}, stream).write(author)
    return stream.getvalue()


class _Writer:
    def __init__(self, contents: Contents, book: Book, marks_: Marks, stream: io.BytesIO) -> None:
        self.contents, self.book = contents, book
        package = contents.package
        self.pen = Pen(stream, f"{package.inspection.title}: workbook")
        self.names = Names()
        for reserved in (front.SHEET, overview.SHEET, words.GUIDANCE, LISTS, RECORD):
            self.names.take(reserved)
        kinds = {record.kind for record in book.everyone()}
        self.questions: list[Question] = [
            q for q in package.framework.asked(package.inspection.framework.screening)
            if package.framework.subject_of(q) in kinds
        ]  # fmt: skip
        first = self.pen.sheet(front.SHEET)
        self.overview = Overview(self.pen)
        self.shelf = Shelf(contents.lists, package.holidays)
        self.front = Front(self.pen, first, self.shelf, inspection=package.inspection, meta=book.meta)
        self.lines = Lines(self.pen, self.shelf, guide_rows(self.questions), marks_, contents.language_)

    def write(self, author: Marked) -> None:
        """Write it all and finish the file."""
        ways: list[Way] = []
        told: list[Told] = []
        everybody: dict[str, list[OnSheet]] = {}
        for kind, group in groupby(self.book.records, key=lambda record: record.kind):
            records = list(group)
            cells, own = self._table(records, ways) if self.book.meta.layout == "rows" else self._sheets(records, ways)
            everybody.setdefault(kind, []).extend(cells)
            told += own
            for one in cells:
                for table, rows in one.found.items():
                    everybody.setdefault(table, []).extend(rows)
        self._counts(everybody)
        framework, language = self.contents.package.framework, self.contents.language_
        write_guidance(self.pen, framework, self.questions, language)
        self.front.fill(ways, told, author, framework.title.in_(language))
        self.shelf.write(self.pen)
        write_record(self.pen, self.book)
        self.pen.close()

    def _sheets(self, records: Sequence[Record], ways: list[Way]) -> tuple[list[OnSheet], list[Told]]:
        found, told = [], []
        for record in records:
            name = self.names.take(record.label or record.key)
            sheet = CaseSheet(self.lines, self.contents, record, name)
            marks.mark(self.pen, sheet.sheet, marks.SUBJECT, self.book.meta, record.address[:2])
            cells, own = sheet.write(self._line(record))
            range_ = _standings(name, cells)
            now = _open(cells)
            ways.append(Way(name, self._worker(record), f'COUNTIF({range_},"{words.STANDING["U"]}")', now))
            found.append(cells)
            told += own
        return found, told

    def _table(self, records: Sequence[Record], ways: list[Way]) -> tuple[list[OnSheet], list[Told]]:
        name = self.names.take(self._noun(records[0].kind).capitalize())
        sheet = TableSheet(self.lines, self.contents, records, name)
        marks.mark(self.pen, sheet.sheet, marks.TABLE, self.book.meta, (records[0].kind,))
        ways.append(Way(name, f"{len(records)} {self._noun(records[0].kind)}", "", 0))
        return sheet.write(f"{self.contents.package.inspection.title}")

    def _counts(self, everybody: Mapping[str, Sequence[OnSheet]]) -> None:
        groups = []
        for kind, cells in everybody.items():
            group = Group(self._noun(kind), self.contents.items(kind), cells)
            if group.items:
                write_grid(self.pen, group, self.names)
                groups.append(group)
        self.overview.fill(groups)

    def _noun(self, kind: str) -> str:
        subjects = self.contents.package.framework.subjects
        return next(s.many.in_(self.contents.language_) for s in subjects if s.id == kind)

    def _worker(self, record: Record) -> str:
        labels = {subject.key: subject.label for subject in self.contents.package.subjects}
        return labels.get(record.managed_by, record.managed_by)

    def _line(self, record: Record) -> str:
        worker = self._worker(record)
        parts = [self.contents.package.inspection.title, f"key {record.key}", worker, f"workbook {self.book.meta.id}"]
        return "; ".join(part for part in parts if part)


def _standings(name: str, cells: OnSheet) -> str:
    from xlsxwriter.utility import xl_range_abs

    place = cells.place
    assert isinstance(place, Below)  # noqa: S101 - sheets of their own have a line for each item
    return f"{quoted(name)}!{xl_range_abs(0, COLUMN['standing'], _last(cells), COLUMN['standing'])}"


def _last(cells: OnSheet) -> int:
    own = max(cells.place.rows.values(), default=0)  # type: ignore[attr-defined]
    return max([own, *(_last(row) for rows in cells.found.values() for row in rows)])


def _open(cells: OnSheet) -> int:
    """How many questions are asked and not answered now."""
    own = 0
    for item in cells.items.values():
        if item.sort == "question":
            code = cells.now(cells.place.state(item.key, "code"))
            own += code == "U" and cells.now(cells.place.state(item.key, "applies")) == 1
    return own + sum(_open(row) for rows in cells.found.values() for row in rows)
