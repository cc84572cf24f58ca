"""The files of the letter as a page shows them: by kind, with plain names, and from which version they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from caselight.store.reports.making import KINDS, Made, in_hand, newest_makings
from caselight.store.reports.queries import letters_of, versions_of
from caselight.web.letter.mending import of_files

ALL = "all.zip"
TITLES = {"working": "For the team", "open": "To publish"}
ABOUT = {
    "working": "Complete, with the keys of cases behind every figure. It stays inside the inspection.",
    "open": "What may be published. Numbers that could point to a child are held back in the data.",
}
NAMES = {
    "html": "Web page (HTML)",
    "pdf": "PDF",
    "docx": "Word document (DOCX)",
    "ods": "Figures as a spreadsheet (ODS)",
    "csv": "Figures as a table (CSV)",
    "csv-metadata.json": "Description of the table (JSON)",
    "json": "Figures as data (JSON)",
    "svg": "Chart",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file: its path, its name for people and its size."""

    path: str
    name: str
    size: int


@dataclass(frozen=True)
class Parcel:
    """The files of a kind, the newest making of it, and whether the letter has changed since."""

    kind: str
    title: str
    about: str
    newest: Made | None
    made: Made | None
    files: tuple[File, ...]
    behind: bool

    @property
    def against(self) -> list[str]:
        """What stood against making them the last time."""
        return of_files(self.newest.faults) if self.newest and self.newest.state == "refused" else []

    @property
    def going(self) -> bool:
        """Whether files are being made now."""
        return self.newest is not None and self.newest.state == "going"


def parcels(inspection: str, at: datetime) -> list[Parcel]:
    """Both kinds as they stand."""
    newest, made = newest_makings(inspection, at), in_hand(inspection)
    now = {language: versions_of(inspection, language)[0].n for language in letters_of(inspection)}
    return [_parcel(kind, newest.get(kind), made.get(kind), now) for kind in KINDS]


def _parcel(kind: str, newest: Made | None, made: Made | None, now: Mapping[str, int]) -> Parcel:
    files = tuple(File(path, _name(path), size) for path, size in made.files) if made else ()
    behind = made is not None and any(now.get(language, 0) > n for language, n in made.versions.items())
    return Parcel(kind, TITLES[kind], ABOUT[kind], newest, made, tuple(sorted(files, key=_order)), behind)


def _name(path: str) -> str:
    """``letter.cy.pdf`` as “PDF (cy)”, ``charts/R.svg`` as “Chart R”."""
    stem, _, ending = path.rpartition("/")[2].partition(".")
    if path.startswith("charts/"):
        return f"Chart {stem}"
    parts = ending.split(".")
    language = f" ({parts[0]})" if len(parts) > 1 and parts[0] != "csv-metadata" else ""
    return NAMES.get(ending, NAMES.get(parts[-1], ending)) + language


def _order(file: File) -> tuple[int, str]:
    """The letter first, then the figures, then the charts."""
    return (0 if file.path.startswith("letter") else 2 if "/" in file.path else 1, file.path)
