"""The links of an inspection that a person may follow. A page that is not there yet is left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from caselight.store.accounts.permissions import Permission
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import Words, words


@dataclass(frozen=True, slots=True)
class Link:
    """One link; ``current``: the page that is shown belongs to it; ``here``: it leads to that very page."""

    text: str
    href: str
    current: bool = False
    here: bool = False


P = Permission

# Name of the page, what the link says, and the acts any one of which opens it (on some case at least).
PAGES = (
    ("planning:inspection", "{inspection}", (P.INSPECTION_READ,)),
    ("caseload:list", "case list", (P.CASELOAD_READ, P.CASELOAD_WRITE)),
    ("sampling:sample", "sample", (P.SAMPLE_DRAW, P.FIGURES_READ)),
    ("timetable:timetable", "timetable", (P.TIMETABLE_READ, P.TIMETABLE_WRITE)),
    ("assessing:cases", "cases", (P.ANSWER_RECORD, P.ANSWER_READ)),
    ("moderation:board", "moderation", (P.ANSWER_MODERATE,)),
    ("findings:findings", "findings", (P.FIGURES_READ,)),
    ("letter:letter", "{letter}", (P.LETTER_READ,)),
    ("letter:files", "{letter}", (P.PUBLISHED_READ,)),
)


def links(visit: InspectionVisit, journey: str, path: str = "") -> list[Link]:
    """The links for this person, in the order of the work; the shown page is at ``path`` and belongs to ``journey``."""
    if not visit.may(P.INSPECTION_READ):
        return []
    said, found = words(visit), dict[str, Link]()
    for name, text, permissions in PAGES:  # of two that say the same, the first that is open
        if (href := _address(name, visit.key)) and any(visit.may_on_some(permission) for permission in permissions):
            found.setdefault(text, Link(_text(text, said), href, name.partition(":")[0] == journey, href == path))
    return [*found.values()]


def _address(name: str, key: str) -> str:
    try:
        return reverse(name, kwargs={"key": key})
    except NoReverseMatch:
        return ""


def _text(text: str, said: Words) -> str:
    return said.cap(text.format(inspection=said.inspection, letter=said.letter))
