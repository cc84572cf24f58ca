"""Everything that can be done and leaves a row in the audit, each with what it means in plain words.

The value stands in audit rows for ever: a member may be added and never renamed. The words may be made better.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Act(StrEnum):
    """What was done. ``says`` is its plain description, for the page that shows the audit."""

    says: str

    def __new__(cls, value: str, says: str) -> Self:
        """A member: the text that audit rows hold, and its description."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member

    # answers
    ANSWER_RECORDED = "answer.recorded", "An answer was recorded."
    ANSWER_QUARANTINED = "answer.quarantined", "A message that could not be taken as an answer was set aside."
