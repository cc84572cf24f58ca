"""Evidence behind an answer: where in the file it was found, and the words quoted from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in the case file the evidence is: the document and the place in it."""

    op_id: str
    document: str
    where: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words quoted from a case file or an inspector's note, with the invented name they are printed under.

    ``alias`` is empty when nobody is named; otherwise somebody must have checked that it is no real name of this
    caseload (``alias_checked_by``).
    """

    key: str
    op_id: str
    text: str
    alias: str = ""
    alias_checked_by: str = ""
    speaker: str = ""
