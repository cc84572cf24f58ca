"""The steps of a purge, in their order. What stands in the database is the last one that is finished."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """Up to ``CONFIRMED`` a purge can be left; from ``BEGUN`` on it can only be finished."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    BEGUN = "begun"
    KEYS = "keys"  # destroyed
    ROWS = "rows"  # deleted
    OVERWRITTEN = "overwritten"
    VERIFIED = "verified"
    FINISHED = "finished"


WAITING = (Step.PROPOSED, Step.CONFIRMED)
