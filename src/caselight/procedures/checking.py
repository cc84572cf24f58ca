"""Everything that is wrong with a folder: a framework, or an inspection with its answers and its letter."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from caselight.formats.framework_yaml import framework_faults
from caselight.formats.garbage import uncollected
from caselight.formats.package.archive import unpack
from caselight.formats.package.reading import package_faults
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings import Ratings
from caselight.method.answers.completeness import missing, not_counted
from caselight.method.answers.consistency import inconsistencies
from caselight.method.answers.sheet import Sheet
from caselight.method.faults import Fault, Faults, Place, Severity, errors
from caselight.method.inspection.package import Package
from caselight.procedures.drafting import draft
from caselight.procedures.sampling import sample_faults

Stage = Callable[[], Iterable[Fault]]
UNSAFE = {"answers.incomplete", "package.contested", "package.sample-without-subject"}  # warnings: figures may change


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
        return tuple(_collected(lambda: _folder_faults(folder)))


def _folder_faults(folder: Path) -> Iterator[Fault]:
    package, read = package_faults(folder, private=True)
    if package is None or errors(read):
        yield from read
        return
    examined = Examined(package, package.inspection.languages[0])
    yield from inspection_faults(package, examined, read=read, letters=lambda: _letter_faults(package, examined))


def inspection_faults(
    package: Package, examined: Examined, *, read: Iterable[Fault], letters: Stage
) -> Iterator[Fault]:
    """Everything that is wrong with an inspection, for a check and before a publication: the same for both.

    ``read`` was found while reading the folder, ``letters`` gives what is wrong with the letters. What cannot go on in
    one stage keeps no other from being looked at.
    """
    yield from read
    for stage in (lambda: answer_faults(package, examined), lambda: sample_faults(package), letters):
        yield from _collected(stage)


def stops_publication(fault: Fault) -> bool:
    """Whether a letter may not be published with this fault: an error, unsafe figures, or something in the letter."""
    area = fault.code.partition(".")[0]
    warned = fault.severity is Severity.WARNING and (area == "letter" or fault.code in UNSAFE)
    return fault.severity is Severity.ERROR or warned


def _collected(stage: Stage) -> Iterator[Fault]:
    try:
        yield from stage()
    except Faults as found:
        yield from found.faults


def _letter_faults(package: Package, examined: Examined) -> Iterator[Fault]:
    if not package.events:
        yield Fault("letter.not-yet", ("letter",), "The letter is not looked at yet: nothing has been answered.",
                    "Record answers first; its phrases need figures.", Severity.HINT, Place("letter.md"))  # fmt: skip
        return
    yield from undated_faults(package)
    for language in package.letters:
        shared = examined if language == examined.language else None
        yield from _collected(partial(_draft_faults, package, language, shared))


def _draft_faults(package: Package, language: str, examined: Examined | None) -> Iterable[Fault]:
    return draft(package, language, examined=examined).faults


def undated_faults(package: Package) -> Iterator[Fault]:
    """A warning while the inspection has no day of publication: the letter could not say when it was published."""
    if package.inspection.dates.published is None:
        yield Fault(
            "letter.no-publication-date",
            ("inspection", "dates", "published"),
            "The inspection has no day of publication.",
            "Add published to the dates in inspection.yaml.",
            Severity.WARNING,
            Place("inspection.yaml"),
        )


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
    yield from _decisions(package, examined, rows)
    yield from incomplete_faults(examined)


def _decisions(package: Package, examined: Examined, rows: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    """Decisions about ratings that are recorded although the panel could not decide."""
    if package.framework.ratings:
        for fault in Ratings(Measures(examined)).decision_faults():
            key, question = fault.where
            yield fault.at(Place("answers.csv", None, rows.get((str(key), str(question)), "")))


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
