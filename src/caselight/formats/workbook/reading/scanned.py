"""What a walk through the XML of a workbook finds: which cells hold formulas, which are merged, how far the cells reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

MOST_CELLS = 8_000_000  # a reader of cells holds every cell up to the last one
MOST_FORMULAS = 2_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_INSTANT = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>\s*([0-9T:.-]{19,40}Z?)\s*<")
Attributes = dict[str, str]


@dataclass
class SheetScan:
    """One sheet: rows and columns count from 0."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


class Scan(Protocol):
    """What a walk calls."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class _Bounded:
    def __init__(self, refuse: Callable[[], None]) -> None:
        self._refuse = refuse

    def reach(self, sheet: SheetScan, row: int, column: int) -> None:
        """Note a cell, and refuse a sheet whose cells reach too far."""
        sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)
        if sheet.rows * sheet.columns > MOST_CELLS or len(sheet.formulas) > MOST_FORMULAS:
            self._refuse()


class XlsxScan(_Bounded):
    """One sheet of an .xlsx file."""

    def __init__(self, refuse: Callable[[], None]) -> None:
        super().__init__(refuse)
        self.sheet = SheetScan()
        self._at = (0, -1)

    def start(self, name: str, attributes: Attributes) -> None:
        """A cell, a formula in it, a merged range."""
        local = name.rpartition(" ")[2]
        if local == "row":
            self._at = (int(attributes.get("r", self._at[0] + 2)) - 1, -1)
        elif local == "c":
            self._at = _cell(attributes["r"]) if "r" in attributes else (self._at[0], self._at[1] + 1)
            self.reach(self.sheet, *self._at)
        elif local == "f":
            self.sheet.formulas.add(self._at)
        elif local == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.sheet.merged.append((*_cell(first), *_cell(last or first)))

    def end(self, name: str) -> None:
        """Nothing to do."""


class OdsScan(_Bounded):
    """All sheets of an .ods file, which are in one part."""

    def __init__(self, refuse: Callable[[], None]) -> None:
        super().__init__(refuse)
        self.sheets: dict[str, SheetScan] = {}
        self._sheet: SheetScan | None = None
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._full = False

    def start(self, name: str, attributes: Attributes) -> None:
        """A table, a row, a cell with how often it repeats."""
        if name == f"{_TABLE}table":
            self._sheet = self.sheets[attributes.get(f"{_TABLE}name", "")] = SheetScan()
            self._row = self._rows = 0
        elif name == f"{_TABLE}table-row":
            self._row, self._column = self._row + self._rows, 0
            self._rows = int(attributes.get(f"{_TABLE}number-rows-repeated", 1))
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._columns = int(attributes.get(f"{_TABLE}number-columns-repeated", 1))
            self._full = f"{_OFFICE}value-type" in attributes or f"{_TABLE}formula" in attributes
            self._cell(attributes)
        elif name == f"{_TEXT}p":
            self._full = True

    def _cell(self, attributes: Attributes) -> None:
        if self._sheet is None:
            return
        if f"{_TABLE}formula" in attributes:
            self._sheet.formulas.add((self._row, self._column))
        wide = int(attributes.get(f"{_TABLE}number-columns-spanned", 1))
        high = int(attributes.get(f"{_TABLE}number-rows-spanned", 1))
        if wide > 1 or high > 1:
            self._sheet.merged.append((self._row, self._column, self._row + high - 1, self._column + wide - 1))

    def end(self, name: str) -> None:
        """A cell with something in it reaches as far as it repeats."""
        if name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            if self._full and self._sheet is not None:
                self.reach(self._sheet, self._row + self._rows - 1, self._column + self._columns - 1)
            self._column += self._columns


def _cell(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"{reference[:20]} is no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def parts_of_sheets(book: bytes, relations: bytes) -> tuple[dict[str, str], bool]:
    """The part of each sheet of an .xlsx file by the sheet's name, and whether its days count from 1904."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}
    from_1904 = []

    def in_book(name: str, attributes: Attributes) -> None:
        local = name.rpartition(" ")[2]
        if local == "sheet":
            key = next((value for own, value in attributes.items() if own.endswith(" id")), "")
            sheets[attributes.get("name", "")] = key
        elif local == "workbookPr":
            from_1904.append(attributes.get("date1904", "0") in ("1", "true"))

    def in_relations(name: str, attributes: Attributes) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for data, handler in ((book, in_book), (relations, in_relations)):
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = handler
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.Parse(data, True)  # noqa: FBT003 - it takes no name
    found = {name: _part(targets[key]) for name, key in sheets.items() if key in targets}
    return {name: part for name, part in found.items() if part.startswith("xl/worksheets/")}, any(from_1904)


def _no_doctype(*_: object) -> None:
    raise ValueError("it declares a document type")


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def saved_at(properties: bytes) -> str:
    """When a file was last saved, as an instant to the second; empty when it does not say."""
    found = _INSTANT.search(properties)
    return f"{found[1][:19].decode('ascii')}Z" if found else ""
