"""Reading a file from outside, whatever it holds: in a process of its own, which may fail without harm."""

from __future__ import annotations

from caselight.formats.limited_process import answer_of
from caselight.formats.supplied.sheets import MOST_COLUMNS, MOST_ROWS, Sheet
from caselight.method.faults import Fault, Faults

LARGEST = 10_000_000  # bytes of a file
SECONDS = 60
CHILD = "caselight.formats.supplied.child"
AS_SAVED = "Open it in a spreadsheet program, save it as .xlsx or .csv, and send that."
FAULTS = (
    Fault("caseload.file-empty", ("file",), "The file holds no rows.", "Check that it is the right file."),
    Fault("caseload.file-unreadable", ("file",), "The file cannot be read as a table: it is damaged, or another kind of file.", AS_SAVED),
    Fault("caseload.file-old", ("file",), "The file is an Excel file of the old kind (.xls), or is locked with a password.", AS_SAVED),
    Fault("caseload.file-too-large", ("file",), f"The file is larger than 10 MB, or holds more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.",
          "Send only the cases of this inspection."),
)  # fmt: skip
SAYS = {fault.code: fault for fault in FAULTS} | {
    "workbook.old-format": FAULTS[2],
    "workbook.too-large": FAULTS[3],
}


def read_supplied(name: str, data: bytes, *, seconds: float = SECONDS) -> tuple[Sheet, ...]:
    """The tables of a file that somebody sent. Raises ``caseload.file-…`` with what to do."""
    if len(data) > LARGEST:
        raise Faults([SAYS["caseload.file-too-large"]])
    if not data.strip():
        raise Faults([SAYS["caseload.file-empty"]])
    told = answer_of(CHILD, name, data, seconds)
    if "sheets" not in told:
        raise Faults([SAYS.get(str(told.get("fault")), SAYS["caseload.file-unreadable"])])
    return tuple(Sheet(title, tuple(tuple(row) for row in rows)) for title, rows in told["sheets"])
