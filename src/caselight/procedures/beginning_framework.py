"""A new framework folder: a small framework that is right from the first check, with the words of its languages inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from caselight.formats.files import whole_folder
from caselight.formats.framework_skeleton import WRITTEN_IN, skeleton_files, words_file
from caselight.formats.framework_yaml import copy_framework, read_framework
from caselight.method.faults import Fault, quoted, stop
from caselight.procedures.beginning import pack_folder, packs_folder, plain_id, refuse_used

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ENGLISH = re.compile(r"^  en:\n    name: English$", re.MULTILINE)
TO_TRANSLATE = (
    "# English words under another language, so that letters can be made from the first day. Translate every one.\n"
)


def new_framework(folder: Path, title: str, languages: Sequence[str]) -> list[str]:
    """Make a new framework folder: complete, commented and without a fault. Gives the files' names.

    The first of ``languages`` is the default; without any it is English. Texts in another language begin with its code
    in brackets until somebody translates them. Raises ``new.folder-exists`` and ``new.language``.
    """
    refuse_used(folder)
    codes = list(dict.fromkeys(languages)) or [WRITTEN_IN]
    for code in codes:
        if not _CODE.fullmatch(code):
            says = f"{quoted(code)} is not the code of a language."
            stop(Fault("new.language", (code,), says, "Write two or three small letters, such as en or cy."))
    name = folder.resolve().name
    files = skeleton_files(
        plain_id(name, "framework"), _on_one_line(title) or _on_one_line(name) or "New framework", codes
    )
    files |= {words_file(code): _words(code) for code in codes}
    with whole_folder(folder) as beside:
        for file, text in files.items():
            (beside / file).parent.mkdir(parents=True, exist_ok=True)
            (beside / file).write_text(text, "utf-8", newline="\n")
    return sorted(files)


def copied_framework(folder: Path, framework: str) -> list[str]:
    """Make a folder of your own from a shipped pack, or the framework of a folder, that stands alone. Gives its files.

    Nothing in it is changed: give it an id or a version of its own before it is used. Raises ``new.folder-exists``,
    ``new.unknown-framework`` and every fault of the framework.
    """
    refuse_used(folder)
    source = pack_folder(framework)
    read_framework(source)
    with whole_folder(folder) as beside:
        copy_framework(source, beside)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _words(language: str) -> str:
    """The words of a language: those that the packs share, or a copy of them to be translated."""
    shared = (packs_folder() / "english" / "wording.yaml").read_text("utf-8")
    if language == WRITTEN_IN:
        return shared
    return TO_TRANSLATE + _ENGLISH.sub(f"  {language}:\n    name: {language}", shared, count=1)


def _on_one_line(text: str) -> str:
    """A title without line ends and without what no file may hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
