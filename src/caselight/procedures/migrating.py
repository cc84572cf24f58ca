"""An inspection folder moved to another framework, whole or not at all; the framework of before is kept beside it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caselight.formats.files import locked, whole_folder
from caselight.formats.framework_yaml import copy_framework, digest, read_framework
from caselight.formats.package.layout import ANSWERS, FRAMEWORK, INSPECTION, MIGRATED
from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.formats.package.writing import write_tables
from caselight.formats.package.writing.yaml_text import inspection_bytes
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, Place, did_you_mean, refuse
from caselight.method.framework.definition import Framework
from caselight.method.inspection.definition import Migration
from caselight.method.inspection.migration import Moved, moved
from caselight.method.inspection.package import Package
from caselight.procedures.beginning import pack_folder

FORMER = "former"


@dataclass(frozen=True, slots=True)
class By:
    """Who moves the inspection, on which day, and why."""

    key: str
    on: str
    reason: str


def migrate(folder: Path, framework: str, by: By, *, screening: str = "", only_try: bool = False) -> Moved:
    """Move the inspection in ``folder`` to a shipped pack or the framework in a folder; ``only_try`` writes nothing.

    Raises :class:`Faults` when somebody else than one of the team asks, without a reason, for the same framework again,
    or when the new version has the number of one that answers were recorded with.
    """
    with locked(folder):
        package = read_package(folder)
        source = pack_folder(framework)
        after = read_framework(source)
        refuse(_faults(package, after, by, screening))
        pinned = package.inspection.framework
        said = Migration(
            id=pinned.id, version=pinned.version, by=by.key, on=date.fromisoformat(by.on), reason=by.reason.strip()
        )
        found = moved(package, after, said, screening or _screening(package, after))
        if not only_try:
            _write(folder, source, found.package, f"{FORMER}/{pinned.id}-{pinned.version}")
        return found


def _screening(package: Package, after: Framework) -> str:
    """The screening of the same name, else the first."""
    names = [screening.id for screening in after.screenings]
    pinned = package.inspection.framework.screening
    return pinned if pinned in names else names[0]


def _faults(package: Package, after: Framework, by: By, screening: str) -> list[Fault]:
    found = []
    team = [member.key for member in package.inspection.team]
    if by.key not in team:
        says = f"“{by.key[:60]}” is not in the team of this inspection."
        cure = did_you_mean(by.key, team)
        found.append(Fault("migrate.not-of-the-team", ("by",), says, cure, place=Place(INSPECTION)))
    if not by.reason.strip():
        cure = "Say with --why what the change is for."
        found.append(Fault("migrate.no-reason", ("why",), "A migration needs a reason.", cure))
    if not day(by.on):
        found.append(Fault("migrate.day", ("on",), f"“{by.on[:60]}” is not a day.", "Write it as 2016-01-20."))
    if digest(after) == digest(package.framework):
        says = f"The inspection is pinned to {after.id} {after.version} already."
        found.append(Fault("migrate.same-framework", ("framework",), says, "Nothing needs to be done."))
    elif after.version in {event.framework_version for event in package.events}:
        says = f"Answers were recorded with a version {after.version} already, and answers of both would look alike."
        cure = "Give the new framework another version."
        found.append(Fault("migrate.same-version", ("framework",), says, cure, place=Place("framework.yaml")))
    names = [item.id for item in after.screenings]
    if screening and screening not in names:
        says = f"The new framework has no screening “{screening[:60]}”."
        found.append(Fault("migrate.unknown-screening", ("screening",), says, did_you_mean(screening, names)))
    return found


def _write(folder: Path, source: Path, package: Package, former: str) -> None:
    with whole_folder(folder) as beside:
        shutil.copytree(folder, beside, symlinks=True, dirs_exist_ok=True)
        (beside / former).parent.mkdir(exist_ok=True)
        (beside / FRAMEWORK).rename(beside / former)
        copy_framework(source, beside / FRAMEWORK, leave_out=("letter*.md",))
        (beside / INSPECTION).write_bytes(inspection_bytes(package.inspection))
        write_tables(beside, package, MIGRATED, ANSWERS)
        seal(beside)
