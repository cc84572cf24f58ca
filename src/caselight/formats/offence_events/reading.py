"""A delivery of offence events read row by row: every row is kept, set aside with its reason, or a repeat; none is lost.

Dates that cannot be are said and left to the rules of the measure (``method.reoffending.cleaning``), which keep the rest
of the row. A row without person, occasion or a known outcome says too little to be used and is set aside.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from caselight.formats.files import BOM, not_utf8, read_bytes
from caselight.formats.offence_events.mapping import CHARGED, MUST, Mapping
from caselight.method.faults import Fault, Faults, Findings, Place, Severity, quoted
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.tracking import Known

LARGEST = 200_000_000  # bytes
DAYS = ("offence_date", "proven_date", "release_date", "charged_date", "known_date", "born")
FLAGS = {"recordable": True, "breach": False, "in_jurisdiction": True, "tic": False}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a file held: ``rows`` are the kept ones, the repeats and those set aside; ``faults`` say which and why."""

    known: tuple[Known, ...]
    rows: int
    repeats: int
    set_aside: int
    faults: tuple[Fault, ...]


def read_delivery(path: Path, mapping: Mapping, delivered: date) -> Delivery:
    """Read a CSV file that was delivered on a day. Raises faults where the file as a whole cannot be read."""
    reader = _Reader(path.name, mapping, delivered)
    for line, row in _rows(path, mapping):
        reader.take(line, row)
    return reader.delivery()


def _rows(path: Path, mapping: Mapping) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line number, by our own names of the columns."""
    text = _decoded(path, mapping)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=mapping.delimiter, strict=True)
    begins = 1  # where the row that is being read begins: an open quotation mark is found out at the end of the file
    try:
        head = [name.strip() for name in next(lines, [])]
        named = {name: title for name, title in mapping.columns.items() if title in head}
        missing = [mapping.columns[name] for name in MUST if name not in named]
        if missing:
            raise Faults(_no_column(path.name, title) for title in missing)
        at = {name: head.index(title) for name, title in named.items()}
        begins = lines.line_num + 1
        for row in lines:
            begins = lines.line_num + 1
            if row:
                yield lines.line_num, {name: row[n].strip() if n < len(row) else "" for name, n in at.items()}
    except csv.Error as error:
        says = f"The file is not CSV from line {begins} on: {error}."
        cure = "Look for a quotation mark that is not closed there, or save it again as CSV from a spreadsheet program."
        raise Faults([Fault("reoffending.bad-csv", (path.name,), says, cure, place=Place(path.name, begins))]) from None


def _decoded(path: Path, mapping: Mapping) -> str:
    data = read_bytes(path, path.name, LARGEST)
    try:
        return data.removeprefix(BOM).decode(mapping.encoding)
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        if mapping.encoding == "utf-8":
            raise Faults([not_utf8(path.name, line, data[wrong.start : wrong.end])]) from None
        says = f"The file is not {mapping.encoding}, which the mapping says it is."
        cure = "Correct `encoding` in the mapping, or save the file as UTF-8."
        raise Faults(
            [Fault("reoffending.bad-encoding", (path.name,), says, cure, place=Place(path.name, line))]
        ) from None


def _no_column(file: str, title: str) -> Fault:
    cure = "Name the column as the file does, in `columns` of the mapping."
    return Fault(
        "reoffending.no-column", (file,), f"The file has no column {quoted(title)}.", cure, place=Place(file, 1)
    )


class _Reader:
    def __init__(self, file: str, mapping: Mapping, delivered: date) -> None:
        self._file, self._mapping, self._delivered = file, mapping, delivered
        self._found = Findings()
        self._known: dict[str, Known] = {}
        self._rows = self._repeats = self._set_aside = 0

    def delivery(self) -> Delivery:
        known = tuple(self._known.values())
        return Delivery(known, self._rows, self._repeats, self._set_aside, tuple(self._found.all()))

    def take(self, line: int, row: dict[str, str]) -> None:
        """Keep one row, or say why not."""
        self._rows += 1
        kind = self._mapping.kind(row["kind"])
        lacks = [name for name in ("person", "occasion") if not row[name]] + ([] if kind else ["kind"])
        if lacks:
            self._set_aside += 1
            what = "; ".join("the outcome is not known" if name == "kind" else f"there is no {name}" for name in lacks)
            self._row_fault(
                line,
                "reoffending.event-unusable",
                f"The row is set aside: {what}.",
                "Complete it, or name the word in the mapping. A total or a note under the list may stay.",
            )
            return
        days = {name: self._day(line, name, row.get(name, "")) for name in DAYS}
        self._look(line, days)
        self._keep(line, self._of(line, row, kind, days))

    def _keep(self, line: int, one: Known) -> None:
        """A row that says the same as another is a repeat; one that differs in something else is kept beside it."""
        key, number = one.key, 2
        while (former := self._known.get(key)) is not None:
            if former.event == one.event and former.charged == one.charged:
                self._repeats += 1
                self._row_fault(
                    line,
                    "reoffending.event-twice",
                    "The row repeats another one and counts once.",
                    "Nothing has to be done.",
                )
                return
            key, number = f"{one.key} #{number}", number + 1
        self._known[key] = Known(key, one.event, one.since, one.charged)

    def _of(self, line: int, row: dict[str, str], kind: str, days: dict[str, date | None]) -> Known:
        charged = (days["charged_date"] or self._delivered) if kind == CHARGED else days["charged_date"]
        flags: dict[str, Any] = {name: self._flag(line, name, row.get(name, "")) for name in FLAGS}
        texts: dict[str, Any] = {name: row.get(name, "") for name in ("offence", "area", "police_area", "sex")}
        severity = row.get("severity", "")
        event = Event(
            person=row["person"],
            occasion=row["occasion"],
            kind=Kind.UNKNOWN if kind == CHARGED else Kind(kind),
            offence_date=days["offence_date"],
            proven_date=None if kind == CHARGED else days["proven_date"],
            release_date=days["release_date"],
            born=days["born"],
            severity=int(severity) if severity.isdecimal() else None,
            **flags,
            **texts,
        )
        key = " ".join([event.occasion, event.offence, str(event.offence_date or ""), kind]).strip()
        return Known(f"{event.person} {key}", event, self._since(days, charged), charged)

    def _since(self, days: dict[str, date | None], charged: date | None) -> date:
        """Since when it was known: as the file says, else the day it was proven or charged, at latest the delivery."""
        day = days["known_date"] or days["proven_date"] or charged or self._delivered
        return min(day, self._delivered)

    def _day(self, line: int, name: str, written: str) -> date | None:
        if not written:
            return None
        for pattern in self._mapping.dates:
            try:
                return datetime.strptime(written, pattern).date()  # noqa: DTZ007 - a day of the calendar has no zone
            except ValueError:
                continue
        says = f"{name} is no day of the calendar in a pattern of the mapping; the row counts as without it."
        self._row_fault(
            line, "reoffending.event-date", says, "Correct it, or add its pattern to `dates` of the mapping.", name
        )
        return None

    def _flag(self, line: int, name: str, written: str) -> bool:
        word = written.casefold()
        if word in self._mapping.yes:
            return True
        if word in self._mapping.no:
            return False
        if word:
            says = f"{name} is neither yes nor no; taken as {'yes' if FLAGS[name] else 'no'}."
            self._row_fault(
                line, "reoffending.event-flag", says, "Name the word in `yes` or `no` of the mapping.", name
            )
        return FLAGS[name]

    def _look(self, line: int, days: dict[str, date | None]) -> None:
        """Days that cannot be together. The measure says what becomes of such a row."""
        offence, proven, release = days["offence_date"], days["proven_date"], days["release_date"]
        for name, day in days.items():
            if day is not None and day > self._delivered and name != "release_date":
                says = f"{name} is after the day of the delivery."
                self._row_fault(
                    line, "reoffending.event-future", says, "Correct the day, or that of the delivery.", name
                )
        if offence and proven and offence > proven:
            self._row_fault(
                line,
                "reoffending.event-order",
                "The offence was proven before it was committed.",
                "Correct one of the two.",
            )
        if release and proven and release < proven:
            self._row_fault(
                line,
                "reoffending.event-order",
                "The release is before the sentence.",
                "Correct one of the two.",
            )

    def _row_fault(self, line: int, code: str, says: str, cure: str, column: str | None = None) -> None:
        title = self._mapping.columns.get(column) if column else None
        place = Place(self._file, line, title)
        self._found.add(Fault(code, (self._file, line), says, cure, Severity.WARNING, place))
