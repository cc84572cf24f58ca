"""Drawing the samples of an inspection folder, removing a case from them, and verifying them.

The method draws; here its values become rows of ``sample.csv`` and ``sampling.csv``, and the cases drawn become subjects
to examine. What a sample looks like is told by :mod:`caselight.procedures.sample_report`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from caselight.formats.files import locked
from caselight.formats.package.layout import CASELOAD, SAMPLE, SAMPLING, SUBJECTS
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.method.caseload.case import Subject
from caselight.method.faults import Fault, Place, refuse, stop
from caselight.method.inspection.package import Package
from caselight.method.sampling.draw import REMOVED
from caselight.method.sampling.redraw import history_faults, redraw
from caselight.method.sampling.removal import remove
from caselight.procedures.samples import (
    Sampling,
    cases_of,
    judged,
    names_of,
    row,
    rows_of,
    samplings,
    steps_of,
    stored_steps,
)


def draw_sample(folder: Path, design: str | None = None) -> tuple[Fault, ...]:
    """Judge who is eligible, draw by the designs of ``inspection.yaml`` (or by one of them), and write what they give.

    Gives what a person should know: a quota that was not met, a cap that left the sample short. Raises
    ``sample.already-drawn`` when there is a sample of a design: a second draw would hide the first.
    """
    with locked(folder):
        package = read_package(folder)
        for sampling in samplings(package, design):
            _refuse_second(package, sampling.name)
        package = judged(package)
        drawn = samplings(package, design)
        rows = [row for sampling in drawn for row in rows_of(sampling)]
        steps = [step for sampling in drawn for step in steps_of(sampling)]
        faults = tuple(fault for sampling in drawn for fault in sampling.allocation().faults)
        _write(folder, replace(package, sample=(*package.sample, *rows), sampling=(*package.sampling, *steps)))
        return faults


def _refuse_second(package: Package, name: str) -> None:
    cases = cases_of(package, name)
    if cases or stored_steps(package, name):
        of = f" by the design “{name}”" if name else ""
        says = f"There is a sample of {_said(len(cases), 'case')}{of} in sample.csv already."
        cure = "Verify it with --verify, or empty sample.csv and sampling.csv to draw anew."
        stop(Fault("sample.already-drawn", ("sample",), says, cure, place=Place("sample.csv")))


def remove_case(
    folder: Path, case_key: str, reason: str, note: str = "", *, design: str | None = None
) -> tuple[Fault, ...]:
    """Take a case out of the sample with a coded reason; the next reserve takes its place and is examined.

    A case that several designs drew is taken out of all of them, unless one is named. Gives what a person should know:
    a replacement from another stratum, or none left. A reason that needs a note is refused without one, before
    anything is written.
    """
    with locked(folder):
        package = read_package(folder)
        defaults = package.framework.sample
        reasons = {item.id: item for item in defaults.removal_reasons} if defaults else {}
        if reason in reasons and reasons[reason].needs_note and not note.strip():
            says, cure = f"The reason “{reason}” needs a note.", "Say what it was, with --note."
            stop(Fault("sample.reason-needs-note", ("sample", case_key), says, cure, place=Place("sample.csv")))
        faults: list[Fault] = []
        for name in _designs_with(package, case_key) if design is None else [design]:
            package, found = _without(package, name, case_key, (reason, note))
            faults += found
        _write(folder, package)
        return tuple(faults)


def _designs_with(package: Package, case_key: str) -> list[str]:
    """The designs in whose sample the case still is; one at least, so that a fault can name what is wrong."""
    holds = [row.design for row in package.sample if row.case_key == case_key]
    still = [row.design for row in package.sample if row.case_key == case_key and row.status != REMOVED]
    return still or holds[:1] or [""]


def _without(package: Package, name: str, case_key: str, why: tuple[str, str]) -> tuple[Package, tuple[Fault, ...]]:
    defaults = package.framework.sample
    reasons = {item.id for item in defaults.removal_reasons} if defaults else set()
    rules = defaults.design(name) if defaults else None
    removal = remove(cases_of(package, name), case_key, why[0], reasons, across=not (rules and rules.quotas))
    rows = (
        replace(row(case, name), note=why[1]) if case.case_key == case_key else row(case, name)
        for case in removal.sample
    )
    others = (kept for kept in package.sample if kept.design != name)
    return replace(package, sample=(*others, *rows)), removal.faults


def verify_sample(folder: Path, design: str | None = None) -> None:
    """Draw again. Raises :class:`Faults` with every way in which what is stored is not what the designs give."""
    package = read_package(folder)
    refuse([fault for sampling in samplings(package, design) for fault in verified(package, sampling)])


def sample_faults(package: Package) -> tuple[Fault, ...]:
    """What :func:`verify_sample` finds, for the designs of a package that were drawn."""
    drawn = {row.design for row in package.sample} | {row.design for row in package.sampling}
    names = [name for name in names_of(package.inspection) if name in drawn]
    return tuple(fault for name in names for s in samplings(package, name) for fault in verified(package, s))


def verified(package: Package, sampling: Sampling) -> Iterable[Fault]:
    """Cases and, where it is stored, the history of sizes; a named design always has one."""
    marking = sampling.rules.assessed_twice if sampling.rules else None
    if sampling.population.cases or sampling.rules is None:
        yield from redraw(sampling.population.cases, sampling.design, cases_of(package, sampling.name), marking)
    stored = stored_steps(package, sampling.name)
    if stored or sampling.rules is not None:
        yield from history_faults(
            [(step.part, step.reason, step.size) for step in steps_of(sampling)],
            [(step.part, step.reason, step.size) for step in stored],
        )


def _said(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _write(folder: Path, package: Package) -> None:
    package = replace(package, subjects=tuple(subjects_with_sample(package)))
    history = (SAMPLING,) if package.sampling else ()
    write_tables(folder, package, SUBJECTS, CASELOAD, *history, SAMPLE)


def subjects_with_sample(package: Package) -> Iterable[Subject]:
    """Those there are already, and a case and its case manager for every examined case that has none yet."""
    known = {subject.key: subject for subject in package.subjects}
    rows = {case.key: case for case in package.caseload}
    kinds = [subject.id for subject in package.framework.subjects]
    examined = dict.fromkeys(row.case_key for row in package.sample if row.examined)  # by several designs, perhaps
    fresh = [rows[key] for key in examined if key not in known]
    for number, case in enumerate(fresh, start=_next_number(known.values(), "Case")):
        label = f"Case {number:02}"
        known[case.key] = Subject(kinds[0], case.key, label, case.facts, case.facts, case.managed_by)
    managers = sorted({subject.managed_by for subject in known.values()} - {"", *known})
    for number, key in enumerate(managers, start=_next_number(known.values(), "Case manager")):
        if len(kinds) > 1:
            known[key] = Subject(kinds[1], key, f"Case manager {number:02}")
    return known.values()


def _next_number(subjects: Iterable[Subject], name: str) -> int:
    """One more than the highest number of a label: a label of a removed case is not used again."""
    labels = (re.fullmatch(rf"{name} ([0-9]{{1,9}})", subject.label) for subject in subjects)
    return max((int(label[1]) for label in labels if label), default=0) + 1
