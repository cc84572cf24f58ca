"""The pages of the letter that a person may open, for the links on each of them."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.accounts.permissions import Permission
from caselight.web.design.visits import InspectionVisit
from caselight.web.letter.languages import address

PAGES = (
    ("letter:letter", "Text", Permission.LETTER_READ),
    ("letter:sentences", "Sentences", Permission.LETTER_WRITE),
    ("letter:decisions", "Decisions", Permission.LETTER_WRITE),
    ("letter:remarks", "Comments", Permission.LETTER_READ),
    ("letter:versions", "Versions", Permission.PACKAGE_EXPORT),
    ("letter:files", "Files to download", Permission.LETTER_READ, Permission.PUBLISHED_READ),
    ("letter:release", "Publication", Permission.PUBLICATION_READ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One link; ``current`` is the page that is shown."""

    text: str
    href: str
    current: bool


def places(visit: InspectionVisit, page: str, language: str) -> list[Place]:
    """The links of the letter's pages for this person."""
    return [
        Place(text, address(visit, name, language), name == page)
        for name, text, *needs in PAGES
        if any(visit.may(one) for one in needs)
    ]
