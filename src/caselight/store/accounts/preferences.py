"""How pages look for a person, and how early they are warned. It may tell of a disability, so the audit says nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.actions import account
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

USUAL = "usual"
TEXTS = (USUAL, "large", "largest")
WARNINGS = (5, 10, 20)  # minutes before the end of a session


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody chose. ``text`` is one of :data:`TEXTS`, ``warn`` one of :data:`WARNINGS`."""

    text: str = USUAL
    spaced: bool = False
    contrast: bool = False
    still: bool = False
    warn: int = WARNINGS[0]


def preferences_of(kept: Mapping[str, Any]) -> Preferences:
    """What a row says; whatever is not known there is as if nothing was chosen.

    >>> preferences_of({"text": "huge", "still": True})
    Preferences(text='usual', spaced=False, contrast=False, still=True, warn=5)
    """
    text, warn = kept.get("text"), kept.get("warn")
    return Preferences(
        text=text if text in TEXTS else USUAL,
        spaced=kept.get("spaced") is True,
        contrast=kept.get("contrast") is True,
        still=kept.get("still") is True,
        warn=warn if warn in WARNINGS else WARNINGS[0],
    )


@transaction.atomic
def set_preferences(*, by: str, preferences: Preferences, at: datetime) -> None:
    """Keep what somebody chose for themselves. Raises ``access.preferences`` for what cannot be chosen."""
    if preferences.text not in TEXTS or preferences.warn not in WARNINGS:
        says = "That text size or that time of the warning is none of those offered."
        stop(Fault("access.preferences", ("preferences",), says, "Choose one that is offered."))
    row = account(by, locked=True)
    if preferences_of(row.preferences) == preferences:
        return
    row.preferences = asdict(preferences)
    row.save(update_fields=["preferences"])
    record(chain="system", by=by, act=Act.PREFERENCES_SET, of=("user", by), detail={}, at=at)
