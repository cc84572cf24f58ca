"""Types into a workbook what a finished one says, cell by cell: so that a page can be followed without typing for hours.

    python docs/how-to/type_answers.py finished.xlsx mine.xlsx aud-a

It finds lines by their hidden keys and cells by their hidden column names, and changes nothing else. The office program
that you use does the same when you type.
"""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPED = ("answer", "not_relevant", "why", "others", "note", "action", "owner", "due")
NAMES_ROW, AUTHOR = 5, "B6"

Grid = dict[tuple[int, int], str]


def main(finished: str, mine: str, author: str) -> None:
    """Fill the workbook ``mine`` from ``finished``, in the name of ``author``."""
    source = {subject(grid): grid for grid in grids(Path(finished)).values()}
    with zipfile.ZipFile(mine) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    typed = 0
    for name, grid in grids(Path(mine)).items():
        if grid.get((1, 2)) == "cover":
            members[name] = with_cells(members[name], {AUTHOR: author})
        elif subject(grid) and subject(grid) in source:
            cells = to_type(source[subject(grid)], grid)
            members[name] = with_cells(members[name], cells)
            typed += len(cells)
    with zipfile.ZipFile(mine, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    print(f"{typed} cells of {Path(mine).name} are filled in by {author}.")  # noqa: T201 - a script that answers


def grids(path: Path) -> dict[str, Grid]:
    """The texts of each sheet by row and column, by the name of its file."""
    with zipfile.ZipFile(path) as archive:
        strings = [
            "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
            for item in parsed(archive.read("xl/sharedStrings.xml"))
        ]
        names = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        return {name: dict(texts(parsed(archive.read(name)), strings)) for name in names}


def parsed(data: bytes) -> ET.Element:
    """A part of a workbook that Caselight wrote a moment ago."""
    return ET.fromstring(data)  # noqa: S314


def texts(sheet: ET.Element, strings: list[str]):
    """The place and text of each cell of a sheet."""
    for cell in sheet.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        if value is not None:
            yield place(cell.get("r", "")), strings[int(value)] if cell.get("t") == "s" else value


def subject(grid: Grid) -> str:
    """The key of the subject that a sheet is about; empty for any other sheet."""
    return grid.get((1, 6), "") if grid.get((1, 2)) == "subject" else ""


def to_type(finished: Grid, mine: Grid) -> dict[str, str]:
    """The cells that say something else in the finished sheet."""
    columns = {grid_name: column for (row, column), grid_name in mine.items() if row == NAMES_ROW}
    there = {grid_name: column for (row, column), grid_name in finished.items() if row == NAMES_ROW}
    lines = {key: row for (row, column), key in finished.items() if column == 1 and row > NAMES_ROW}
    found = {}
    for (row, column), key in mine.items():
        if column != 1 or row <= NAMES_ROW or key not in lines:
            continue
        for name in TYPED:
            text = finished.get((lines[key], there.get(name, 0)), "")
            if name == "due" and text.isdigit():  # a day, as office programs count days
                text = (date(1899, 12, 30) + timedelta(int(text))).isoformat()
            if text and text != mine.get((row, columns.get(name, 0)), ""):
                found[f"{letters(columns[name])}{row}"] = text
    return found


def with_cells(data: bytes, cells: dict[str, str]) -> bytes:
    """The sheet with texts in these cells; their look stays."""
    ET.register_namespace("", MAIN[1:-1])
    sheet = parsed(data)
    for cell in sheet.iter(f"{MAIN}c"):
        text = cells.get(cell.get("r", ""))
        if text is not None:
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "inlineStr")
            ET.SubElement(ET.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = text
    return ET.tostring(sheet, encoding="UTF-8", xml_declaration=True)


def place(reference: str) -> tuple[int, int]:
    """``C7`` as row 7, column 3."""
    column = 0
    for letter in reference.rstrip("0123456789"):
        column = column * 26 + ord(letter) - 64
    return int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column


def letters(column: int) -> str:
    """Column 3 as ``C``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


if __name__ == "__main__":
    main(*sys.argv[1:4])
