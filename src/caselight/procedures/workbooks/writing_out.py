"""Workbooks of an inspection folder: one for everybody, or one for each case manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caselight.formats.files import write_whole
from caselight.formats.package.reading import read_package
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.writing.workbook import workbook_bytes
from caselight.method.answers.events import PASSES
from caselight.method.faults import Fault, Place, did_you_mean, quoted, stop
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import Package

LAYOUTS = ("sheets", "rows")


@dataclass(frozen=True)
class Wish:
    """What a workbook should be like. Nothing said: every examined subject, a sheet for each, the first pass."""

    cases: tuple[str, ...] = ()
    by_worker: bool = False
    layout: str = "sheets"
    pass_: str = "first"  # noqa: S105 - the name of a pass
    language: str = ""


@dataclass(frozen=True)
class Written:
    """One file that was written, and whom it is about."""

    file: Path
    subjects: int


def write_workbooks(folder: Path, target: Path, wish: Wish) -> tuple[Written, ...]:
    """Write the workbooks of an inspection. Raises Faults, and then nothing is written.

    The same inspection and the same wish give the same bytes.
    """
    package = read_package(folder)
    _refuse(package, target, wish)
    contents = Contents(package, wish.layout, wish.pass_, wish.language)
    files = []
    for keys, file in _parts(package, target, wish):
        book = contents.book(keys)
        if not book.records:
            says = "There is nobody to ask questions about: no subject is examined."
            stop(Fault("workbook.nobody", (folder.name,), says, "Draw the sample first, or add the subjects."))
        files.append((file, workbook_bytes(contents, book), len(book.records)))
    for file, data, _ in files:
        write_whole(file, data)
    return tuple(Written(file, subjects) for file, _, subjects in files)


def _refuse(package: Package, target: Path, wish: Wish) -> None:
    if target.suffix.lower() != ".xlsx":
        says = f"{quoted(target.name)} does not end in .xlsx."
        stop(
            Fault(
                "workbook.target", (target.name,), says, "Choose a name such as audit.xlsx.", place=Place(target.name)
            )
        )
    languages = package.framework.languages
    if wish.language and wish.language not in languages:
        says = f"The framework has no texts in {quoted(wish.language)}."
        stop(Fault("workbook.unknown-language", ("language",), says, did_you_mean(wish.language, languages)))
    if wish.pass_ not in PASSES:
        says = f"There is no pass called {quoted(wish.pass_)}."
        stop(Fault("workbook.unknown-pass", ("pass",), says, did_you_mean(wish.pass_, PASSES)))
    known = {subject.key for subject in package.subjects}
    for key in wish.cases:
        if key not in known:
            says = f"There is no subject {quoted(key)} in subjects.csv."
            stop(Fault("workbook.unknown-case", (key,), says, did_you_mean(key, sorted(known))))
    found = _found_kinds(package.framework)
    if wish.layout == "rows" and found:
        says = f"A row for each case has no room for what is found in one: {', '.join(found)}."
        stop(Fault("workbook.rows-and-tables", ("layout",), says, "Write a sheet for each case (--layout sheets)."))


def _found_kinds(framework: Framework) -> list[str]:
    asked = {framework.subject_of(question) for question in framework.questions.values()}
    return [subject.id for subject in framework.subjects if subject.found_in and subject.id in asked]


def _parts(package: Package, target: Path, wish: Wish) -> Sequence[tuple[tuple[str, ...], Path]]:
    """The subjects of each file, and its name; with ``by_worker`` a file for each case manager beside ``target``."""
    if not wish.by_worker:
        return [(wish.cases, target)]
    sampled = package.framework.subjects[0].id
    cases = [s for s in package.subjects if s.kind == sampled and (not wish.cases or s.key in wish.cases)]
    workers = sorted({case.managed_by for case in cases})
    return [
        (
            (*(case.key for case in cases if case.managed_by == worker), *([worker] if worker else [])),
            target.with_name(f"{target.stem}-{worker or 'nobody'}{target.suffix}"),
        )
        for worker in workers
    ]
