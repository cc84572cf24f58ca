"""Writing a letter out: ``working/`` always, ``open/`` only when nothing stands against publishing it.

Each folder is written beside and moved into place whole. The last look for names is at the final bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caselight.formats.files import whole_folder
from caselight.formats.letter.labels import labels_of
from caselight.formats.package.layout import letter_file
from caselight.formats.package.reading import package_faults
from caselight.method.analysis.examined import Examined
from caselight.method.faults import Fault, Faults, Place, quoted, refuse, stop
from caselight.method.inspection.package import Package
from caselight.method.report.lint.names import known_names, name_faults
from caselight.method.report.open_data import open_letter
from caselight.method.report.traced import TracedLetter
from caselight.procedures.checking import inspection_faults, stops_publication, undated_faults
from caselight.procedures.drafting import draft
from caselight.procedures.outputs import Files, Step, data_files, letter_files, readable

OURS = re.compile(r"letter[^/]*\.(html|pdf|docx)|figures\.[^/]+|charts|charts/[^/]+\.svg")  # the files of ``outputs``


@dataclass(frozen=True)
class Written:
    """The files that were written, what was found, and whether ``open/`` is among them."""

    files: tuple[Path, ...]
    faults: tuple[Fault, ...]
    published: bool


def write_letter(folder: Path, out: Path, language: str = "", *, publish: bool, step: Step) -> Written:
    """Write the letters of an inspection folder: in one language, or in all that have one; a publication has all.

    Raises :class:`Faults` when the folder is faulty or a letter cannot be traced; then nothing is written.
    """
    for name in ("working", "open")[: 1 + publish]:
        _refuse_others(out / name)
    step("Reading the inspection")
    package, read = package_faults(folder, private=True)
    refuse(read)
    if package is None:
        raise Faults(read)
    examined = Examined(package, package.inspection.languages[0])
    letters = [
        draft(package, code, examined=examined if code == examined.language else None)
        for code in _languages(package, language, publish=publish)
    ]
    faults = [fault for letter in letters for fault in letter.faults]
    written = _folder(out / "working", letters, package, open_=False, step=step)
    if not publish:
        return Written(tuple(written), tuple(faults), published=False)
    about = [*undated_faults(package), *faults]
    against = tuple(inspection_faults(package, examined, read=read, letters=lambda: about))
    published = not any(map(stops_publication, against))
    if published:
        written += _folder(out / "open", letters, package, open_=True, step=step)
    return Written(tuple(written), against, published)


def _refuse_others(out: Path) -> None:
    """A folder is replaced whole, so one that holds what Caselight did not write is never touched."""
    inside = sorted(out.rglob("*")) if out.is_dir() else [out] if out.exists() else []
    for path in inside:
        name = path.relative_to(out).as_posix()
        if not (OURS.fullmatch(name) and path.is_dir() == (name == "charts")):
            stop(
                Fault(
                    "cli.folder-not-ours",
                    (out.name,),
                    f"The folder {quoted(out.name)} would be replaced, and holds {quoted(name)}, which is not from Caselight.",
                    "Move it elsewhere, or name another folder with --out.",
                    place=Place(out.name),
                )
            )


def _languages(package: Package, language: str, *, publish: bool) -> tuple[str, ...]:
    spoken = package.inspection.languages
    if publish:
        return spoken
    return (language,) if language else tuple(code for code in spoken if code in package.letters) or spoken[:1]


def _folder(out: Path, letters: Sequence[TracedLetter], package: Package, *, open_: bool, step: Step) -> list[Path]:
    files: Files = {}
    for letter in letters:
        shown, suppressed = open_letter(letter, package.framework) if open_ else (_working_copy(letter), {})
        suffix = letter_file(letter.language, package.inspection.languages).removeprefix("letter").removesuffix(".md")
        files |= letter_files(shown, suffix, suppressed, open_=open_, step=step)
        if letter is letters[0]:
            files |= data_files(shown, suppressed, open_=open_, step=step)
    refuse(names_in(files, package))
    with whole_folder(out) as beside:
        for name, data in files.items():
            target = beside / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(data)
    return [out / name for name in sorted(files)]


def _working_copy(letter: TracedLetter) -> TracedLetter:
    """The letter with a notice on every page that it holds what must not be published: the keys of cases."""
    notice = labels_of(letter)("page.working")
    return replace(letter, banner=f"{letter.banner} · {notice}" if letter.banner else notice)


def names_in(files: Files, package: Package) -> Iterator[Fault]:
    months = [month for language in package.framework.wording.values() for month in language.months]
    accepted = (word.word for word in package.inspection.accepted_words)
    names = known_names(package.identities, months, accepted)
    return name_faults(((Place(name), text) for name, text in readable(files)), names)
