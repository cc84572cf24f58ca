"""What every page knows without its view saying so."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

NAME = "Caselight"


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The product's name, who is signed in (the pages of an error have nobody), and how long their session lasts."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return {"product": NAME, "person": person, "session_seconds": settings.SESSION_IDLE_MINUTES * 60}
