"""The letter of an inspection in the store while it is written: what is looked at, what was found, a first draft.

A letter that cannot be traced is no reason to stop: whoever writes sees what is wrong and goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from caselight.formats.package.layout import letter_file
from caselight.method.analysis.examined import Examined
from caselight.method.faults import Fault, Faults
from caselight.method.framework.definition import Framework
from caselight.method.inspection.definition import Pinned
from caselight.method.inspection.package import Identity, Package
from caselight.method.report.traced import TracedLetter
from caselight.procedures.beginning import packs_folder
from caselight.procedures.checking import undated_faults
from caselight.procedures.drafting import draft
from caselight.procedures.stored import store_package
from caselight.store.frameworks.queries import files_of
from caselight.store.inspections.queries import inspection_of
from caselight.store.reports.signers import signers_of

VERSION = re.compile(r"^version:\s*[\"']?([^\"'\s#]+)", re.MULTILINE)
NAMES_UNSEEN = "letter.names-not-checked"


@dataclass(frozen=True)
class Looked:
    """A text of the letter and what was found in it; ``letter`` is None where it could not be traced."""

    text: str
    language: str
    letter: TracedLetter | None
    faults: tuple[Fault, ...]


def letter_package(key: str) -> Package:
    """The inspection as its letter needs it: with everybody who has a role in it in the team. No names of children."""
    package = store_package(key)
    team = package.inspection.team
    known = {member.key for member in team}
    more = tuple(member for member in signers_of(key) if member.key not in known)
    inspection = package.inspection.model_copy(update={"team": (*team, *more)}) if more else package.inspection
    return replace(package, inspection=inspection)


def look(package: Package, language: str, text: str, *, names: Iterable[Identity] | None = None) -> Looked:
    """Trace a text as the letter. ``names`` are those it is checked against; None leaves that check for later."""
    package = replace(package, letters={**package.letters, language: text}, identities=tuple(names or ()))
    letter, found = None, tuple[Fault, ...]()
    try:
        letter = draft(package, language, examined=Examined(package, language))
        found = letter.faults
    except Faults as faults:
        found = faults.faults
    if names is None:
        found = tuple(fault for fault in found if fault.code != NAMES_UNSEEN)
    return Looked(text, language, letter, (*found, *undated_faults(package)))


def first_draft(key: str, language: str) -> str:
    """A letter to begin with: the framework's own, or the headings that it asks for."""
    kept = inspection_of(key)
    name = letter_file(language, kept.definition.languages)
    given = files_of(kept.framework).get(name) or _shipped(kept.definition.framework, name)
    if given is not None:
        return given.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return "\n\n".join(_headings(store_package(key).framework)) + "\n"


def _shipped(pinned: Pinned, name: str) -> bytes | None:
    """The letter that a shipped pack of this name and version begins with; adopted files may lack it."""
    folder = packs_folder() / pinned.id
    if not (folder / name).is_file():
        return None
    version = VERSION.search((folder / "framework.yaml").read_text("utf-8"))
    return (folder / name).read_bytes() if version and version[1] == pinned.version else None


def _headings(framework: Framework) -> Iterator[str]:
    """The sections in their order; the themes stand in the one called commentary, or at the end."""
    fixed = {item.id for item in framework.letter.fixed}
    themes = [f"### {{theme: {theme.id}}}" for theme in framework.themes]
    for section in framework.letter.sections:
        yield f"## {{section: {section}}}"
        if section in fixed:
            yield f"{{fixed: {section}}}"
        if section == "commentary":
            yield from themes
    if "commentary" not in framework.letter.sections:
        yield from (theme.replace("###", "##") for theme in themes)
