"""A package written to its folder, whole or not at all; the same package gives the same bytes.

What Caselight does not know survives: unknown files are copied from the folder that is replaced, unknown columns
come from the package or from that folder. A text whose value has not changed (``inspection.yaml``, the framework) is
kept as somebody wrote it, comments included.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from caselight.formats.files import new_file, read_bytes, whole_folder, write_whole
from caselight.formats.framework_yaml import canonical, digest, framework_faults
from caselight.formats.package import layout
from caselight.formats.package.layout import Layout, letter_file
from caselight.formats.package.reading.csv_rows import CsvRows
from caselight.formats.package.reading.inspection import read_inspection
from caselight.formats.package.writing.csv_text import csv_bytes
from caselight.formats.package.writing.records import WRITERS, caseload_columns, sample_columns
from caselight.formats.package.writing.yaml_text import inspection_bytes
from caselight.method.faults import Fault, Faults, Findings, Place
from caselight.method.inspection.package import Package, Table


def write_package(package: Package, folder: Path, *, framework_from: Path | None = None) -> None:
    """Write a package into ``folder``, replacing what was there in one step. Raises Faults and then changes nothing.

    ``framework_from`` is a folder to copy the framework's files from, for a package that is not in a folder yet.
    """
    new = {layout.INSPECTION: _inspection(package, folder)}
    new |= {of.file: _table(package, of, folder) for of in WRITERS if _wanted(of, package, folder)}
    new |= {file: csv_bytes(file, table.columns, table.rows) for file, table in package.tables.items()}
    new |= {_letter(package, language): _encoded(text) for language, text in package.letters.items()}
    new |= _framework(package, folder, framework_from)
    with whole_folder(folder) as beside:
        _fill(beside, new, folder)


def _wanted(of: Layout, package: Package, folder: Path) -> bool:
    """Whether a table is written: names only where they were read; others of no rows where there are or were any."""
    if of is layout.IDENTITIES:
        return bool(package.identities)
    return of not in layout.UNLESS_EMPTY or bool(getattr(package, of.section)) or (folder / of.file).exists()


def write_tables(folder: Path, package: Package, *tables: Layout) -> None:
    """Write these tables alone, each whole and in this order; what a command did not change stays as it lies there.

    Raises Faults before anything is written. Put the table last that makes the others count.
    """
    for file, data in [(of.file, _table(package, of, folder)) for of in tables]:
        if not (folder / file).exists() or read_bytes(folder / file, file, layout.LARGEST_TABLE) != data:
            write_whole(folder / file, data)


def write_accepted(folder: Path, package: Package) -> None:
    """Write ``accepted.csv`` alone: accepting a claim changes nothing else."""
    write_tables(folder, package, layout.ACCEPTED)


def _fill(beside: Path, new: Mapping[str, bytes], folder: Path) -> None:
    for name, data in sorted(new.items()):
        target = beside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with new_file(target) as stream:
            stream.write(data)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        target = beside / path.relative_to(folder)
        if path.is_dir() and not path.is_symlink():
            target.mkdir(parents=True, exist_ok=True)
        elif not target.exists():
            _keep(path, target)


def _keep(path: Path, target: Path) -> None:
    """The same file in the new folder: a second name for it where the system has that, else a copy."""
    try:
        os.link(path, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, target, follow_symlinks=False)


def _inspection(package: Package, folder: Path) -> bytes:
    try:
        former, _ = read_inspection(folder, Findings())
        if former == package.inspection:
            return read_bytes(folder / layout.INSPECTION, layout.INSPECTION)
    except Faults:
        pass  # there was none, or none that could be read
    return inspection_bytes(package.inspection)


def _framework(package: Package, folder: Path, given: Path | None) -> dict[str, bytes]:
    """The framework's files as they are where they say the same; else one file of canonical JSON, which is YAML too."""
    wanted = digest(package.framework)
    for source in (given, folder / layout.FRAMEWORK):
        found = framework_faults(source)[0] if source else None
        if source and found is not None and digest(found) == wanted:
            return dict(_files(source)) if source is given else {}
    return {f"{layout.FRAMEWORK}/framework.yaml": canonical(package.framework) + b"\n"}


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(source.rglob("*")):
        name = f"{layout.FRAMEWORK}/{path.relative_to(source).as_posix()}"
        if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(source).parts):
            yield name, read_bytes(path, name)


def _letter(package: Package, language: str) -> str:
    return letter_file(language, package.inspection.languages)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        says = "The letter holds half a character and cannot be written."
        place = Place("letter.md")
        raise Faults([Fault("package.unwritable-value", ("letters",), says, "Correct it.", place=place)]) from None


@dataclass(frozen=True, slots=True)
class _Extra:
    """The cells of columns that Caselight does not know, by the cells that tell the row."""

    columns: tuple[str, ...]
    rows: Mapping[tuple[str, ...], tuple[str, ...]]

    def beside(self, rows: Iterable[tuple[str, ...]], places: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
        """The rows with these columns after their own; empty where a row is new."""
        empty = ("",) * len(self.columns)
        for row in rows:
            yield row + self.rows.get(tuple(row[place] for place in places), empty)


_COLUMNS = {layout.CASELOAD: caseload_columns, layout.SAMPLE: sample_columns}


def _table(package: Package, of: Layout, folder: Path) -> bytes:
    columns = _COLUMNS.get(of, lambda _: of.columns)(package)
    rows = WRITERS[of](package)
    table = package.extra[of.file] if of.file in package.extra else _former(of, folder, package)
    if table is None:
        table = Table(of.key + of.carried, ())
    width = len(of.key)
    extra = _Extra(table.columns[width:], {row[:width]: row[width:] for row in table.rows})
    places = tuple(columns.index(column) for column in of.key)
    return csv_bytes(of.file, columns + extra.columns, extra.beside(rows, places))


def _former(of: Layout, folder: Path, package: Package) -> Table | None:
    """The unknown columns of the file that is replaced, if there is one that can be read."""
    rows = CsvRows(folder / of.file, of.file, Findings(), of)
    facts = [fact.id for fact in package.framework.facts] if of is layout.CASELOAD else []
    try:
        for _ in rows.read(of.columns, (*facts, *of.optional)):
            if not rows.unknown:
                return None
    except Faults:
        return None
    return Table((*of.key, *rows.unknown), tuple(rows.extra)) if rows.unknown else None
