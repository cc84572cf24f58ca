"""Everything that is wrong with a folder: a framework, or an inspection with its answers and its letter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from caselight.formats.framework_yaml import framework_faults
from caselight.formats.garbage import uncollected
from caselight.formats.package.archive import unpack
from caselight.formats.package.reading import package_faults
from caselight.method.analysis.figures import Examined
from caselight.method.answers.completeness import missing, not_counted
from caselight.method.answers.consistency import inconsistencies
from caselight.method.answers.sheet import Sheet
from caselight.method.faults import Fault, Faults, Place, Severity, errors
from caselight.method.inspection.package import Package
from caselight.procedures.drafting import draft
from caselight.procedures.sampling import sample_faults


@dataclass(frozen=True)
class Checked:
    """What a folder is, in words, and everything that was found."""

    what: str
    faults: tuple[Fault, ...]


def check_folder(folder: Path) -> Checked:
    """Check a framework folder, an inspection folder or an inspection zip. Never raises on what is in it."""
    if folder.is_file():
        return _check_zip(folder)
    if (folder / "inspection.yaml").exists() or not (folder / "framework.yaml").exists():
        return Checked("Inspection", _all_faults(folder))
    _framework, faults = framework_faults(folder)
    return Checked("Framework", tuple(faults))


def _check_zip(archive: Path) -> Checked:
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "inspection"
        try:
            unpack(archive, target)
        except Faults as faults:
            return Checked("Inspection zip", faults.faults)
        return Checked("Inspection zip", _all_faults(target))


def _all_faults(folder: Path) -> tuple[Fault, ...]:
    with uncollected():
        return tuple(_inspection_faults(folder))


def _inspection_faults(folder: Path) -> Iterator[Fault]:
    package, faults = package_faults(folder, private=True)
    yield from faults
    if package is None or errors(faults):
        return
    examined = Examined(package, package.inspection.languages[0])
    yield from answer_faults(package, examined)
    yield from sample_faults(package)
    if not package.events:
        yield Fault("letter.not-yet", ("letter",), "The letter is not looked at yet: nothing has been answered.",
                    "Record answers first; its phrases need figures.", Severity.HINT, Place("letter.md"))  # fmt: skip
        return
    for language in package.letters:
        try:
            shared = examined if language == examined.language else None
            yield from draft(package, language, examined=shared).faults
        except Faults as found:
            yield from found.faults


def answer_faults(package: Package, examined: Examined) -> Iterator[Fault]:
    """What the answers say about themselves: not counted, inconsistent, and not yet complete."""
    sheets = examined.everyone
    rows = {(event.subject_key, event.question_id): event.op_id for event in package.events}
    for item in not_counted(sheets):
        yield Fault(
            "answers.not-applicable",
            (item.subject_key, item.question_id),
            f"{item.question_id} is answered for {item.subject_key}, but does not apply to it; "
            "the answer is kept and counted nowhere.",
            "Withdraw the answer, or correct the fact or gate that decides.",
            Severity.WARNING,
            Place("answers.csv", None, rows.get((item.subject_key, item.question_id), "")),
        )
    yield from _inconsistent(package, sheets)
    yield from incomplete_faults(examined)


def _inconsistent(package: Package, sheets: Iterable[Sheet]) -> Iterator[Fault]:
    language = package.inspection.languages[0]
    for key, check in inconsistencies(sheets):
        yield Fault(
            "answers.inconsistent",
            (key, check.id),
            f"{key}: {check.says.in_(language)}",
            check.cure.in_(language),
            Severity(check.severity),
            Place("answers.csv", None, key),
        )


def incomplete_faults(examined: Examined) -> Iterator[Fault]:
    """One fault for each subject that still has questions to answer or answers to decide between."""
    for key, group in groupby(missing(examined.everyone), key=lambda item: item.subject_key):
        items = list(group)
        shown = ", ".join(item.question_id for item in items[:6]) + (" …" if len(items) > 6 else "")
        yield Fault(
            "answers.incomplete",
            (key,),
            f"{key} is not complete: {len(items)} to answer or decide ({shown}).",
            "Answer them, or say why they are not relevant.",
            Severity.WARNING,
            Place("answers.csv", None, key),
        )
