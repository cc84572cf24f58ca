"""What every page knows without its view saying so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import now

from caselight.procedures.demonstrating.cast import PASSWORD
from caselight.store.accounts.preferences import USUAL, Preferences, preferences_of
from caselight.store.accounts.sessions import BEGAN

NAME = "Caselight"


@dataclass(frozen=True)
class Look:
    """How a page looks for a person: the classes of the root (its letters are the measure) and of the body."""

    chosen: Preferences

    @property
    def root(self) -> str:
        """The size of the text."""
        return f"cl-text-{self.chosen.text}" if self.chosen.text != USUAL else ""

    @property
    def body(self) -> str:
        """All else."""
        return " ".join(f"cl-{name}" for name in ("spaced", "contrast", "still") if getattr(self.chosen, name))


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The product's name, who is signed in (the pages of an error have nobody), how long yet, and how pages look."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"product": NAME, "person": None, "demonstration": _demonstration()}
    seconds = _left(request)
    return {
        "product": NAME,
        "person": user,
        "session_seconds": seconds,
        "look": Look(preferences_of(user.preferences)),
        "demonstration": _demonstration(),
    }


def _demonstration() -> dict[str, str] | None:
    """What the banner of a demonstration says; there is none anywhere else."""
    return {"password": PASSWORD} if settings.DEMONSTRATION else None


def _left(request: HttpRequest) -> int:
    """Seconds until the session ends, if nothing is done: it also ends when it is old."""
    at = int(now().timestamp())
    session = getattr(request, "session", None) or {}
    began = int(session.get(BEGAN, at))
    return max(0, min(settings.SESSION_IDLE_MINUTES * 60, began + settings.SESSION_HOURS * 3600 - at))
