"""The file of a workbook before anybody reads its cells: is it one, is it of a size that can be read, what is unusual in it.

A workbook comes from outside. Its parts are unpacked in blocks and counted, its XML is walked without building a tree and
without entities, and only then the reader of cells sees it, so that no file can fill the memory.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from caselight.formats.files import read_bytes
from caselight.formats.workbook.reading.scanned import OdsScan, Scan, SheetScan, XlsxScan, parts_of_sheets, saved_at
from caselight.method.faults import Fault, Place, quoted, stop

LARGEST_FILE = 60_000_000  # bytes
MOST_PARTS = 3_000
MOST_BYTES = 600_000_000  # unpacked, all parts together
_BLOCK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, IndexError,
    OverflowError, struct.error, UnicodeError, expat.ExpatError,
)  # fmt: skip
CURE_NOT_OURS = "Send the workbook that Caselight wrote, saved as .xlsx or .ods."


@dataclass(frozen=True)
class Opened:
    """A file that can be read: its bytes, what was found in each sheet, when it was last saved (empty: not known)."""

    name: str
    data: bytes
    sheets: dict[str, SheetScan] = field(default_factory=dict)
    saved: str = ""
    from_1904: bool = False


def opened(path: Path) -> Opened:
    """Look at a file without reading its cells. Raises Faults when it is no workbook, broken, or too large."""
    return opened_bytes(path.name, read_bytes(path, path.name, LARGEST_FILE))


def opened_bytes(name: str, data: bytes) -> Opened:
    """The same of a file that was read already."""
    if data.startswith(_OLE):
        says = f"{quoted(name)} is an Excel file of the old kind (.xls), or is locked with a password."
        _stop("workbook.old-format", name, says, "Open it, remove the password, and save it as .xlsx.")
    if not data.startswith(b"PK"):
        says = f"{quoted(name)} is no workbook, whatever its name says."
        _stop("workbook.not-a-workbook", name, says, CURE_NOT_OURS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _looked_at(name, data, archive)
    except _BROKEN as wrong:
        says = f"{quoted(name)} is damaged and cannot be read: {quoted(wrong)}."
        _stop("workbook.broken", name, says, "Open it in a spreadsheet program, save it again, and send that.")
        raise AssertionError from wrong  # _stop never comes back


def _looked_at(name: str, data: bytes, archive: zipfile.ZipFile) -> Opened:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_PARTS or len(names) < len(entries):
        _too_large(name)
    if "xl/workbook.xml" in names:
        return _xlsx(name, data, archive, Budget(name))
    if "content.xml" in names:
        return _ods(name, data, archive, Budget(name))
    says = f"{quoted(name)} is a zip, but no workbook."
    _stop("workbook.not-a-workbook", name, says, CURE_NOT_OURS)
    raise AssertionError


class Budget:
    """How much of a file may be unpacked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left = MOST_BYTES

    def blocks(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        """One part in blocks; the headers of a zip may lie, so what comes out is counted."""
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                self.left -= len(block)
                if self.left < 0:
                    _too_large(self.name)
                yield block


def _xlsx(name: str, data: bytes, archive: zipfile.ZipFile, budget: Budget) -> Opened:
    book, relations = (
        b"".join(budget.blocks(archive, part)) for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    parts, from_1904 = parts_of_sheets(book, relations)
    sheets = {}
    for sheet, part in parts.items():
        scan = XlsxScan(lambda: _too_large(name))
        _walk(scan, budget.blocks(archive, part))
        sheets[sheet] = scan.sheet
    for part in sorted(set(archive.namelist()) - set(parts.values())):
        for _ in budget.blocks(archive, part):
            pass  # what the reader of cells will unpack is counted too
    return Opened(name, data, sheets, _saved(archive, "docProps/core.xml"), from_1904)


def _ods(name: str, data: bytes, archive: zipfile.ZipFile, budget: Budget) -> Opened:
    scan = OdsScan(lambda: _too_large(name))
    _walk(scan, budget.blocks(archive, "content.xml"))
    return Opened(name, data, scan.sheets, _saved(archive, "meta.xml"))


def _saved(archive: zipfile.ZipFile, part: str) -> str:
    try:
        with archive.open(part) as stream:
            return saved_at(stream.read(_BLOCK))
    except KeyError:
        return ""


def _walk(scan: Scan, blocks: Iterator[bytes]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.StartDoctypeDeclHandler = _no_doctype
    for block in blocks:
        parser.Parse(block, False)  # noqa: FBT003 - it takes no name
    parser.Parse(b"", True)  # noqa: FBT003


def _no_doctype(*_: object) -> None:
    raise ValueError("it declares a document type")


_Refuse = Callable[[], None]


def _too_large(name: str) -> None:
    says = f"{quoted(name)} holds far more than a workbook of Caselight."
    _stop("workbook.too-large", name, says, "Check that it is the right file; remove what was added around the cells.")


def _stop(code: str, name: str, says: str, cure: str) -> None:
    stop(Fault(code, (name,), says, cure, place=Place(name)))
