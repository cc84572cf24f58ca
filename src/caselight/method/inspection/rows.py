"""What is wrong with the rows about people and cases: keys that are there twice, managers nobody knows, the sample.

Whether a draw can be repeated is for :mod:`caselight.method.sampling`; here only rows are held against rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.faults import Fault, Severity, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase, Package, SampledCase

STATUSES = ("drawn", "reserve", "removed", "replacement")


def twice(section: str, field: str, keys: Iterable[object]) -> Iterator[Fault]:
    """A fault for each key that an earlier row of the same file already has."""
    seen: set[object] = set()
    for index, key in enumerate(keys):
        if key in seen:
            name = key if isinstance(key, str) else " ".join(str(part) for part in key)  # type: ignore[attr-defined]
            says = f"{quoted(name)} is there twice."
            yield Fault("package.duplicate-row", (section, index, field), says, "Keep the row that is right.")
        seen.add(key)


def subject_faults(package: Package) -> Iterator[Fault]:
    """Faults of ``subjects.csv``: unknown kinds, keys that are there twice, managers that are no subject."""
    kinds = [subject.id for subject in package.framework.subjects]
    managers = _managers(package)
    yield from twice("subjects", "subject_key", ((subject.kind, subject.key) for subject in package.subjects))
    for index, subject in enumerate(package.subjects):
        if subject.kind not in kinds:
            says = f"The framework has no subject {quoted(subject.kind)}."
            yield Fault(
                "package.unknown-kind", ("subjects", index, "subject_kind"), says, did_you_mean(subject.kind, kinds)
            )
        yield from _manager(subject.managed_by, managers, "subjects", index)


def _managers(package: Package) -> frozenset[str]:
    sampled = package.framework.subjects[0].id
    return frozenset(subject.key for subject in package.subjects if subject.kind != sampled)


def _manager(key: str, managers: frozenset[str], section: str, index: int) -> Iterator[Fault]:
    if key and key not in managers:
        says = f"{quoted(key)} manages a case and is nobody of subjects.csv."
        cure = "Add the manager to subjects.csv, or correct managed_by."
        yield Fault("package.unknown-manager", (section, index, "managed_by"), says, cure)


def caseload_faults(package: Package) -> Iterator[Fault]:
    """Faults of ``caseload.csv``: keys that are there twice, unknown managers, what is missing without a reason."""
    yield from twice("caseload", "case_key", (case.key for case in package.caseload))
    managers = _managers(package)
    kind = package.framework.subjects[0].id
    subjects = {subject.key: subject for subject in package.subjects if subject.kind == kind}
    required = [f.id for f in package.framework.facts if f.required and f.supplied_by == "service"]
    for index, case in enumerate(package.caseload):
        yield from _manager(case.managed_by, managers, "caseload", index) if case.key in subjects else ()
        yield from _caseload_row(index, case, required)
        subject = subjects.get(case.key)
        if subject and case.managed_by in managers and subject.managed_by not in ("", case.managed_by):
            says = f"caseload.csv and subjects.csv name different managers of {quoted(case.key)}."
            yield Fault(
                "package.managers-differ", ("caseload", index, "managed_by"), says, "Correct one.", Severity.WARNING
            )


def _caseload_row(index: int, case: CaseloadCase, required: Iterable[str]) -> Iterator[Fault]:
    if not case.eligible and not case.reason:
        says = f"{quoted(case.key)} is not eligible and nothing says why."
        where = ("caseload", index, "reason")
        yield Fault("package.ineligible-without-reason", where, says, "Give the reason.", Severity.WARNING)
    for name in required:
        if case.eligible and case.facts.get(name) is None:
            says = f"The service supplied no {name} for {quoted(case.key)}, and the framework requires it."
            cure = "Ask the service for it; until then what depends on it is not known."
            yield Fault("package.fact-missing", ("caseload", index, name), says, cure, Severity.WARNING)


def sample_faults(package: Package) -> Iterator[Fault]:
    """Faults of ``sample.csv`` against the caseload, the subjects and the framework's reasons for removal."""
    keys = ((case.design, case.case_key) if case.design else case.case_key for case in package.sample)
    yield from twice("sample", "case_key", keys)
    caseload = {case.key: case for case in package.caseload}
    kind = package.framework.subjects[0].id
    subjects = {subject.key for subject in package.subjects if subject.kind == kind}
    sample = {(case.design, case.case_key): case for case in package.sample}
    for index, case in enumerate(package.sample):
        yield from _sampled(index, case, caseload)
        yield from _removed(index, case, sample, package.framework)
        if case.examined and case.case_key not in subjects:
            says = f"{quoted(case.case_key)} is in the sample and not in subjects.csv, so no answer can belong to it."
            where = ("sample", index, "case_key")
            yield Fault("package.sample-without-subject", where, says, "Add the case.", Severity.WARNING)


def _sampled(index: int, case: SampledCase, caseload: dict[str, CaseloadCase]) -> Iterator[Fault]:
    row = caseload.get(case.case_key)
    if row is None:
        says = f"{quoted(case.case_key)} is in the sample and not in caseload.csv."
        cure = "Add the case to the caseload, or draw the sample again."
        yield Fault("package.sample-not-in-caseload", ("sample", index, "case_key"), says, cure)
    elif not row.eligible:
        says = f"{quoted(case.case_key)} is in the sample and caseload.csv says that it is not eligible."
        cure = "Remove it with a reason, or correct eligible."
        severity = Severity.ERROR if case.examined else Severity.WARNING
        yield Fault("package.sample-not-eligible", ("sample", index, "case_key"), says, cure, severity)
    if case.status not in STATUSES:
        says = f"A case of the sample cannot be {quoted(case.status)}."
        yield Fault("package.unknown-status", ("sample", index, "status"), says, did_you_mean(case.status, STATUSES))


def _removed(
    index: int, case: SampledCase, sample: dict[tuple[str, str], SampledCase], framework: Framework
) -> Iterator[Fault]:
    reasons = {reason.id: reason for reason in framework.sample.removal_reasons} if framework.sample else {}
    where = ("sample", index, "removed_reason")
    if case.status == "removed" and not case.removed_reason:
        cure = f"Give one of: {', '.join(reasons)}." if reasons else "Give the reason."
        yield Fault(
            "package.removed-without-reason", where, f"{quoted(case.case_key)} was removed without a reason.", cure
        )
    elif case.removed_reason and reasons and case.removed_reason not in reasons:
        says = f"No reason for removal is called {quoted(case.removed_reason)}."
        yield Fault("package.unknown-removal-reason", where, says, did_you_mean(case.removed_reason, reasons))
    elif case.removed_reason in reasons and reasons[case.removed_reason].needs_note and not case.note:
        says = f"The reason {quoted(case.removed_reason)} needs a note that says what it was."
        yield Fault("package.reason-needs-note", ("sample", index, "note"), says, "Write the note.")
    successor = sample.get((case.design, case.replaced_by))
    if case.replaced_by and (successor is None or successor.status != "replacement"):
        says = (
            f"{quoted(case.case_key)} is replaced by {quoted(case.replaced_by)}, which is no replacement of the sample."
        )
        cure = "Name the reserve that took its place, and give that row the status replacement."
        yield Fault("package.unknown-replacement", ("sample", index, "replaced_by"), says, cure)
