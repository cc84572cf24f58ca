"""What every page knows without its view saying so."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

NAME = "Caselight"


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The product's name, and whether somebody is signed in (the pages of an error have no user)."""
    user = getattr(request, "user", None)
    return {"product": NAME, "person": user if user is not None and user.is_authenticated else None}
