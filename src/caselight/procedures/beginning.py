"""A new inspection folder: every file of the package, empty where there is nothing yet, and a letter to begin with."""

from __future__ import annotations

import re
import shutil
import unicodedata
from importlib.resources import files
from pathlib import Path

from caselight.formats.files import whole_folder
from caselight.formats.framework_yaml import copy_framework, read_framework
from caselight.formats.package.layout import COLUMNS
from caselight.formats.package.writing.yaml_text import scalar
from caselight.method.faults import Fault, Place, did_you_mean, quoted, stop
from caselight.method.framework.definition import Framework

INSPECTION = """\
# An inspection as Caselight reads it. Fill in what is between angle brackets; `caselight check` says what is missing.
schema: caselight.inspection/1
id: {id}
title: {title}
kind: {kind}
service:
  name: {service}
  short: {service}
  noun: YOS
  areas:
    - name: {service}
dates:                      # announcement before fieldwork, fieldwork before publication
  announced: 2026-01-02
  fieldwork_from: 2026-01-19
  fieldwork_to: 2026-01-21
languages: [{languages}]
framework: {{id: {framework}, version: {version}, screening: {screening}}}
team:
  - {{key: lead, role: lead_inspector, name: ""}}
sample: {{size: {size}, seed: {id}, strata: [{strata}], reserves: {reserves}}}
"""


def new_inspection(folder: Path, framework: str, service: str, *, local: bool = False) -> list[str]:
    """Make a new inspection folder with a shipped pack, or with the framework of a folder. Gives the files' names.

    ``local``: a service looks at its own cases, ten at a time.

    Raises ``new.folder-exists``, ``new.unknown-framework`` and every fault of the framework.
    """
    refuse_used(folder)
    source = pack_folder(framework)
    adopted = read_framework(source)
    with whole_folder(folder) as beside:
        copy_framework(source, beside / "framework", leave_out=("letter*.md",))
        for letter in sorted(source.glob("letter*.md")):
            shutil.copy(letter, beside / letter.name)
        (beside / "inspection.yaml").write_text(
            _inspection(adopted, folder.resolve().name, service, local=local), "utf-8"
        )
        for name, columns in COLUMNS.items():
            extra = (
                [fact.id for fact in adopted.facts if fact.subject == adopted.subjects[0].id]
                if name == "caseload.csv"
                else []
            )
            (beside / name).write_text(",".join((*columns, *extra)) + "\n" + _first_rows(name, adopted), "utf-8")
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _first_rows(name: str, framework: Framework) -> str:
    """What a table begins with: ``subjects.csv`` with the one that ratings are about, the service."""
    rated = next((subject for subject in framework.subjects if subject.id == framework.rated), None)
    if name != "subjects.csv" or rated is None:
        return ""
    label = rated.one.in_(framework.languages[0])
    return f"{rated.id},{rated.id},{label[:1].upper() + label[1:]},\n"


def refuse_used(folder: Path) -> None:
    """Raise ``new.folder-exists`` when there is something in the folder, or something else in its place."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        says = f"{folder} exists and is not empty."
        stop(Fault("new.folder-exists", (str(folder),), says, "Choose another name.", place=Place(str(folder))))


def pack_folder(name: str) -> Path:
    """The folder of a shipped pack by its name, or a framework folder by its path."""
    packs = packs_folder()
    shipped = {path.name: path for path in sorted(packs.iterdir()) if (path / "framework.yaml").exists()}
    if name in shipped:
        return shipped[name]
    if not (Path(name) / "framework.yaml").exists():
        says = f"There is no pack or framework folder {quoted(name)}."
        stop(Fault("new.unknown-framework", (name,), says, did_you_mean(name, shipped)))
    return Path(name)


def packs_folder() -> Path:
    """Where the shipped packs are: inside an installed wheel, or at the root of a checkout."""
    installed = Path(str(files("caselight") / "_packs"))
    return installed if installed.is_dir() else Path(__file__).parents[3] / "packs"


def _inspection(framework: Framework, name: str, service: str, *, local: bool) -> str:
    service = service or "<the full name of the service>"
    strata = framework.sample.strata if framework.sample else ()
    size, reserves = (10, 4) if local else (30, 6)
    return INSPECTION.format(
        kind="local_audit" if local else "external",
        size=size,
        reserves=reserves,
        id=scalar(plain_id(name, "inspection")),
        title=scalar(f"{framework.title.in_(framework.languages[0])}: {service}"),
        service=scalar(service),
        framework=scalar(framework.id),
        version=scalar(framework.version),
        screening=scalar(framework.screenings[0].id),
        languages=", ".join(map(scalar, framework.languages)),
        strata=", ".join(map(scalar, strata)),
    )


def plain_id(name: str, what: str) -> str:
    """An id made of a folder's name: in ASCII, and beginning with a letter; ``what`` stands before one that does not.

    >>> plain_id("2016 visit", "inspection")
    'inspection-2016-visit'
    """
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9]+", "-", ascii_).strip("-")
    return plain if plain[:1].isalpha() else f"{what}-{plain}".strip("-")
