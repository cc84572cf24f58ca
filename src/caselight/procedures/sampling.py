"""Drawing the sample of an inspection folder, removing a case from it, verifying it, and how it compares.

The method draws; here its values become rows of ``sample.csv``, and the cases drawn become subjects to examine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from caselight.formats.files import locked
from caselight.formats.package.layout import CASELOAD, SAMPLE, SUBJECTS
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.method.caseload.case import Subject
from caselight.method.caseload.eligibility import judge, window
from caselight.method.faults import Fault, Place, refuse, stop
from caselight.method.inspection.package import CaseloadCase, Package, SampledCase
from caselight.method.sampling.design import Design
from caselight.method.sampling.draw import Drawn, draw, fingerprint
from caselight.method.sampling.redraw import redraw
from caselight.method.sampling.removal import remove
from caselight.method.sampling.representativeness import compare


def draw_sample(folder: Path) -> Package:
    """Judge who is eligible, draw by the design of ``inspection.yaml``, and write caseload, sample and subjects.

    Raises ``sample.already-drawn`` when there is a sample: a second draw would hide the first.
    """
    with locked(folder):
        package = read_package(folder)
        if package.sample:
            says = f"There is a sample of {_said(len(package.sample), 'case')} in sample.csv already."
            cure = "Verify it with --verify, or empty sample.csv to draw anew."
            stop(Fault("sample.already-drawn", ("sample",), says, cure, place=Place("sample.csv")))
        package = replace(package, caseload=tuple(_judged(package)))
        sample = draw(_eligible(package), _design(package))
        return _written(folder, replace(package, sample=tuple(_row(case) for case in sample)))


def remove_case(folder: Path, case_key: str, reason: str, note: str = "") -> tuple[Fault, ...]:
    """Take a case out of the sample with a coded reason; the next reserve takes its place and is examined.

    Gives what a person should know: a replacement from another stratum, or none left. A reason that needs a note is
    refused without one, before anything is written.
    """
    with locked(folder):
        package = read_package(folder)
        defaults = package.framework.sample
        reasons = {item.id: item for item in defaults.removal_reasons} if defaults else {}
        if reason in reasons and reasons[reason].needs_note and not note.strip():
            says, cure = f"The reason “{reason}” needs a note.", "Say what it was, with --note."
            stop(Fault("sample.reason-needs-note", ("sample", case_key), says, cure, place=Place("sample.csv")))
        removal = remove(_drawn(package.sample), case_key, reason, set(reasons))
        rows = (replace(_row(case), note=note) if case.case_key == case_key else _row(case) for case in removal.sample)
        _written(folder, replace(package, sample=tuple(rows)))
        return removal.faults


def verify_sample(folder: Path) -> None:
    """Draw again. Raises :class:`Faults` with every way in which ``sample.csv`` is not what the design gives."""
    package = read_package(folder)
    refuse(redraw(_eligible(package), _design(package), _drawn(package.sample)))


def sample_faults(package: Package) -> tuple[Fault, ...]:
    """What :func:`verify_sample` finds, for a package that has a design and a sample."""
    if not (package.sample and package.inspection.sample):
        return ()
    return redraw(_eligible(package), _design(package), _drawn(package.sample))


def sample_report(folder: Path) -> dict[str, Any]:
    """The sample as data: design, fingerprint of the caseload, cases, and the representativeness table."""
    package = read_package(folder)
    design, eligible = _design(package), _eligible(package)
    examined = [row.case_key for row in package.sample if row.examined]
    reserves = [row.case_key for row in package.sample if row.status == "reserve"]
    facts = [fact for fact in package.framework.facts if fact.characteristic and fact.subject == "case"]
    table = compare(eligible, examined, {fact.id: fact.values() or () for fact in facts})
    return {
        "says": f"{len(examined)} of {_said(len(eligible), 'eligible case')} in the sample, "
        f"{_said(len(reserves), 'reserve')}, {_said(len(package.caseload) - len(eligible), 'case')} not eligible. "
        f"Seed {design.seed}.",
        "design": asdict(design),
        "caseload_fingerprint": fingerprint(eligible),
        "sample": [asdict(row) for row in package.sample],
        "representativeness": [
            {
                "characteristic": row.characteristic,
                "value": row.value or "(not known)",
                "caseload": row.caseload_n,
                "sample": row.sample_n,
                "expected": f"{float(row.expected):.1f}",
                "difference": f"{float(row.difference):+.1f}{' !' if row.off else ''}",
            }
            for row in table
        ],
    }


def _said(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _judged(package: Package) -> Iterable[CaseloadCase]:
    """The caseload with eligibility and its reason worked out; a decision that the service gave a reason for stands."""
    eligibility, dates = package.framework.eligibility, package.inspection.dates
    if eligibility is None:
        return package.caseload
    span = window(eligibility, dates.announced, dates.fieldwork_from)
    return [_with_verdict(case, judge(case.facts, span, eligibility)) for case in package.caseload]


def _with_verdict(case: CaseloadCase, verdict: Any) -> CaseloadCase:
    if not case.eligible and case.reason:
        return case
    return replace(case, eligible=verdict.eligible, reason=verdict.reason)


def _eligible(package: Package) -> dict[str, Any]:
    return {case.key: case.facts for case in package.caseload if case.eligible}


def _design(package: Package) -> Design:
    chosen = package.inspection.sample
    if chosen is None:
        says, cure = (
            "inspection.yaml has no design for the sample.",
            "Add sample: with size, seed, strata and reserves.",
        )
        stop(Fault("sample.no-design", ("sample",), says, cure, place=Place("inspection.yaml")))
    return Design(chosen.size, chosen.seed, chosen.strata, chosen.reserves)


def _row(case: Drawn) -> SampledCase:
    return SampledCase(
        case.case_key, case.order, case.stratum, case.status, case.removed_reason, case.replaced_by, case.note
    )


def _drawn(rows: Iterable[SampledCase]) -> list[Drawn]:
    return [Drawn(r.case_key, r.stratum, r.order, r.status, r.removed_reason, r.replaced_by, r.note) for r in rows]


def _written(folder: Path, package: Package) -> Package:
    package = replace(package, subjects=tuple(_subjects(package)))
    write_tables(folder, package, SUBJECTS, CASELOAD, SAMPLE)
    return package


def _subjects(package: Package) -> Iterable[Subject]:
    """Those there are already, and a case and its case manager for every examined case that has none yet."""
    known = {subject.key: subject for subject in package.subjects}
    rows = {case.key: case for case in package.caseload}
    kinds = [subject.id for subject in package.framework.subjects]
    fresh = [rows[row.case_key] for row in package.sample if row.examined and row.case_key not in known]
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
