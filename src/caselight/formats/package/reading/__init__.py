"""An inspection package read from its folder, with everything that is wrong with it at once.

``package_faults`` is the whole road: files to rows, rows to records, records to one :class:`Package`, the method's
checks, and the place of each fault. Inputs are never changed. The order of rows never matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from caselight.formats.files import read_text
from caselight.formats.framework_yaml import framework_faults
from caselight.formats.garbage import uncollected
from caselight.formats.package import layout
from caselight.formats.package.layout import letter_file
from caselight.formats.package.reading import tables
from caselight.formats.package.reading.inspection import read_inspection
from caselight.formats.package.reading.places import Places
from caselight.formats.package.reading.sections import Sections
from caselight.formats.package.seal import seal_faults
from caselight.method.answers.integrity import unique
from caselight.method.faults import Fault, Faults, Findings, Place, Severity, did_you_mean, quoted, refuse
from caselight.method.framework.definition import Framework
from caselight.method.inspection.checks import check
from caselight.method.inspection.definition import Inspection
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import Package

_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # a language; it becomes part of a file's name
Check = Callable[[Package], Iterable[Fault]]


def read_package(folder: Path, *, private: bool = False) -> Package:
    """The inspection in a folder. Raises :class:`Faults` with all faults when one of them is an error.

    ``private`` also reads names and local ids.
    """
    package, faults = package_faults(folder, private=private)
    refuse(faults)
    if package is None:
        raise Faults(faults)
    return package


def package_faults(
    folder: Path, *, private: bool = False, checks: Iterable[Check] = ()
) -> tuple[Package | None, list[Fault]]:
    """The inspection as far as it could be read, and every fault, in the order of the files; errors and warnings.

    ``checks`` are further checks of the package; their faults get a place too. When rows could not be read the
    package is ``None`` and rows are not held against each other, because that would blame the rows that are there.
    """
    with uncollected():
        try:
            return _Reading(folder).all(tuple(checks), private=private)
        except OSError as refusal:
            says = f"The folder cannot be read: {refusal.strerror or 'the system refused'}."
            return None, [Fault("package.no-folder", (), says, "Check the rights of the folder and the disk it is on.")]


class _Reading:
    """One folder while it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found = Findings()
        self.places = Places()
        self.sections = Sections(folder, self.found)

    def all(self, checks: tuple[Check, ...], *, private: bool) -> tuple[Package | None, list[Fault]]:
        """The package, if all of it can be read, and what is wrong."""
        if not self.folder.is_dir():
            says = f"There is no folder {quoted(self.folder.name)}."
            return None, [Fault("package.no-folder", (), says, "Name the folder that holds inspection.yaml.")]
        inspection = self._inspection()
        framework, faults = framework_faults(self.folder / layout.FRAMEWORK, within=f"{layout.FRAMEWORK}/")
        self.found.extend(faults)
        tables_read = self._tables(framework, private=private)
        letters = self._letters(inspection)
        self.found.extend(seal_faults(self.folder))
        if inspection is None or framework is None or not self.sections.whole:
            return None, self.found.all()
        package = Package(inspection, framework, **tables_read, letters=letters, extra=self.sections.extra)
        return self._checked(package, checks)

    def _inspection(self) -> Inspection | None:
        try:
            inspection, self.places.inspection = read_inspection(self.folder, self.found)
        except Faults as refusal:
            self.found.extend(refusal)
            return None
        if inspection is not None:
            self.places.languages = inspection.languages
        return inspection

    def _tables(self, framework: Framework | None, *, private: bool) -> dict[str, Any]:
        read = self.sections.read
        facts = tuple(fact for fact in framework.facts if fact.subject == framework.subjects[0].id) if framework else ()
        holidays: dict[int, list[Any]] = {}
        for holiday in read(layout.HOLIDAYS, tables.holiday, lambda holiday: str(holiday.day)):
            if holiday.day:
                holidays.setdefault(holiday.day.year, []).append(holiday.day)
        actions, former = self.sections.actions()
        carried = {file: self.sections.carried(file) for file in layout.CARRIED} | {layout.ACTIONS.file: former}
        result = {
            "subjects": read(layout.SUBJECTS, tables.subject, lambda subject: (subject.kind, subject.key)),
            "caseload": self.sections.caseload(facts) if framework else (),
            "sample": read(layout.SAMPLE, tables.sampled_case, lambda c: (c.design, c.stratum, c.order, c.case_key)),
            "sampling": read(layout.SAMPLING, tables.size_change, lambda row: (row.design, row.step)),
            "events": self.sections.events(),
            "locators": read(layout.LOCATORS, tables.locator, lambda row: (row.op_id, row.document, row.where)),
            "excerpts": read(layout.EXCERPTS, tables.excerpt, lambda row: row.key),
            "comparators": read(layout.COMPARATORS, tables.comparator, lambda row: row.key),
            "external": read(layout.EXTERNAL, tables.external, lambda row: row.key),
            "actions": actions,
            "holidays": {year: tuple(days) for year, days in holidays.items()},
            "migrated": read(layout.MIGRATED, tables.migrated, lambda row: row.op_id),
            "accepted": read(layout.ACCEPTED, tables.accepted, lambda row: (row.claim, row.language)),
            "tables": {file: table for file, table in carried.items() if table is not None},
        }
        if private:
            result["identities"] = read(layout.IDENTITIES, tables.identity, lambda row: row.subject_key)
        return result

    def _letters(self, inspection: Inspection | None) -> dict[str, str]:
        letters: dict[str, str] = {}
        languages = inspection.languages if inspection else ()
        files = {letter_file(language, languages): language for language in languages if _CODE.fullmatch(language)}
        for file, language in files.items():
            if (self.folder / file).exists():
                try:
                    letters[language] = read_text(self.folder / file, file)
                except Faults as refusal:
                    self.found.extend(refusal)
                    self.sections.whole = False
        self._strangers(files)
        return letters

    def _strangers(self, letters: Iterable[str]) -> None:
        """A hint for each table or letter that is not interpreted: its name may be a slip."""
        known = {table.file for table in layout.TABLES} | {*layout.CARRIED, *letters}
        for path in sorted(self.folder.iterdir()):
            if path.suffix in (".csv", ".md", ".yaml") and path.name not in known | {
                layout.INSPECTION,
                *layout.FOR_READERS,
            }:
                says = f"The file {quoted(path.name)} is kept and not interpreted."
                cure = f"If it should be one that Caselight knows, correct its name. {did_you_mean(path.name, sorted(known))}"
                place = Place(path.name)
                self.found.add(Fault("package.unknown-file", (path.name,), says, cure, Severity.HINT, place))

    def _checked(self, package: Package, checks: tuple[Check, ...]) -> tuple[Package, list[Fault]]:
        self.places.rows = self.sections.rows
        faults = [self.places.located(fault) for fault in check(package)]
        if len({event.op_id for event in package.events}) < len(package.events):
            package = self._counted_once(package)
        subjects = with_facts(package.subjects, package.caseload, package.counted, package.framework)
        package = replace(package, subjects=subjects)
        faults += [self.places.located(fault) for extra in checks for fault in extra(package)]
        return package, self.found.all() + faults

    def _counted_once(self, package: Package) -> Package:
        counted = list(unique(package.events))
        rows = self.places.rows["answers"]
        self.places.rows = self.places.rows | {"answers": [rows[index] for index in counted]}
        return replace(package, events=tuple(package.events[index] for index in counted))
