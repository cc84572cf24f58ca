"""Files of linkage: records to be linked, as CSV; who is whose person, and whom a person must decide about.

What is wrong is said by row and column, never with what a cell holds: these are names and birthdays.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from caselight.formats.files import read_text, write_whole
from caselight.formats.tables.csvw import FORMULA_SIGNS
from caselight.formats.tables.listing import Listed, listing_csv
from caselight.method.faults import Fault, Faults, Findings, Place, Severity, refuse
from caselight.method.reoffending.linking import Linked, Record
from caselight.method.reoffending.months import EARLIEST, LATEST
from caselight.method.reoffending.placing import Undecided

LARGEST = 200_000_000  # bytes
TEXTS = ("forename", "surname", "sex", "postcode", "local_id")
LINKED = ("record", "person", "model", "threshold", "linked_on")
UNDECIDED = ("record", "why", "persons", "probability")


def read_records(path: Path) -> tuple[list[Record], list[Fault]]:
    """The records of a CSV file, and warnings of birthdays that cannot be, which are left empty.

    Raises ``reoffending.no-column``, ``reoffending.record-nameless`` and ``reoffending.record-repeated``.
    """
    found, records, seen = Findings(), [], set()
    for line, row in _rows(path, ("record_id",)):
        name = row["record_id"]
        if not name:
            says, cure = "The row has no record_id.", "Give every record an id."
            found.add(_fault(path, line, "reoffending.record-nameless", says, cure))
        elif name in seen:
            says, cure = "The record_id of this row stands in an earlier one.", "Give every record an id of its own."
            found.add(_fault(path, line, "reoffending.record-repeated", says, cure))
        seen.add(name)
        born = _born(path, line, row.get("born", ""), found)
        records.append(Record(id=name, born=born, **{text: row.get(text, "") for text in TEXTS}))
    faults = found.all()
    refuse(faults)
    return records, list(faults)


def _born(path: Path, line: int, written: str, found: Findings) -> date | None:
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        day = date.min
    if day is None or EARLIEST <= day <= LATEST:
        return day
    says = "born is no day such as 2003-04-05; the record counts as without it."
    found.add(_fault(path, line, "reoffending.record-date", says, "Correct it.", severity=Severity.WARNING))
    return None


def read_linked(path: Path, threshold: float) -> list[Linked]:
    """What was kept of an earlier linkage at one threshold. Raises ``reoffending.bad-linked``."""
    cure = "Give the file as it was written, with the threshold that is in it."
    found, linked = Findings(), {}
    for line, row in _rows(path, LINKED):
        try:
            of = Linked(row["record"], row["person"], row["model"], float(row["threshold"]), date.fromisoformat(row["linked_on"]))  # fmt: skip
        except ValueError:
            says = "The threshold or the day of this row is none."
            found.add(_fault(path, line, "reoffending.bad-linked", says, cure))
            continue
        if of.threshold != threshold:
            continue
        if not of.record or not of.person or of.record in linked:
            says = "The row names no record or no person, or a record that an earlier row names."
            found.add(_fault(path, line, "reoffending.bad-linked", says, cure))
        linked[of.record] = of
    if not linked:
        says = f"No row was linked at the threshold {threshold}."
        found.add(_fault(path, 1, "reoffending.bad-linked", says, cure))
    refuse(found.all())
    return list(linked.values())


def write_linked(path: Path, linked: Iterable[Linked]) -> None:
    """Write who is whose person, whole or not at all."""
    rows = tuple((one.record, one.person, one.model, one.threshold, one.linked_on) for one in linked)
    write_whole(path, listing_csv(Listed("Linked", LINKED, rows)))


def write_undecided(path: Path, undecided: Iterable[Undecided]) -> None:
    """Write whom a person must decide about, whole or not at all."""
    rows = tuple((one.record, one.why, "; ".join(one.persons), round(one.probability, 6)) for one in undecided)
    write_whole(path, listing_csv(Listed("To be decided", UNDECIDED, rows)))


def _rows(path: Path, must: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    lines = csv.reader(read_text(path, path.name, LARGEST).splitlines(keepends=True), strict=True)
    try:
        head = [name.strip() for name in next(lines, [])]
        cure = "Name the columns as the reference of the command does."
        refuse(_fault(path, 1, "reoffending.no-column", f"The file has no column {name}.", cure)
               for name in must if name not in head)  # fmt: skip
        for row in lines:
            if row:
                yield (
                    lines.line_num,
                    {name: _cell(cell) for name, cell in zip(head, row, strict=False)}
                    | dict.fromkeys(head[len(row) :], ""),
                )
    except csv.Error:
        says = "The file is not CSV from this line on."
        cure = "Save it again as CSV from a spreadsheet program."
        raise Faults([_fault(path, lines.line_num, "reoffending.bad-csv", says, cure)]) from None


def _cell(written: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    cell = written.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell


def _fault(path: Path, line: int, code: str, says: str, cure: str, *, severity: Severity = Severity.ERROR) -> Fault:
    return Fault(code, (path.name, line), says, cure, severity, Place(path.name, line))
