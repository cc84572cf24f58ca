"""Every change of a size with its reason: the history that a reader of a sample can follow.

The idea, that no size is changed silently, is the ministry's (frameworks.md, 8.7); the codes are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Part = tuple[str, ...]  # () is the whole; ("female",) a stratum; ("female", "north", "m-1") a worker within it


class Why(StrEnum):
    """Why a size is what it is. The first group is about the population, the second about the whole, then the parts."""

    LISTED = "LISTED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    OUTSIDE_WINDOW = "OUTSIDE_WINDOW"
    OUTSIDE_POPULATION = "OUTSIDE_POPULATION"
    NOT_KNOWN = "NOT_KNOWN"
    EXCLUDED = "EXCLUDED"
    SAME_PERSON = "SAME_PERSON"

    BY_RULE = "BY_RULE"
    CHOSEN = "CHOSEN"
    RAISED_TO_MINIMUM = "RAISED_TO_MINIMUM"
    LOWERED_TO_MAXIMUM = "LOWERED_TO_MAXIMUM"
    LOWERED_TO_POPULATION = "LOWERED_TO_POPULATION"
    LOWERED_TO_QUOTAS = "LOWERED_TO_QUOTAS"

    INITIAL = "INITIAL"
    WITH_BUFFER = "WITH_BUFFER"
    RAISED_BY_ROUNDING = "RAISED_BY_ROUNDING"
    LOWERED_BY_ROUNDING = "LOWERED_BY_ROUNDING"
    RAISED_AS_OTHERS_ARE_FULL = "RAISED_AS_OTHERS_ARE_FULL"
    RAISED_TO_QUOTA = "RAISED_TO_QUOTA"
    LOWERED_TO_QUOTA = "LOWERED_TO_QUOTA"
    RAISED_FOR_QUOTAS = "RAISED_FOR_QUOTAS"
    LOWERED_FOR_QUOTAS = "LOWERED_FOR_QUOTAS"
    LOWERED_TO_WORKER_CAP = "LOWERED_TO_WORKER_CAP"
    RAISED_FOR_WORKER_CAP = "RAISED_FOR_WORKER_CAP"
    LOWERED_AS_WORKERS_ARE_FULL = "LOWERED_AS_WORKERS_ARE_FULL"


POPULATION = tuple(Why)[: tuple(Why).index(Why.BY_RULE)]


@dataclass(frozen=True, slots=True)
class Change:
    """From here on the size of a part is ``size``; ``note`` names the rule, the exclusion or the quota."""

    part: Part
    why: Why
    size: int
    note: str = ""


def sizes_after(changes: Sequence[Change]) -> dict[Part, int]:
    """The size that each part has in the end.

    >>> sizes_after([Change(("a",), Why.INITIAL, 8), Change(("a",), Why.RAISED_BY_ROUNDING, 9)])
    {('a',): 9}
    """
    return {change.part: change.size for change in changes if change.why not in POPULATION}
