"""The page on which the letter is written, as a value: the text, what was found in it, and where it was saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from caselight.method.faults import Fault
from caselight.method.framework.definition import Framework
from caselight.procedures.lettering import Looked, letter_package, look
from caselight.store.identities.actions.vault import names_to_check
from caselight.store.reports.queries import Version, newest_of, unsaved_of, versions_of
from caselight.web.design.visits import InspectionVisit
from caselight.web.letter.differences import Row, differences
from caselight.web.letter.mending import Mending, mending
from caselight.web.letter.outlining import Heading, outline


@dataclass(frozen=True)
class Writing:
    """The letter in one language as somebody writes it. ``base`` is the version that they write on.

    ``refused`` is why it was not saved; ``theirs`` then is what somebody else saved meanwhile.
    """

    language: str
    text: str
    base: int
    versions: tuple[Version, ...]
    looked: Looked
    framework: Framework
    unsaved_at: datetime | None = None
    refused: tuple[Fault, ...] = ()
    theirs: str | None = None

    @property
    def newest(self) -> Version | None:
        """The newest saved version."""
        return self.versions[0] if self.versions else None

    @cached_property
    def mending(self) -> Mending:
        """What is to be mended."""
        return mending(self.looked.faults, self.text)

    @cached_property
    def outline(self) -> list[Heading]:
        """The headings."""
        return outline(self.text, self.framework, self.language)

    @property
    def lines(self) -> list[str]:
        """The text line by line."""
        return self.text.split("\n")

    @property
    def against(self) -> list[Row]:
        """Side by side: what somebody else saved, and what was typed."""
        return differences(self.theirs, self.text) if self.theirs is not None else []


def writing(visit: InspectionVisit, language: str, typed: tuple[str, int] | None = None) -> Writing:
    """The page for the person: what they ``typed`` (and on which version), else what they had not saved, else the letter.

    The text is checked for names, which leaves a row in the audit.
    """
    newest, saved = newest_of(visit.key, language)
    unsaved = unsaved_of(visit.key, language, visit.user) if typed is None else None
    if unsaved is not None and unsaved.text == saved:
        unsaved = None
    text, base = typed or ((unsaved.text, unsaved.base) if unsaved else (saved, newest))
    package = letter_package(visit.key)
    names = names_to_check(by=visit.user, inspection=visit.key, at=visit.at)
    return Writing(
        language=language,
        text=text,
        base=base,
        versions=versions_of(visit.key, language),
        looked=look(package, language, text, names=names),
        framework=package.framework,
        unsaved_at=unsaved.at if unsaved else None,
        theirs=saved if base != newest and text != saved else None,
    )
