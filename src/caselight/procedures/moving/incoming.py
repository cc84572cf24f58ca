"""A package folder as the store takes it in: its values, and the files that are kept as they are.

Tables become rows, so what they say survives and how they were quoted does not: a table comes out as Caselight writes
tables (ADR 0020). Everything that is no table of ours, and everything that people wrote by hand, keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from caselight.formats.files import read_bytes
from caselight.formats.framework_yaml import canonical, digest
from caselight.formats.package import layout
from caselight.formats.package.reading import package_faults
from caselight.formats.package.reading.sections import Sections
from caselight.formats.package.reading.tables import subject
from caselight.formats.package.seal import files_of
from caselight.method.caseload.case import Subject
from caselight.method.faults import Fault, Faults, Findings, Place, Severity, quoted, refuse
from caselight.method.inspection.package import Package
from caselight.procedures.moving.columns import columns_of

LARGEST = 100_000_000  # bytes of one file that is kept as it is
_INSIDE = f"{layout.FRAMEWORK}/"
_PRIVATE = f"{layout.PRIVATE}/"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A package, its subjects as the file has them, and its files: the framework's by their path inside its folder.

    ``tables`` gives the columns of each table that is there, in the order of the file.
    """

    package: Package
    source: bytes
    digest: str
    document: str
    framework: Mapping[str, bytes]
    files: Mapping[str, bytes]
    tables: Mapping[str, tuple[str, ...]]
    faults: tuple[Fault, ...]


def incoming(folder: Path) -> Incoming:
    """Everything in a folder. Raises :class:`Faults` with all that is wrong when one of the faults is an error."""
    package, faults = package_faults(folder, private=True)
    refuse(faults)
    if package is None:
        raise Faults(faults)
    package = replace(package, subjects=_subjects(folder))
    names = files_of(folder, with_private=True)
    tables = [table.file for table in layout.TABLES if table is not layout.IDENTITIES]
    kept = _kept(package, names)
    if (folder / layout.SEAL).exists():
        kept.append(layout.SEAL)
    return Incoming(
        package=package,
        source=read_bytes(folder / layout.INSPECTION, layout.INSPECTION),
        digest=digest(package.framework),
        document=canonical(package.framework).decode(),
        framework={name.removeprefix(_INSIDE): _bytes(folder, name) for name in names if name.startswith(_INSIDE)},
        files={name: _bytes(folder, name) for name in kept},
        tables={file: columns_of(folder, file) for file in tables if file in names},
        faults=(*faults, *_left(names)),
    )


def _subjects(folder: Path) -> tuple[Subject, ...]:
    """The subjects as the file has them: a manager that only the caseload names stays there alone."""
    return Sections(folder, Findings()).read(layout.SUBJECTS, subject, lambda row: (row.kind, row.key))


def _kept(package: Package, names: list[str]) -> list[str]:
    """The files that are kept as they are: what is no table, no letter and no framework, and is not private."""
    languages = package.inspection.languages
    known = {layout.INSPECTION, *(table.file for table in layout.TABLES), *package.tables}
    known |= {layout.letter_file(language, languages) for language in package.letters}
    return [name for name in names if name not in known and not name.startswith((_INSIDE, _PRIVATE))]


def _bytes(folder: Path, name: str) -> bytes:
    return read_bytes(folder / name, name, LARGEST)


def _left(names: list[str]) -> list[Fault]:
    """A warning for each private file that the vault has no place for; what it holds may not lie in the open store."""
    return [
        Fault(
            "store.private-not-taken",
            (name,),
            f"The private file {quoted(name)} is not brought in: the store keeps names and local ids only.",
            "Keep it where it is safe, outside the store.",
            Severity.WARNING,
            Place(name),
        )
        for name in names
        if name.startswith(_PRIVATE) and name != layout.IDENTITIES.file
    ]
