"""How far a case has come: complete, moderated, signed, locked; and which step may follow which.

A step records the fingerprint of the answers that stood. When an answer comes in later, the fingerprint fits no more:
from moderation on the step is void, which is shown, and the case is moderated anew before it is signed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """A step of a case."""

    COMPLETED = "completed"
    MODERATED = "moderated"
    SIGNED = "signed"
    LOCKED = "locked"  # countersigned
    UNLOCKED = "unlocked"
    REOPENED = "reopened"


OPEN = frozenset({None, Step.UNLOCKED, Step.REOPENED})
AGREED = frozenset({Step.MODERATED, Step.SIGNED, Step.LOCKED})
FOLLOWS: dict[Step, frozenset[Step | None]] = {
    Step.COMPLETED: OPEN,
    Step.MODERATED: frozenset({Step.COMPLETED}),
    Step.SIGNED: frozenset({Step.MODERATED}),
    Step.LOCKED: frozenset({Step.SIGNED}),
    Step.UNLOCKED: frozenset({Step.LOCKED}),
    Step.REOPENED: frozenset({Step.COMPLETED, Step.MODERATED, Step.SIGNED}),
}


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a subject stands: its last step, who took it and when, and whether its answers are still those of then.

    ``step`` is None where none was taken.
    """

    subject_kind: str
    subject_key: str
    step: Step | None = None
    by: str = ""
    second: str = ""
    at: datetime | None = None
    changed: bool = False

    @property
    def void(self) -> bool:
        """Whether an answer came in after the case was moderated, signed or locked, so that this no longer holds."""
        return self.changed and self.step in AGREED

    @property
    def agreed(self) -> bool:
        """Whether the case counts in the totals as agreed."""
        return self.step in AGREED and not self.changed

    def may(self, step: Step) -> bool:
        """Whether a step may follow: what is void goes back to moderation, but for a lock, which is undone by two."""
        if self.void and self.step is not Step.LOCKED:
            return step in (Step.MODERATED, Step.REOPENED)
        return self.step in FOLLOWS[step] and not (self.void and step is not Step.UNLOCKED)


def fingerprint(standing: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the ids and digests of what stands, as a canonical JSON array in the order of the ids.

    >>> fingerprint([("b", "2"), ("a", "1")]) == fingerprint([("a", "1"), ("b", "2")])
    True
    """
    pairs = sorted([op_id, digest] for op_id, digest in standing)
    return hashlib.sha256(json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
