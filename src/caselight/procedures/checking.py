"""Everything that is wrong with a folder: a framework, or an inspection with its answers and its letter."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from caselight.formats.framework_yaml import framework_faults
from caselight.formats.garbage import uncollected
from caselight.formats.package.archive import unpack
from caselight.formats.package.reading import package_faults
from caselight.method.analysis.examined import Examined
from caselight.method.faults import Fault, Faults, Place, Severity, errors
from caselight.method.inspection.package import Package
from caselight.procedures.checking_answers import answer_faults
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
    yield from letter_faults(package, examined, package.letters)


def letter_faults(package: Package, examined: Examined, languages: Iterable[str]) -> Iterator[Fault]:
    """What is wrong with the letters in these languages; one that is missing is a fault, too."""
    yield from undated_faults(package)
    for language in languages:
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
