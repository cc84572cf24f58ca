"""Offence events: one row an offence at one disposal occasion, as it was delivered.

Occasions of a person are told apart by id *and* day: rows that share both were dealt with together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What an occasion was."""

    CAUTION = "caution"  # caution, reprimand, warning, youth caution, youth conditional caution
    COURT = "court_non_custodial"
    CUSTODY = "custody"
    NOT_PROVEN = "not_proven"  # acquittal, no further action, community resolution, civil order
    RECALL = "recall"  # back to custody under an old sentence; its release may be an entry, by option
    DRUG_TEST = "drug_test"  # a positive test after an arrest; an entry by option
    UNKNOWN = "unknown"


PROVEN = (Kind.CAUTION, Kind.COURT, Kind.CUSTODY)
WEIGHT = {
    Kind.CUSTODY: 5,
    Kind.RECALL: 4,
    Kind.COURT: 3,
    Kind.CAUTION: 2,
    Kind.DRUG_TEST: 1,
    Kind.NOT_PROVEN: 0,
    Kind.UNKNOWN: 0,
}  # the heaviest disposal of an occasion is what the occasion was


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One offence at one disposal occasion. What is not known is None or an empty text.

    ``in_jurisdiction`` is the column ``in_england_wales`` of England and Wales; ``tic`` an offence taken into
    consideration; ``severity`` the number of the offence group on the published scale; ``area`` the home area and
    ``police_area`` where the case was dealt with. ``delivered_date`` is for cleaning alone, which keeps in it the offence
    date as it was, because rows repeat each other by what was delivered.
    """

    person: str
    occasion: str
    offence: str = ""
    offence_date: date | None = None
    proven_date: date | None
    kind: Kind
    release_date: date | None = None
    recordable: bool = True
    breach: bool = False
    in_jurisdiction: bool = True
    tic: bool = False
    severity: int | None = None
    area: str = ""
    police_area: str = ""
    sex: str = ""
    born: date | None = None
    delivered_date: date | None = None


class IdOrder(NamedTuple):
    """How ids are ordered: whole numbers by their value and before everything else, which goes by its characters."""

    text: bool
    number: int
    written: str


def id_order(written: str) -> IdOrder:
    """The place of an id among others.

    >>> sorted(["10", "9", "b", "A"], key=id_order)
    ['9', '10', 'A', 'b']
    """
    if written.isascii() and written.isdigit():
        return IdOrder(text=False, number=int(written), written=written)
    return IdOrder(text=True, number=0, written=written)
