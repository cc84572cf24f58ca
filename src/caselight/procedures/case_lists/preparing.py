"""What somebody has said so far about a file: one value, kept sealed between the steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from caselight.formats.supplied.sheets import Sheet
from caselight.method.faults import Fault, stop
from caselight.procedures.case_lists.targets import guessed_heading
from caselight.store.caseloads.drafts import draft_of, keep_draft

OUT: Mapping[str, str] = {
    "duplicate": "The same case stands in the list twice",
    "no-case": "Not a case (a total, a note, a test)",
    "not-known": "The service cannot say what is right",
    "not-ours": "Not a case of this service",
}
ONE_ROW: Mapping[str, str] = {
    "each": "Each row is a case",
    "latest": "A child may have several rows: keep the one that began last",
    "earliest": "A child may have several rows: keep the one that began first",
}
CLOSED: Mapping[str, str] = {"leave": "Leave them out", "keep": "Keep them in the list"}
DATES: Mapping[str, str] = {"dmy": "Day first: 31/01/2016", "mdy": "Month first: 01/31/2016"}


@dataclass(frozen=True)
class Preparing:
    """A file, and what was said about it.

    ``heading`` is the row of the heading, ``columns`` what each column is, by its place; ``words`` what the words in the
    cells of a column mean, ``cells`` cells that were mended, by row and column, ``out`` rows left out with the reason.
    """

    file: str
    sheets: tuple[Sheet, ...]
    sheet: int = 0
    heading: int = 0
    source: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    dates: str = "dmy"
    one_row: str = "each"
    closed: str = "leave"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    out: Mapping[int, str] = field(default_factory=dict)
    version: int = 0

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every row of the table."""
        return self.sheets[self.sheet].rows

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return max(map(len, self.rows))

    @property
    def headings(self) -> tuple[str, ...]:
        """The words of the heading; a column without any is called by its letter."""
        row = self.rows[self.heading]
        return tuple(cell(row, place) or f"Column {letters(place)}" for place in range(self.width))

    @property
    def body(self) -> list[tuple[int, tuple[str, ...]]]:
        """The rows under the heading that hold anything, with their place in the table."""
        return [(place, row) for place, row in enumerate(self.rows) if place > self.heading and any(row)]

    def place_of(self, target: str) -> int | None:
        """The column that is a certain thing."""
        return next((place for place, one in self.columns.items() if one == target), None)

    def text(self, row: int, column: int) -> str:
        """What a cell says, as it was mended."""
        return self.cells.get(f"{row}:{column}", cell(self.rows[row], column))


def begun(name: str, sheets: tuple[Sheet, ...]) -> Preparing:
    """A file that was just read: the longest table, with the row that looks like its heading."""
    sheet = max(range(len(sheets)), key=lambda place: len(sheets[place].rows))
    return Preparing(name[:200], sheets, sheet, guessed_heading(sheets[sheet].rows))


def keep(preparing: Preparing, *, by: str, inspection: str, at: datetime) -> Preparing:
    """Keep it, as the next version. Raises ``caseload.list-changed``."""
    content = json.dumps({**asdict(preparing), "version": 0}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    version = keep_draft(by=by, inspection=inspection, content=content, version=preparing.version, at=at)
    return replace(preparing, version=version)


def prepared(inspection: str, at: datetime) -> Preparing:
    """What is being prepared. Raises ``caseload.no-list`` where there is nothing, or it is older than a day."""
    found = preparing_of(inspection, at)
    if found is None:
        says = "No case list is being prepared: it was accepted, left, or lay untouched for a day."
        stop(Fault("caseload.no-list", ("list",), says, "Send the file again."))
    return found


def preparing_of(inspection: str, at: datetime) -> Preparing | None:
    """What is being prepared, or nothing."""
    from caselight.store.caseloads.drafts import KEPT

    draft = draft_of(inspection)
    if draft is None or draft.at < at - KEPT:
        return None
    told = json.loads(draft.content)
    sheets = tuple(Sheet(one["name"], tuple(map(tuple, one["rows"]))) for one in told.pop("sheets"))
    numbered = {name: {int(key): value for key, value in told.pop(name).items()} for name in ("columns", "out")}
    return Preparing(**{**told, **numbered, "sheets": sheets, "version": draft.version})


def cell(row: tuple[str, ...], place: int) -> str:
    """A cell of a row; empty beyond its end."""
    return row[place] if place < len(row) else ""


def letters(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
